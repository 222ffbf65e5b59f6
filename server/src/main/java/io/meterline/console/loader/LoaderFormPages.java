package io.meterline.console.loader;

import io.meterline.access.Role;
import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.Area;
import io.meterline.console.Crumb;
import io.meterline.console.Pages;
import io.meterline.console.Refused;
import io.meterline.console.Seen;
import io.meterline.console.View;
import io.meterline.console.Visit;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Making and changing a data loader, with previews of its query. */
public final class LoaderFormPages implements Pages.Source {

    private static final int REFUSED = 422;
    private static final int INVALID = 400;

    private final LoaderViews views = new LoaderViews();

    @Override
    public void register(Pages pages) {
        pages.get("/loaders/new", Role.EDITOR, this::fresh).takes("connection");
        pages.post("/loaders", Role.EDITOR, this::create);
        pages.post("/loaders/preview", Role.EDITOR, LoaderFormPages::preview);
        pages.post("/loaders/schedule", Role.EDITOR, LoaderFormPages::schedule);
        pages.get("/loaders/{id}", visit -> page(views.of(visit, LoaderPages.loader(visit)), 200));
        pages.post("/loaders/{id}", Role.EDITOR, this::change);
    }

    private View fresh(Visit visit) {
        String connection = visit.query().text("connection").orElse("");
        return page(views.ofNew(visit, LoaderForm.BLANK.on(connection), Refused.NOTHING), 200);
    }

    private View create(Visit visit) {
        LoaderForm form = LoaderForm.of(visit.fields());
        try {
            Loader made = visit.api()
                    .create("/v1/loaders", form.json(), visit.fields().get("form_id"), Loader.class);
            return View.goTo(visit.path("/loaders/" + Api.encode(made.id())), "Saved. Its first run has begun.");
        } catch (ApiFault e) {
            return page(views.ofNew(visit, form, LoaderForm.refused(e)), REFUSED);
        }
    }

    private View change(Visit visit) {
        Loader loader = LoaderPages.loader(visit);
        LoaderForm form = LoaderForm.of(visit.fields());
        if (!visit.fields().raw(Seen.FIELD).equals(loader.updatedAt())) {
            return page(views.of(visit, loader, form, Seen.changedMeanwhile(), null), REFUSED);
        }
        boolean reset = visit.fields().isOn("reset_cursor");
        try {
            String target = LoaderPages.target(visit) + (reset ? "?reset_cursor=true" : "");
            Loader changed = visit.api().put(target, form.json(), Loader.class);
            String said = changed.paused() ? "Saved. It is paused, so nothing runs." : "Saved. A run has begun.";
            return View.goTo(visit.path("/loaders/" + Api.encode(changed.id())), said);
        } catch (ApiFault e) {
            boolean wouldReset = e.code().equals("cursor_would_reset");
            Refused refused = wouldReset ? Refused.NOTHING : LoaderForm.refused(e);
            return page(views.of(visit, loader, form, refused, wouldReset ? saved(loader) : null), REFUSED);
        }
    }

    private static String saved(Loader loader) {
        String value = loader.cursor() == null ? null : loader.cursor().value();
        return value == null ? "The saved cursor" : "The saved cursor " + value;
    }

    private static View page(LoaderView view, int status) {
        @Nullable Loader loader = view.loader();
        return new View.Whole(
                "loader/loader.jte",
                Area.LOADERS,
                List.of(
                        new Crumb(Area.LOADERS.title(), "/loaders"),
                        new Crumb(loader == null ? "New data loader" : loader.name(), null)),
                view,
                status);
    }

    private static View preview(Visit visit) {
        LoaderForm form = LoaderForm.of(visit.fields());
        try {
            Preview preview = visit.api().post("/v1/loaders/preview", form.previewJson(), Preview.class);
            return View.part("loader/preview.jte", new PreviewPart(preview, null, Checklist.of(preview, form.query())));
        } catch (ApiFault e) {
            if (e.status() != REFUSED && e.status() != INVALID) {
                throw e;
            }
            String said = e.code().equals("required") ? missing(e) : e.detail();
            PreviewPart part = new PreviewPart(null, QueryFault.of(said, form.query()), Checklist.untried());
            return View.part("loader/preview.jte", part);
        }
    }

    private static String missing(ApiFault fault) {
        return switch (fault.errors().getFirst().path()) {
            case "connection_id" -> "Choose a connection first.";
            case "query" -> "Write a query first: it returns id, customerId and timestamp.";
            case "cursor.column" -> "Name the column of the cursor first.";
            default -> fault.detail();
        };
    }

    /** The times of a cron text while it is being typed. */
    public record Times(List<Instant> next, @Nullable String fault) {}

    private record Upcoming(List<Instant> next) {}

    private static View schedule(Visit visit) {
        String cron = visit.fields().get("cron");
        if (cron.isEmpty()) {
            return View.part("loader/times.jte", new Times(List.of(), null));
        }
        try {
            Upcoming upcoming = visit.api().get("/v1/loaders/schedule?refresh=" + Api.encode(cron), Upcoming.class);
            return View.part("loader/times.jte", new Times(upcoming.next(), null));
        } catch (ApiFault e) {
            return View.part("loader/times.jte", new Times(List.of(), e.detail()));
        }
    }
}
