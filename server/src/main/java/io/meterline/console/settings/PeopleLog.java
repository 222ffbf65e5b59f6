package io.meterline.console.settings;

import io.meterline.access.AuditActor;
import io.meterline.access.AuditChange;
import io.meterline.access.AuditLog;
import io.meterline.access.User;
import io.meterline.console.Visit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** Writes what is changed about people to the audit log, where the API writes everything else. */
final class PeopleLog {

    private final AuditLog audit;

    PeopleLog(AuditLog audit) {
        this.audit = audit;
    }

    /**
     * A person was changed.
     *
     * @param action in words, as {@code changed the role of a user}
     * @param before null for a new one
     */
    void changed(Visit visit, String action, @Nullable User before, User after) {
        audit.record(new AuditChange(
                AuditActor.of(visit.user()),
                null,
                "POST",
                "/users/" + after.id(),
                action,
                after.id(),
                visit.call().requestId(),
                before == null ? null : json(before),
                json(after)));
    }

    private static String json(User user) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("email", user.email())
                .put("name", user.name())
                .put("role", user.role().text())
                .put("disabled", user.disabled())
                .put("joined", user.joined())
                .toString();
    }
}
