package io.meterline.loader.source;

import java.util.Optional;

/** How a connection is encrypted, in the words of PostgreSQL's {@code sslmode}. */
public enum TlsMode {
    /** Never. */
    DISABLE("disable"),
    /** When the server offers it. */
    PREFER("prefer"),
    /** Always, whoever the server is. */
    REQUIRE("require"),
    /** Always, with a certificate that a trusted authority signed. */
    VERIFY_CA("verify-ca"),
    /** Always, with a trusted certificate for this very host. */
    VERIFY_FULL("verify-full");

    private final String text;

    TlsMode(String text) {
        this.text = text;
    }

    /** The name in the API. */
    public String text() {
        return text;
    }

    public static Optional<TlsMode> of(String text) {
        for (TlsMode mode : values()) {
            if (mode.text.equals(text)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
