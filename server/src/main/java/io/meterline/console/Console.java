package io.meterline.console;

import io.meterline.access.Sessions;
import io.meterline.access.SignInLinks;
import io.meterline.http.LocalApi;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import java.util.List;

/** The console: signing in, the frame, and the pages of each area within it. */
public final class Console implements Routes.Source, AutoCloseable {

    private static final String FIRST = "/console/live";

    private final List<Pages.Source> areas;
    private final SignIn signIn;
    private final Door door;
    private final Feeds feeds = new Feeds();

    /**
     * The console with the pages of these areas.
     *
     * @param api that the pages are made of
     * @param types that the pages of areas look at, too
     */
    public Console(LocalApi api, Sessions sessions, SignInLinks links, EventTypes types, List<Pages.Source> areas) {
        this.areas = List.copyOf(areas);
        Screen screen = new Screen(new Templates(), new Counts(types), feeds);
        this.signIn = new SignIn(sessions, links, screen);
        this.door = new Door(api, sessions, screen);
    }

    @Override
    public void register(Routes routes) {
        routes.open("/", _ -> Reply.seeOther(FIRST));
        routes.open("/console", _ -> Reply.seeOther(FIRST));
        routes.add(new Assets()).add(signIn);
        Pages pages = new Pages(routes, door);
        areas.forEach(pages::add);
    }

    /** Ends what goes on being sent, which would hold up the end of the server otherwise. */
    @Override
    public void close() {
        feeds.close();
    }
}
