package io.meterline.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who changed something, as they were called then.
 *
 * @param id {@code usr_…} or {@code key_…}; null for the system
 * @param name of the person, the key or the part of the system; null for a key without one
 */
public record AuditActor(
        Kind kind, @Nullable String id, @Nullable String name) {

    /** Somebody at the machine itself, with the {@code meterline} command. */
    public static final AuditActor COMMAND_LINE = new AuditActor(Kind.SYSTEM, null, "command line");

    /** What an actor is. */
    public enum Kind {
        USER,
        KEY,
        SYSTEM;

        /** The name in the database. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    public static AuditActor of(User user) {
        return new AuditActor(Kind.USER, user.id(), user.name());
    }

    /** Whoever sent a request: a person at the console, or the holder of a key. */
    public static AuditActor of(Principal principal) {
        return switch (principal) {
            case Principal(String id, String name, var _, var _, var _) ->
                new AuditActor(id.startsWith(SecretToken.USER) ? Kind.USER : Kind.KEY, id, name);
        };
    }
}
