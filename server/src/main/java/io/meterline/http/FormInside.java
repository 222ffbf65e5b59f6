package io.meterline.http;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that this process makes to itself with the form of another request, which is read as it comes in.
 *
 * @param headers by name as the handlers write it
 */
record FormInside(String target, Map<String, String> headers, FormSource source) implements Sent {

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public String caller() {
        return "localhost";
    }

    @Override
    public boolean hasBody() {
        return true;
    }

    @Override
    public Body body(int maxBytes, List<String> accepted) {
        throw new IllegalStateException(target + " is sent a form and takes none");
    }

    @Override
    public void form(FormParts parts) throws IOException {
        source.read(parts);
    }
}
