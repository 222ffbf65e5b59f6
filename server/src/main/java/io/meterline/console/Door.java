package io.meterline.console;

import io.meterline.access.Principal;
import io.meterline.access.Role;
import io.meterline.access.Session;
import io.meterline.access.Sessions;
import io.meterline.access.User;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.http.Call;
import io.meterline.http.LocalApi;
import io.meterline.http.Reply;
import java.util.Locale;
import java.util.Optional;

/** Lets people in who are signed in and whose role allows it, and has an answer whatever happens. */
final class Door {

    private final LocalApi api;
    private final Sessions sessions;
    private final Screen screen;

    Door(LocalApi api, Sessions sessions, Screen screen) {
        this.api = api;
        this.sessions = sessions;
        this.screen = screen;
    }

    /** Shows a page to those with a role; with {@code changes} only when the form is from one of our own pages. */
    Reply enter(Call call, Role needed, boolean changes, Page page) throws Exception {
        Optional<Session> session = Cookie.SESSION.of(call).flatMap(sessions::find);
        if (session.isEmpty()) {
            return SignIn.ask(call, changes);
        }
        Visit visit = visit(call, session.get());
        try {
            if (changes) {
                Origin.check(visit);
            }
            if (!visit.user().role().includes(needed)) {
                return screen.refused(visit, 403, "Your role does not allow this", roleNeeded(needed));
            }
            return screen.reply(visit, page.show(visit));
        } catch (ApiFault e) {
            return screen.refused(visit, e.status(), e.title(), e.detail());
        } catch (RuleException e) {
            return screen.refused(visit, e);
        }
    }

    private Visit visit(Call call, Session session) {
        Environment environment = environment(call);
        User user = session.user();
        Principal principal =
                new Principal(user.id(), user.name(), environment, user.role().scopes(), null);
        return new Visit(call, session, environment, new Api(api, principal, call.requestId()));
    }

    private static Environment environment(Call call) {
        return switch (call.path("environment")) {
            case "live" -> Environment.LIVE;
            case "test" -> Environment.TEST;
            default ->
                throw new RuleException(
                        RuleException.Kind.NOT_FOUND, "not_found", "There are two environments: live and test.");
        };
    }

    private static String roleNeeded(Role needed) {
        return "This needs the role %s. An administrator can change yours under Settings."
                .formatted(needed.text().toLowerCase(Locale.ROOT));
    }
}
