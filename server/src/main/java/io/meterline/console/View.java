package io.meterline.console;

import io.meterline.http.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person sees next. */
public sealed interface View {

    /**
     * A whole page within the frame.
     *
     * @param template such as {@code events/list.jte}; it takes a {@code Frame frame} and the model as {@code page}
     * @param area that is marked in the rail
     * @param trail from the area to the page; the last one is the page itself
     */
    record Whole(String template, Area area, List<Crumb> trail, Object model, int status) implements View {}

    /** A part of a page, for htmx; its template takes the same two. */
    record Part(
            String template,
            Object model,
            int status,
            @Nullable Toast toast) implements View {}

    /** Another page, with word of what was done. */
    record GoTo(String path, @Nullable Toast toast) implements View {}

    /** A file or a stream. */
    record Answer(Reply reply) implements View {}

    /** What goes on appearing on a page, for an element with {@code data-stream}. */
    record Stream(Feed feed) implements View {}

    static View page(String template, Area area, Object model) {
        return new Whole(template, area, List.of(new Crumb(area.title(), null)), model, 200);
    }

    /** A page below an area's first one. */
    static View page(String template, Area area, String title, String areaPath, Object model) {
        return new Whole(
                template, area, List.of(new Crumb(area.title(), areaPath), new Crumb(title, null)), model, 200);
    }

    static View part(String template, Object model) {
        return new Part(template, model, 200, null);
    }

    static View goTo(String path, String done) {
        return new GoTo(path, Toast.done(done));
    }
}
