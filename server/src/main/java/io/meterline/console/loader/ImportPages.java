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
import io.meterline.http.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Files of events: sending one, how it gets on, what was wrong in it. */
public final class ImportPages implements Pages.Source {

    private static final String PATH = "/imports";
    private static final String API = "/v1/imports";
    private static final int REFUSED = 422;

    // One row of each kind of value: text, number, boolean.
    private static final String TEMPLATE = """
            timestamp,event_type,customer_id,record/id,record/amount,record/region,record/paid
            2026-01-05T21:56:52Z,api_calls,acme,call-1,12.5,eu,true
            2026-01-06 08:00:00,api_calls,acme,call-2,7.25,"us, east",false
            """;

    @Override
    public void register(Pages pages) {
        pages.get(PATH, visit -> list(visit, null, 200)).takes("skip");
        pages.get(PATH + "/rows", visit -> View.part("loader/import-rows.jte", model(visit, null)))
                .takes("skip");
        pages.get(PATH + "/template.csv", _ -> new View.Answer(template()));
        pages.upload(PATH, Role.EDITOR, ImportPages::create).takes("form_id");
        pages.get(PATH + "/{id}", ImportPages::one);
        pages.get(PATH + "/{id}/live", visit -> View.part("loader/import-live.jte", page(visit)));
        pages.post(PATH + "/{id}/cancel", Role.EDITOR, ImportPages::cancel);
    }

    private static View list(Visit visit, @Nullable String fault, int status) {
        View.Whole whole = new View.Whole(
                "loader/imports.jte",
                Area.LOADERS,
                List.of(new Crumb(Area.LOADERS.title(), "/loaders"), new Crumb("Files", null)),
                model(visit, fault),
                status);
        return whole;
    }

    private static ImportList model(Visit visit, @Nullable String fault) {
        int skip = fault == null ? Places.skip(visit) : 0;
        String target = API + "?take=" + Places.TAKEN + (skip == 0 ? "" : "&skip=" + skip);
        Import.Listing found = visit.api().get(target, Import.Listing.class);
        String path = visit.path(PATH);
        return new ImportList(
                found.data(),
                Places.pager(path, skip, found.data().size(), found.meta().total()),
                Places.tabs(visit, Places.Place.IMPORTS, null, null),
                path + "?csrf=" + Api.encode(visit.session().csrf()) + "&form_id=" + UUID.randomUUID(),
                path + "/rows" + (skip == 0 ? "" : "?skip=" + skip),
                fault,
                visit.curl(API).replace("curl ", "curl -F file=@usage.csv "));
    }

    private static Reply template() {
        byte[] bytes = TEMPLATE.getBytes(StandardCharsets.UTF_8);
        return Reply.bytes(200, "text/csv; charset=utf-8", bytes)
                .header("Content-Disposition", "attachment; filename=\"meterline-events.csv\"");
    }

    private static View create(Visit visit) {
        String formId = visit.query().text("form_id").orElse("");
        try {
            Import made = visit.api().upload(API, visit.call(), formId, Import.class);
            return new View.GoTo(visit.path(PATH + "/" + Api.encode(made.id())), null);
        } catch (ApiFault e) {
            String said = e.code().equals("required") ? "Choose a file first." : e.detail();
            if (visit.wantsPart()) {
                return new View.Part("loader/import-fault.jte", said, REFUSED, null);
            }
            return list(visit, said, REFUSED);
        }
    }

    private static View one(Visit visit) {
        ImportPage page = page(visit);
        return new View.Whole(
                "loader/import.jte",
                Area.LOADERS,
                List.of(
                        new Crumb(Area.LOADERS.title(), "/loaders"),
                        new Crumb("Files", PATH),
                        new Crumb(page.file().fileName(), null)),
                page,
                200);
    }

    private static ImportPage page(Visit visit) {
        String target = API + "/" + Api.encode(visit.id("id"));
        Import file = visit.api().get(target, Import.class);
        return new ImportPage(
                file,
                visit.path(PATH + "/" + Api.encode(file.id())),
                visit.path(PATH),
                visit.path("/events/rejected?origin=" + Api.encode(file.id())),
                visit.path("/events?source=import"),
                visit.curl(target));
    }

    private static View cancel(Visit visit) {
        String path = visit.path(PATH + "/" + Api.encode(visit.id("id")));
        try {
            visit.api().post(API + "/" + Api.encode(visit.id("id")) + "/cancel");
            return View.goTo(path, "The import is being stopped.");
        } catch (ApiFault e) {
            return new View.GoTo(path, Toast.failed(e.detail()));
        }
    }
}
