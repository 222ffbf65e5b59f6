package io.meterline.http;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What came with a call: over the network, or from inside the process. */
interface Sent {

    /** The path and query as they were sent. */
    String target();

    Optional<String> header(String name);

    /** The IP address at the other end of the connection; {@code localhost} from inside. */
    String caller();

    /** Whether anything was sent. */
    boolean hasBody();

    /** The whole body, unpacked. Throws {@code RuleException} as {@link Call#body} says. */
    Body body(int maxBytes, List<String> accepted);

    /** Hands the parts of a form over. Throws {@code RuleException} as {@link Call#form} says. */
    void form(FormParts parts) throws IOException;
}
