package io.meterline.console.loader;

import io.meterline.console.Formats;
import io.meterline.console.Pager;
import io.meterline.console.Tab;
import io.meterline.console.Visit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where things of this area are, and the tabs between them. */
final class Places {

    static final int TAKEN = 50;

    private static final int MOST_SKIPPED = 10_000;

    private Places() {}

    /** Which of the tabs one is on. */
    enum Place {
        LOADERS,
        CONNECTIONS,
        IMPORTS
    }

    static List<Tab> tabs(Visit visit, Place here, @Nullable Long loaders, @Nullable Long connections) {
        return List.of(
                new Tab("Data loaders", visit.path("/loaders"), here == Place.LOADERS, text(loaders)),
                new Tab(
                        "Connections",
                        visit.path("/loaders/connections"),
                        here == Place.CONNECTIONS,
                        text(connections)),
                new Tab("Files", visit.path("/imports"), here == Place.IMPORTS, null));
    }

    private static @Nullable String text(@Nullable Long count) {
        return count == null ? null : Formats.number(count);
    }

    static int skip(Visit visit) {
        return visit.query().integer("skip", 0, 0, MOST_SKIPPED);
    }

    /** Null where everything fits. */
    static @Nullable Pager pager(String path, int skip, int shown, long total) {
        if (total <= TAKEN && skip == 0) {
            return null;
        }
        String previous = skip == 0 ? null : skip <= TAKEN ? path : path + "?skip=" + (skip - TAKEN);
        String next = skip + shown < total && skip + TAKEN <= MOST_SKIPPED ? path + "?skip=" + (skip + TAKEN) : null;
        return new Pager(shown == 0 ? 0 : skip + 1, skip + shown, total, previous, next);
    }
}
