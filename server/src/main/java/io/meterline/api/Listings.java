package io.meterline.api;

import io.meterline.control.PageRequest;
import io.meterline.http.Listing;
import io.meterline.http.Page;
import java.util.function.Function;

/** Between the pages of HTTP and those of the control database. */
final class Listings {
    private Listings() {}

    static PageRequest request(Page page) {
        return new PageRequest(page.take(), page.skip(), page.cursor());
    }

    static <T, V> Listing<V> of(Page page, io.meterline.control.Page<T> found, Function<T, V> view) {
        return page.listing(found.total(), found.data().stream().map(view).toList(), found.nextCursor());
    }
}
