package io.meterline.console;

import io.meterline.access.Session;
import io.meterline.access.User;
import io.meterline.event.Environment;
import io.meterline.http.Call;
import io.meterline.http.Fields;
import io.meterline.http.Query;
import org.jspecify.annotations.Nullable;

/** One request of a person who is signed in. */
public final class Visit {

    private final Call call;
    private final Session session;
    private final Environment environment;
    private final Api api;
    private @Nullable Fields fields;

    Visit(Call call, Session session, Environment environment, Api api) {
        this.call = call;
        this.session = session;
        this.environment = environment;
        this.api = api;
    }

    /** The API with this person's rights in this environment. */
    public Api api() {
        return api;
    }

    public Session session() {
        return session;
    }

    public User user() {
        return session.user();
    }

    public Environment environment() {
        return environment;
    }

    /** A path below {@code /console/<environment>}. */
    public String path(String rest) {
        return "/console/" + environment.text() + rest;
    }

    /** The part of this page's path at {@code {name}}. */
    public String id(String name) {
        return call.path(name);
    }

    public Query query() {
        return call.query();
    }

    /** The fields of the form that was sent. */
    public Fields fields() {
        Fields read = fields;
        if (read == null) {
            read = call.fields();
            fields = read;
        }
        return read;
    }

    /**
     * The request that a page stands for, as a command that a person can run. Its key comes from {@code $METERLINE_KEY}.
     *
     * @param target of the API, such as {@code /v1/events?limit=50}
     */
    public String curl(String target) {
        return curl("GET", target, null);
    }

    /** The same with another method and a JSON body. */
    public String curl(String method, String target, @Nullable String json) {
        StringBuilder command = new StringBuilder("curl ");
        if (!method.equals("GET")) {
            command.append("-X ").append(method).append(' ');
        }
        command.append('\'').append(origin()).append(target).append("' -H \"Authorization: Bearer $METERLINE_KEY\"");
        if (json != null) {
            command.append(" -H 'Content-Type: application/json' -d '")
                    .append(json.replace("'", "'\\''"))
                    .append('\'');
        }
        return command.toString();
    }

    /** What this server is called from outside, as in {@code https://meterline.example.com}. */
    public String origin() {
        boolean secure =
                call.header("X-Forwarded-Proto").filter("https"::equals).isPresent();
        return (secure ? "https://" : "http://") + call.header("Host").orElse("localhost:8080");
    }

    /** Whether htmx asks for a part of the page, and not the browser for the whole of it. */
    public boolean wantsPart() {
        return isFromHtmx(call);
    }

    static boolean isFromHtmx(Call call) {
        return call.header("HX-Request").isPresent()
                && call.header("HX-Boosted").isEmpty();
    }

    /** The request itself, for uploads. */
    public Call call() {
        return call;
    }
}
