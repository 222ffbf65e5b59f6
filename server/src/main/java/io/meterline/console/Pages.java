package io.meterline.console;

import io.meterline.access.Role;
import io.meterline.http.Route;
import io.meterline.http.Routes;

/** The pages of those who are signed in, each registered by the class of its area. */
public final class Pages {

    private final Routes routes;
    private final Door door;

    Pages(Routes routes, Door door) {
        this.routes = routes;
        this.door = door;
    }

    /** A class that shows some pages. */
    public interface Source {
        void register(Pages pages);
    }

    public Pages add(Source source) {
        source.register(this);
        return this;
    }

    /** A page that everybody may see, at a path below {@code /console/<environment>}. */
    public Route get(String path, Page page) {
        return get(path, Role.VIEWER, page);
    }

    public Route get(String path, Role needed, Page page) {
        return routes.open(below(path), call -> door.enter(call, needed, false, page));
    }

    /** What a form does. */
    public Route post(String path, Role needed, Page page) {
        return routes.openPost(below(path), call -> door.enter(call, needed, true, page));
    }

    /** What a form with a file does: its token is in its address, as the parameter {@code csrf}. */
    public Route upload(String path, Role needed, Page page) {
        return post(path, needed, page).takes("csrf").takesForm();
    }

    private static String below(String path) {
        return "/console/{environment}" + path;
    }
}
