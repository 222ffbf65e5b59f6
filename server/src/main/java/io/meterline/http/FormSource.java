package io.meterline.http;

import java.io.IOException;

/** A form that comes in, such as {@link Call#form} of another request. */
@FunctionalInterface
public interface FormSource {

    /** Hands the parts over, in the order sent. */
    void read(FormParts parts) throws IOException;
}
