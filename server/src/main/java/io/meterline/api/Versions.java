package io.meterline.api;

import io.meterline.control.Status;
import io.meterline.event.Timestamps;
import io.meterline.http.Call;
import io.meterline.http.Query;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What the routes of things with versions share. */
final class Versions {
    private Versions() {}

    /** The version in the path; 0, which there is none of, for what is no number. */
    static int inPath(Call call) {
        String text = call.path("version");
        return text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : 0;
    }

    /** The statuses asked for by {@code status} and {@code status__in}; active where neither is sent. */
    static Set<Status> statuses(Query query) {
        Set<Status> statuses = EnumSet.noneOf(Status.class);
        query.oneOf("status", Status.class).ifPresent(statuses::add);
        for (String text : query.list("status__in", Status.values().length)) {
            statuses.add(
                    Status.of(text).orElseThrow(() -> Query.invalid("status__in", "must be of active and archived")));
        }
        return statuses.isEmpty() ? EnumSet.of(Status.ACTIVE) : statuses;
    }

    /** A definition with which version it is, and of when. */
    static ObjectNode view(ObjectNode definition, int version, Status status, Instant createdAt, Instant updatedAt) {
        return definition
                .put("version", version)
                .put("status", status.text())
                .put("created_at", Timestamps.text(Timestamps.micros(createdAt)))
                .put("updated_at", Timestamps.text(Timestamps.micros(updatedAt)));
    }
}
