package io.meterline;

import io.meterline.access.AuditActor;
import io.meterline.access.AuditChange;
import io.meterline.access.AuditLog;
import io.meterline.http.Change;
import io.meterline.http.ChangeObserver;
import io.meterline.http.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Writes what callers of the API change to the audit log. */
final class AuditTrail implements ChangeObserver {

    private final AuditLog audit;

    AuditTrail(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public void changed(Change change) {
        audit.record(new AuditChange(
                AuditActor.of(change.who()),
                change.who().environment(),
                change.route().substring(0, change.route().indexOf(' ')),
                change.path(),
                change.route(),
                target(change),
                change.requestId(),
                change.before(),
                change.after()));
    }

    /** The id in the path, or that of what was made. */
    private static @Nullable String target(Change change) {
        List<String> route =
                List.of(change.route().substring(change.route().indexOf('/')).split("/", -1));
        List<String> path = List.of(change.path().split("/", -1));
        for (int i = 0; i < route.size(); i++) {
            if (route.get(i).startsWith("{")) {
                return URLDecoder.decode(path.get(i).replace("+", "%2B"), StandardCharsets.UTF_8);
            }
        }
        String after = change.after();
        if (after == null) {
            return null;
        }
        try {
            return Json.mapper().readTree(after).path("id").asString(null);
        } catch (JacksonException e) {
            return null;
        }
    }
}
