package io.meterline.http;

import java.io.IOException;
import java.io.InputStream;

/** Takes the parts of a form as they come. Throws {@link io.meterline.event.RuleException} for what is wrong with them. */
public interface FormParts {

    /** A part without a file's name, of at most 1,024 bytes. */
    void field(String name, String value);

    /**
     * A part with a file's name.
     *
     * @param content to be read before this returns; what is left of it is skipped
     */
    void file(String name, String fileName, InputStream content) throws IOException;
}
