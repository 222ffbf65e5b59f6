package io.meterline.console;

import io.meterline.access.NewSession;
import io.meterline.access.Sessions;
import io.meterline.access.SignInLinks;
import io.meterline.access.User;
import io.meterline.event.RuleException;
import io.meterline.http.Call;
import io.meterline.http.Fields;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Signing in and out, and the links that lead to a password: the only pages for those who are not signed in. */
public final class SignIn implements Routes.Source {

    private static final String PATH = "/console/sign-in";
    private static final String HOME = "/console";
    private static final Duration AGE = Duration.ofDays(30);

    private final Sessions sessions;
    private final SignInLinks links;
    private final Screen screen;

    SignIn(Sessions sessions, SignInLinks links, Screen screen) {
        this.sessions = sessions;
        this.links = links;
        this.screen = screen;
    }

    /**
     * The page that asks who it is.
     *
     * @param next where to go then
     * @param error why it did not work, or null
     */
    public record Form(String email, String next, @Nullable String error) {}

    /**
     * The page that asks for a password.
     *
     * @param user whose; null for the first administrator, who says
     */
    public record Chosen(
            String token,
            @Nullable User user,
            String email,
            String name,
            @Nullable String error) {}

    /**
     * Sends somebody to the sign-in page, and afterwards to the page that they wanted, or that they worked on.
     *
     * @param changes when the call is a form and not a page to come back to
     */
    static Reply ask(Call call, boolean changes) {
        String wanted = wanted(call, changes);
        String address = wanted.equals(HOME) ? PATH : PATH + "?next=" + Api.encode(wanted);
        return Visit.isFromHtmx(call) ? Reply.noContent().header("HX-Redirect", address) : Reply.seeOther(address);
    }

    private static String wanted(Call call, boolean changes) {
        if (Visit.isFromHtmx(call)) {
            return page(call.header("HX-Current-URL").orElse(HOME));
        }
        if (changes) {
            return page(call.header("Referer").orElse(HOME));
        }
        String target = call.target();
        return target.endsWith("?") ? target.substring(0, target.length() - 1) : target;
    }

    /** The path and the query of an address that a browser sent, when it is one of the console. */
    private static String page(String address) {
        try {
            URI uri = new URI(address);
            String query = uri.getRawQuery();
            return ours(Objects.requireNonNullElse(uri.getRawPath(), "") + (query == null ? "" : "?" + query));
        } catch (URISyntaxException e) {
            return HOME;
        }
    }

    @Override
    public void register(Routes routes) {
        routes.open(PATH, this::form).takes("next");
        routes.openPost(PATH, this::signIn);
        routes.openPost("/console/sign-out", this::signOut);
        routes.open("/console/setup", this::link).takes("token");
        routes.openPost("/console/setup", this::setUp);
        routes.open("/console/link", this::link).takes("token");
        routes.openPost("/console/link", this::redeem);
    }

    private Reply form(Call call) {
        String next = ours(call.query().text("next").orElse(HOME));
        return Cookie.SESSION.of(call).flatMap(sessions::find).isPresent()
                ? Reply.seeOther(next)
                : screen.outside("sign-in/form.jte", new Form("", next, null), 200);
    }

    private Reply signIn(Call call) {
        Origin.check(call);
        Fields fields = call.fields();
        String next = ours(fields.get("next"));
        try {
            NewSession session = sessions.signIn(fields.get("email"), fields.raw("password"), call.caller());
            return enter(call, session, next);
        } catch (RuleException e) {
            return screen.outside("sign-in/form.jte", new Form(fields.get("email"), next, e.sentence()), 422);
        }
    }

    private Reply signOut(Call call) {
        Origin.check(call);
        Cookie.SESSION.of(call).ifPresent(sessions::end);
        return leave(call);
    }

    private Reply link(Call call) {
        String token = call.query().required("token");
        return links.find(token)
                .map(target -> screen.outside("sign-in/link.jte", chosen(token, target.user(), "", "", null), 200))
                .orElseGet(() -> screen.outside("sign-in/dead-link.jte", PATH, 404));
    }

    private Reply setUp(Call call) {
        Origin.check(call);
        Fields fields = call.fields();
        String token = fields.raw("token");
        String email = fields.get("email");
        String name = fields.get("name");
        try {
            User user = links.redeem(token, email, fields.text("name").orElse(null), fields.raw("password"));
            return enter(call, sessions.start(user.id()), HOME);
        } catch (RuleException e) {
            return screen.outside("sign-in/link.jte", chosen(token, null, email, name, e.sentence()), 422);
        }
    }

    private Reply redeem(Call call) {
        Origin.check(call);
        Fields fields = call.fields();
        String token = fields.raw("token");
        User known = links.find(token).map(SignInLinks.Target::user).orElse(null);
        if (known == null) {
            return screen.outside("sign-in/dead-link.jte", PATH, 404);
        }
        try {
            return enter(
                    call,
                    sessions.start(links.redeem(token, fields.raw("password")).id()),
                    HOME);
        } catch (RuleException e) {
            return screen.outside("sign-in/link.jte", chosen(token, known, "", "", e.sentence()), 422);
        }
    }

    private static Chosen chosen(String token, @Nullable User user, String email, String name, @Nullable String error) {
        return new Chosen(token, user, email, name, error);
    }

    /** Goes on in a session that takes the place of the one before, as after another password. */
    public static Reply goOn(Call call, NewSession session, String path) {
        return enter(call, session, path);
    }

    /** Asks who it is, after every session was ended. */
    public static Reply leave(Call call) {
        return Reply.seeOther(PATH).header("Set-Cookie", Cookie.SESSION.clear(call));
    }

    private static Reply enter(Call call, NewSession session, String next) {
        return Reply.seeOther(next).header("Set-Cookie", Cookie.SESSION.set(call, session.token(), AGE));
    }

    // Only to pages of ours: "//elsewhere" and "https:" would lead away.
    private static String ours(String next) {
        return next.startsWith("/console") && !next.contains("\\") && !next.startsWith(PATH) ? next : HOME;
    }
}
