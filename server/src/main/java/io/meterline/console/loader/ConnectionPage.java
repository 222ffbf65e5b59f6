package io.meterline.console.loader;

import io.meterline.console.Choice;
import io.meterline.console.Refused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of a connection.
 *
 * @param edited the id of the one that is edited, null for a new one
 * @param action where it is sent
 */
public record ConnectionPage(
        @Nullable String edited, ConnectionForm form, Refused refused, String action, String back, String curl) {

    private static final List<Choice> TLS = List.of(
            new Choice("", "as the URL says, else prefer"),
            new Choice("disable", "disable"),
            new Choice("prefer", "prefer"),
            new Choice("require", "require"),
            new Choice("verify-ca", "verify-ca"),
            new Choice("verify-full", "verify-full"));

    public String title() {
        return edited == null ? "New connection" : "Edit connection";
    }

    public List<Choice> tlsModes() {
        return TLS;
    }

    /** Those to choose from; queries are written for one, so an old connection keeps its own. */
    public List<Provider> providers() {
        return edited == null ? List.of(Provider.values()) : List.of(form.provider());
    }

    /** What is wrong as a whole, where no field says it; null for nothing. */
    public @Nullable String fault() {
        return refused.violations().isEmpty() ? refused.detail() : null;
    }

    /** What is wrong with TLS; it has two fields. */
    public @Nullable String tlsFault() {
        String mode = refused.at("tls.mode");
        return mode == null ? refused.at("tls") : mode;
    }

    /** Whether one of the fields that are folded away has something wrong. */
    public boolean opensMore() {
        return tlsFault() != null
                || refused.at("tls.ca") != null
                || !form.tls().isEmpty()
                || !form.ca().isEmpty()
                || form.tunnel();
    }
}
