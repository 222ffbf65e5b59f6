package io.meterline.console.loader;

import io.meterline.access.Role;
import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.Area;
import io.meterline.console.Crumb;
import io.meterline.console.Pages;
import io.meterline.console.Refused;
import io.meterline.console.Toast;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.http.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connections to source databases: the list, a new one, another address for one, whether each answers. */
public final class ConnectionPages implements Pages.Source {

    private static final String PATH = "/loaders/connections";
    private static final int REFUSED = 422;
    private static final int MOST = 100;
    private static final int MOST_LOADERS = 1_000;

    @Override
    public void register(Pages pages) {
        pages.get(PATH, ConnectionPages::list);
        pages.get(PATH + "/new", Role.EDITOR, visit -> form(visit, null, ConnectionForm.BLANK, Refused.NOTHING, 200));
        pages.get(PATH + "/{id}/edit", Role.EDITOR, ConnectionPages::edit);
        pages.post(PATH + "/{id}", Role.EDITOR, ConnectionPages::replace);
        pages.post(PATH, Role.EDITOR, ConnectionPages::create);
        pages.post(PATH + "/{id}/test", Role.EDITOR, ConnectionPages::test);
        pages.post(PATH + "/{id}/delete", Role.EDITOR, ConnectionPages::delete);
    }

    private static View list(Visit visit) {
        List<Connection> connections = Connections.of(visit.api()).all();
        List<Loader> loaders = loaders(visit.api());
        List<ConnectionList.Row> rows = connections.stream()
                .map(connection -> new ConnectionList.Row(
                        connection,
                        loaders.stream()
                                .filter(loader -> loader.connectionId().equals(connection.id()))
                                .toList()))
                .toList();
        ConnectionList page = new ConnectionList(
                rows,
                Places.tabs(visit, Places.Place.CONNECTIONS, (long) loaders.size(), (long) connections.size()),
                visit.curl("/v1/connections"));
        return View.page("loader/connections.jte", Area.LOADERS, "Connections", "/loaders", page);
    }

    private static List<Loader> loaders(Api api) {
        List<Loader> all = new ArrayList<>();
        List<Loader> more;
        do {
            more = api.get("/v1/loaders?take=" + MOST + "&skip=" + all.size(), Loader.Listing.class)
                    .data();
            all.addAll(more);
        } while (more.size() == MOST && all.size() < MOST_LOADERS);
        return all;
    }

    private static View form(Visit visit, @Nullable String edited, ConnectionForm form, Refused refused, int status) {
        ConnectionPage page = new ConnectionPage(
                edited,
                form,
                refused,
                visit.path(edited == null ? PATH : PATH + "/" + Api.encode(edited)),
                visit.path(edited == null ? "/loaders" : PATH),
                curl(visit, edited, form));
        if (visit.wantsPart()) {
            String template = status == REFUSED ? "loader/connection-form.jte" : "loader/connection-dialog.jte";
            return new View.Part(template, page, status, null);
        }
        return new View.Whole(
                "loader/connection.jte",
                Area.LOADERS,
                List.of(
                        new Crumb(Area.LOADERS.title(), "/loaders"),
                        new Crumb("Connections", PATH),
                        new Crumb(page.title(), null)),
                page,
                status);
    }

    private static String curl(Visit visit, @Nullable String edited, ConnectionForm form) {
        String body = Json.mapper().writeValueAsString(form.example());
        return edited == null
                ? visit.curl("POST", "/v1/connections", body)
                : visit.curl("PUT", "/v1/connections/" + Api.encode(edited), body);
    }

    private static View edit(Visit visit) {
        String id = visit.id("id");
        Connection connection = visit.api().get("/v1/connections/" + Api.encode(id), Connection.class);
        return form(visit, id, ConnectionForm.of(connection), Refused.NOTHING, 200);
    }

    private static View replace(Visit visit) {
        String id = visit.id("id");
        ConnectionForm form = ConnectionForm.of(visit.fields());
        try {
            Connection now = visit.api().put("/v1/connections/" + Api.encode(id), form.json(), Connection.class);
            return new View.GoTo(
                    visit.path(PATH), Toast.done(now.name() + " answered, and is saved. Its next runs use it."));
        } catch (ApiFault e) {
            return form(visit, id, form, form.placed(Refused.by(e), e.code()), REFUSED);
        }
    }

    private static View create(Visit visit) {
        ConnectionForm form = ConnectionForm.of(visit.fields());
        try {
            Connection made = visit.api()
                    .create("/v1/connections", form.json(), visit.fields().get("form_id"), Connection.class);
            Toast toast = Toast.done(made.name() + " is connected.")
                    .with("New data loader", "/loaders/new?connection=" + Api.encode(made.id()));
            return new View.GoTo(visit.path(PATH), toast);
        } catch (ApiFault e) {
            return form(visit, null, form, form.placed(Refused.by(e), e.code()), REFUSED);
        }
    }

    private static View test(Visit visit) {
        String target = "/v1/connections/" + Api.encode(visit.id("id")) + "/test";
        String testPath = visit.path(PATH + "/" + Api.encode(visit.id("id")) + "/test");
        @Nullable String server = null;
        @Nullable String fault = null;
        try {
            server = visit.api()
                    .post(target, java.util.Map.of(), Connection.Tested.class)
                    .server();
        } catch (ApiFault e) {
            fault = e.detail();
        }
        if (visit.wantsPart()) {
            return View.part("loader/mark.jte", new ConnectionMark(server, fault, testPath));
        }
        Toast toast = fault == null ? Toast.done(server + " answered.") : Toast.failed(fault);
        return new View.GoTo(visit.path(PATH), toast);
    }

    private static View delete(Visit visit) {
        try {
            visit.api().delete("/v1/connections/" + Api.encode(visit.id("id")));
            return View.goTo(visit.path(PATH), "The connection is deleted.");
        } catch (ApiFault e) {
            return new View.GoTo(visit.path(PATH), Toast.failed(e.detail()));
        }
    }
}
