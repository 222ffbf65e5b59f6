package io.meterline.console.loader;

import io.meterline.access.Role;
import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.Area;
import io.meterline.console.Crumb;
import io.meterline.console.Pages;
import io.meterline.console.Toast;
import io.meterline.console.View;
import io.meterline.console.Visit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The data loaders of an environment, and what is done to one of them. */
public final class LoaderPages implements Pages.Source {

    private final LoaderViews views = new LoaderViews();

    @Override
    public void register(Pages pages) {
        pages.get("/loaders", visit -> View.page("loader/list.jte", Area.LOADERS, list(visit)))
                .takes("skip");
        pages.get("/loaders/rows", visit -> View.part("loader/rows.jte", list(visit)))
                .takes("skip");
        pages.get("/loaders/{id}/live", visit -> View.part("loader/live.jte", views.of(visit, loader(visit))));
        pages.post("/loaders/{id}/run", Role.EDITOR, this::run);
        pages.post("/loaders/{id}/pause", Role.EDITOR, this::pause);
        pages.post("/loaders/{id}/resume", Role.EDITOR, this::resume);
        pages.post("/loaders/{id}/cursor", Role.EDITOR, this::moveCursor);
        pages.post("/loaders/{id}/delete", Role.EDITOR, this::delete);
        pages.post("/loaders/{id}/runs/{run}/cancel", Role.EDITOR, this::cancel);
    }

    /** Reads the loader of this page. Throws {@link ApiFault}. */
    static Loader loader(Visit visit) {
        return visit.api().get(target(visit), Loader.class);
    }

    static String target(Visit visit) {
        return "/v1/loaders/" + Api.encode(visit.id("id"));
    }

    private static LoaderList list(Visit visit) {
        int skip = Places.skip(visit);
        String target = "/v1/loaders?take=" + Places.TAKEN + (skip == 0 ? "" : "&skip=" + skip);
        Loader.Listing found = visit.api().get(target, Loader.Listing.class);
        Connections connections = Connections.of(visit.api());
        List<LoaderList.Row> rows = found.data().stream()
                .map(loader -> new LoaderList.Row(
                        loader, connections.name(loader.connectionId()), connections.kind(loader.connectionId())))
                .toList();
        long total = found.meta().total();
        return new LoaderList(
                rows,
                !connections.all().isEmpty(),
                Places.pager(visit.path("/loaders"), skip, rows.size(), total),
                Places.tabs(visit, Places.Place.LOADERS, total, (long)
                        connections.all().size()),
                visit.path("/loaders/rows") + (skip == 0 ? "" : "?skip=" + skip),
                visit.curl(target));
    }

    private View run(Visit visit) {
        boolean full = visit.fields().isOn("full_reload");
        Map<String, Object> body = full ? Map.of("full_reload", true) : Map.of();
        return done(
                visit,
                full ? "Everything is read again." : "The run has begun.",
                () -> visit.api().post(target(visit) + "/run", body, Run.class));
    }

    private View pause(Visit visit) {
        return done(
                visit,
                "Paused. It runs only when you say so.",
                () -> visit.api().post(target(visit) + "/pause"));
    }

    private View resume(Visit visit) {
        return done(
                visit,
                "Resumed. It runs again from its next regular time.",
                () -> visit.api().post(target(visit) + "/resume"));
    }

    private View cancel(Visit visit) {
        String run = target(visit) + "/runs/" + Api.encode(visit.id("run")) + "/cancel";
        return done(
                visit,
                "The run is being stopped. What it stored stays.",
                () -> visit.api().post(run));
    }

    private View moveCursor(Visit visit) {
        Map<String, Object> body = new LinkedHashMap<>();
        boolean reset = !visit.fields().get("to").equals("value");
        if (reset) {
            body.put("reset", true);
        } else {
            body.put("value", visit.fields().get("value"));
        }
        String said = reset
                ? "The next run begins at the beginning."
                : "The next run begins at " + visit.fields().get("value") + ".";
        return done(visit, said, () -> visit.api().post(target(visit) + "/cursor", body, Loader.class));
    }

    // A part for htmx, so that what is being typed beside it stays.
    private View done(Visit visit, String said, Runnable work) {
        Toast toast = Toast.done(said);
        try {
            work.run();
        } catch (ApiFault e) {
            toast = Toast.failed(e.detail());
        }
        if (visit.wantsPart()) {
            return new View.Part("loader/done.jte", "", 200, toast);
        }
        boolean fromList = visit.fields().get("back").equals("list");
        return new View.GoTo(visit.path(fromList ? "/loaders" : "/loaders/" + Api.encode(visit.id("id"))), toast);
    }

    private record Deleted(long eventsDeleted) {}

    private View delete(Visit visit) {
        Loader loader = loader(visit);
        boolean events = visit.fields().get("events").equals("delete");
        if (!visit.fields().get("confirm").equals(loader.name())) {
            return new View.GoTo(
                    visit.path("/loaders/" + Api.encode(loader.id())),
                    Toast.failed("Type the name of the data loader to delete it. Nothing was deleted."));
        }
        try {
            Deleted deleted = visit.api()
                    .delete(target(visit) + "?events=" + (events ? "delete" : "keep"), Map.of(), Deleted.class);
            String said = events
                    ? "%s is deleted, with %,d events.".formatted(loader.name(), deleted.eventsDeleted())
                    : loader.name() + " is deleted. Its events stay.";
            return View.goTo(visit.path("/loaders"), said);
        } catch (ApiFault e) {
            return new View.GoTo(visit.path("/loaders/" + Api.encode(loader.id())), Toast.failed(e.detail()));
        }
    }

    static List<Crumb> trail(Loader loader, String page) {
        return List.of(
                new Crumb(Area.LOADERS.title(), "/loaders"),
                new Crumb(loader.name(), "/loaders/" + Api.encode(loader.id())),
                new Crumb(page, null));
    }
}
