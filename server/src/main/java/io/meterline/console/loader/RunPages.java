package io.meterline.console.loader;

import io.meterline.console.Api;
import io.meterline.console.Area;
import io.meterline.console.Pages;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.http.Reply;

/** The runs of a data loader: all, one, and how one gets on. */
public final class RunPages implements Pages.Source {

    @Override
    public void register(Pages pages) {
        pages.get("/loaders/{id}/runs", RunPages::list).takes("skip");
        pages.get("/loaders/{id}/runs/{run}", RunPages::one);
        pages.get("/loaders/{id}/runs/{run}/progress", RunPages::progress);
    }

    private static View list(Visit visit) {
        Loader loader = LoaderPages.loader(visit);
        int skip = Places.skip(visit);
        String target = LoaderPages.target(visit) + "/runs?take=" + Places.TAKEN + (skip == 0 ? "" : "&skip=" + skip);
        Run.Listing found = visit.api().get(target, Run.Listing.class);
        String path = visit.path("/loaders/" + Api.encode(loader.id()) + "/runs");
        long total = found.meta().total();
        RunList page = new RunList(
                loader,
                found.data(),
                total,
                Places.pager(path, skip, found.data().size(), total),
                path,
                visit.curl(target));
        return new View.Whole("loader/runs.jte", Area.LOADERS, LoaderPages.trail(loader, "Runs"), page, 200);
    }

    private static View one(Visit visit) {
        Loader loader = LoaderPages.loader(visit);
        Run run = visit.api().get(target(visit), Run.class);
        RunPage.Asides aside =
                visit.api().get("/v1/events/rejected?take=50&origin=" + Api.encode(run.id()), RunPage.Asides.class);
        String loaderPath = visit.path("/loaders/" + Api.encode(loader.id()));
        RunPage page = new RunPage(
                loader,
                run,
                aside.data(),
                aside.meta().total(),
                loaderPath + "/runs/" + Api.encode(run.id()),
                loaderPath,
                visit.path("/events/rejected?origin=" + Api.encode(run.id())),
                visit.path("/events?type=" + Api.encode(loader.eventType()) + "&source=loader"),
                visit.curl(target(visit)));
        return new View.Whole("loader/run.jte", Area.LOADERS, LoaderPages.trail(loader, "Run"), page, 200);
    }

    private static View progress(Visit visit) {
        Reply reply = visit.api().answer("GET", target(visit) + "/progress");
        return new View.Answer(reply);
    }

    private static String target(Visit visit) {
        return LoaderPages.target(visit) + "/runs/" + Api.encode(visit.id("run"));
    }
}
