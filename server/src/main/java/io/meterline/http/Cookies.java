package io.meterline.http;

import java.util.Optional;

/** Reads the header {@code Cookie} (RFC 6265, section 4.2). */
final class Cookies {

    private Cookies() {}

    static Optional<String> find(String header, String name) {
        for (String pair : header.split(";", -1)) {
            int mark = pair.indexOf('=');
            if (mark > 0 && pair.substring(0, mark).strip().equals(name)) {
                return Optional.of(pair.substring(mark + 1).strip());
            }
        }
        return Optional.empty();
    }
}
