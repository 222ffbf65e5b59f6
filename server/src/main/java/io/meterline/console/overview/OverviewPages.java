package io.meterline.console.overview;

import io.meterline.console.Area;
import io.meterline.console.Pages;
import io.meterline.console.View;

/** The first page. */
public final class OverviewPages implements Pages.Source {

    @Override
    public void register(Pages pages) {
        pages.get("", _ -> View.page("overview.jte", Area.OVERVIEW, "nothing"));
    }
}
