package io.meterline.console.aggregator;

import io.meterline.console.Address;
import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.Area;
import io.meterline.console.Choice;
import io.meterline.console.EventTypes;
import io.meterline.console.Island;
import io.meterline.console.Pages;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.event.Period;
import io.meterline.event.Timestamps;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One aggregator: what it measured over time and by whom, its versions, and the events behind each figure. */
public final class UsagePages implements Pages.Source {

    private static final List<Choice> PRESETS = List.of(
            new Choice("today", "Today"),
            new Choice("7d", "7 days"),
            new Choice("month", "This month"),
            new Choice("last-month", "Last month"),
            new Choice("3-months", "3 months"),
            new Choice("12-months", "12 months"));

    private final EventTypes types;
    private final InstantSource clock;

    UsagePages(EventTypes types, InstantSource clock) {
        this.types = types;
        this.clock = clock;
    }

    /** A line of the table behind the chart. */
    public record Line(
            String name,
            Figure figure,
            long events,
            @Nullable String href) {}

    /**
     * The page of an aggregator.
     *
     * @param change against the period of the same length before; null where there is nothing to compare
     * @param chart null where there is nothing to draw
     * @param customer what the only customer that counts is called
     * @param problem why there are no figures
     */
    public record UsagePage(
            Aggregator aggregator,
            Asked asked,
            Address here,
            List<Choice> presets,
            @Nullable Usage usage,
            Figure figure,
            @Nullable Change change,
            String span,
            @Nullable Island chart,
            boolean stacked,
            List<Line> lines,
            @Nullable Breakdown breakdown,
            @Nullable String customer,
            @Nullable String problem,
            List<Product> usedBy,
            List<Aggregator> versions,
            String eventsHref,
            String csv,
            String curl) {}

    @Override
    public void register(Pages pages) {
        pages.get("/aggregators/{id}", this::show).takes(Asked.PARAMETERS).takes("by", "skip", "stack");
        new BehindPages(clock).register(pages);
    }

    private View show(Visit visit) {
        Api api = visit.api();
        Instant now = clock.instant();
        Asked asked = Asked.of(visit.query(), now);
        String target = "/v1/aggregators/" + Api.encode(visit.id("id"));
        Aggregator aggregator = api.get(target, Aggregator.class);
        String path = visit.path("/aggregators/" + aggregator.id());
        Behind behind = new Behind(path + "/events", asked);
        Address here = asked.here(path)
                .with("by", visit.query().text("by").orElse(null))
                .with("stack", visit.query().text("stack").orElse(null));
        Address windowed = asked.windowed(target + "/usage");
        UsagePage page = page(visit, aggregator, asked, here, behind, windowed, target);
        return View.page("aggregator/show.jte", Area.AGGREGATORS, aggregator.name(), Area.AGGREGATORS.path(), page);
    }

    private UsagePage page(
            Visit visit,
            Aggregator aggregator,
            Asked asked,
            Address here,
            Behind behind,
            Address windowed,
            String target) {
        Api api = visit.api();
        Usage usage = null;
        Breakdown breakdown = null;
        Change change = null;
        String problem = null;
        try {
            usage = api.get(windowed.text(), Usage.class);
            breakdown = Breakdown.of(visit, KnownTypes.of(types, visit), aggregator, asked, here, behind, usage);
            change = asked.allTime() ? null : change(api, asked, target, usage);
        } catch (ApiFault e) {
            problem = e.detail();
        }
        boolean stacked = visit.query().has("stack") && breakdown != null && breakdown.stacks();
        return new UsagePage(
                aggregator,
                asked,
                here,
                PRESETS,
                usage,
                Figure.of(usage == null ? null : usage.value()),
                change,
                asked.allTime()
                        ? "Every record dated before " + Labels.until(asked.to(), asked.zone())
                        : Labels.span(asked.from(), asked.to(), asked.zone()),
                chart(api, usage, asked, behind, stacked ? breakdown : null, windowed),
                stacked,
                usage == null ? List.of() : lines(usage, asked, behind),
                breakdown,
                Optional.ofNullable(asked.customer())
                        .map(id -> CustomerNames.one(api, id))
                        .orElse(null),
                problem,
                Products.measuredBy(api, aggregator.id()),
                api.get(target + "/versions?take=10", Aggregator.Listing.class).data(),
                behind.all(),
                csv(windowed, visit.path("/aggregators/" + aggregator.id() + "/usage.csv")),
                visit.curl(windowed.text()));
    }

    private static @Nullable Change change(Api api, Asked asked, String target, Usage usage) {
        Period period = asked.before();
        Address before = asked.target(target + "/usage")
                .with("from", Timestamps.text(period.fromMicros()))
                .with("to", Timestamps.text(period.toMicros()));
        return Change.between(api.get(before.text(), Usage.class).value(), usage.value());
    }

    private static @Nullable Island chart(
            Api api, @Nullable Usage usage, Asked asked, Behind behind, @Nullable Breakdown by, Address windowed) {
        if (usage == null || usage.parts().isEmpty()) {
            return null;
        }
        if (by == null) {
            return Charts.columns(usage.parts(), asked.window(), asked.zone(), usage.unitName(), behind::of);
        }
        Usage grouped = api.get(
                windowed.with("group_by", by.by())
                        .with("take", Charts.MOST_SERIES)
                        .text(),
                Usage.class);
        List<Charts.Named> groups = grouped.rows().stream()
                .map(group -> new Charts.Named(by.name(group), group))
                .toList();
        return Charts.stacked(usage, groups, asked.window(), asked.zone(), behind::of);
    }

    private static List<Line> lines(Usage usage, Asked asked, Behind behind) {
        return usage.parts().stream()
                .map(part -> new Line(
                        Labels.full(part.from(), asked.window(), asked.zone()),
                        Figure.of(part.value()),
                        part.events(),
                        part.events() == 0 ? null : behind.of(part)))
                .toList();
    }

    /** The file with the same figures. */
    private static String csv(Address windowed, String path) {
        return new Address(path, windowed.parameters()).text();
    }
}
