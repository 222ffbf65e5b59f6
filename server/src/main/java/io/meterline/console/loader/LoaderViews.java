package io.meterline.console.loader;

import io.meterline.console.Api;
import io.meterline.console.Refused;
import io.meterline.console.Visit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together what the page of a data loader shows. */
final class LoaderViews {

    /** A saved loader as it is. */
    LoaderView of(Visit visit, Loader loader) {
        return of(visit, loader, LoaderForm.of(loader), Refused.NOTHING, null);
    }

    /** A saved loader and what was typed over it. */
    LoaderView of(Visit visit, Loader loader, LoaderForm form, Refused refused, @Nullable String wouldReset) {
        String target = "/v1/loaders/" + Api.encode(loader.id());
        String path = visit.path("/loaders/" + Api.encode(loader.id()));
        List<Run> runs = visit.api()
                .get(target + "/runs?take=" + History.SHOWN, Run.Listing.class)
                .data();
        Connections connections = Connections.of(visit.api());
        boolean proven = runs.stream().anyMatch(run -> run.succeeded() && run.rowsRead() > 0)
                && loader.query().equals(form.query());
        return new LoaderView(
                loader,
                form,
                refused,
                wouldReset,
                connections.choices(),
                connections.name(loader.connectionId()),
                connections.kind(loader.connectionId()),
                proven ? Checklist.proven() : Checklist.untried(),
                runs,
                History.of(runs, path + "/runs"),
                path,
                visit.path("/events?type=" + Api.encode(loader.eventType()) + "&source=loader"),
                visit.curl(target));
    }

    /** A new loader. */
    LoaderView ofNew(Visit visit, LoaderForm form, Refused refused) {
        return new LoaderView(
                null,
                form,
                refused,
                null,
                Connections.of(visit.api()).choices(),
                "",
                "",
                Checklist.untried(),
                List.of(),
                null,
                visit.path("/loaders"),
                visit.path("/events"),
                visit.curl("POST", "/v1/loaders", example()));
    }

    private static String example() {
        return "{\"name\": \"API calls\", \"connection_id\": \"con_…\", \"event_type\": \"api_calls\", \"query\": \"select id,"
                + " company_id as \\\"customerId\\\", created_at as timestamp from api_calls\", \"refresh\": \"PT1H\"}";
    }
}
