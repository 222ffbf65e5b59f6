package io.meterline.console.aggregator;

import io.meterline.access.Role;
import io.meterline.console.Address;
import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.Area;
import io.meterline.console.EventTypes;
import io.meterline.console.Formats;
import io.meterline.console.Pages;
import io.meterline.console.Tab;
import io.meterline.console.Toast;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.http.Reply;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of aggregators, each with its figure of this month; archiving; files of usage. */
public final class AggregatorPages implements Pages.Source {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final String[] CSV = {
        "from", "to", "mode", "window", "time_zone", "group_by", "customer_id", "format"
    };

    private final EventTypes types;
    private final InstantSource clock;

    public AggregatorPages(EventTypes types, InstantSource clock) {
        this.types = types;
        this.clock = clock;
    }

    /**
     * The list.
     *
     * @param month the name of this month
     * @param more how many are not shown
     */
    public record ListPage(
            List<Tab> tabs,
            List<Aggregator> aggregators,
            boolean archived,
            String month,
            long more,
            String curl,
            String example) {}

    /** The figure of one aggregator this month. */
    public record MonthPart(
            Figure figure,
            @Nullable String unit,
            @Nullable Change change,
            String before,
            String href,
            @Nullable String error) {}

    @Override
    public void register(Pages pages) {
        pages.get("/aggregators", this::list).takes("status");
        pages.get("/aggregators/{id}/month", this::month);
        pages.get("/aggregators/{id}/usage.csv", this::csv).takes(CSV);
        pages.post("/aggregators/{id}/archive", Role.EDITOR, this::archive);
        new BuilderPages(types, clock).register(pages);
        new UsagePages(types, clock).register(pages);
    }

    private View list(Visit visit) {
        boolean archived =
                visit.query().text("status").filter("archived"::equals).isPresent();
        Aggregator.Listing shown = listing(visit, archived ? "archived" : "active");
        Aggregator.Listing other = listing(visit, archived ? "active" : "archived");
        String here = visit.path("/aggregators");
        List<Tab> tabs = List.of(
                new Tab("Active", here, !archived, count(archived ? other : shown)),
                new Tab("Archived", here + "?status=archived", archived, count(archived ? shown : other)));
        return View.page(
                "aggregator/list.jte",
                Area.AGGREGATORS,
                new ListPage(
                        tabs,
                        shown.data(),
                        archived,
                        Months.now(UTC, clock.instant()).name(),
                        shown.meta().total() - shown.data().size(),
                        visit.curl("/v1/aggregators" + (archived ? "?status=archived" : "")),
                        visit.curl("POST", "/v1/aggregators", EXAMPLE)));
    }

    private static final String EXAMPLE = """
            {"name":"API calls","event_type":"api_calls","operation":"sum","property":"calls","unit_name":"calls"}""";

    private static Aggregator.Listing listing(Visit visit, String status) {
        return visit.api().get("/v1/aggregators?take=100&status=" + status, Aggregator.Listing.class);
    }

    private static String count(Aggregator.Listing listing) {
        return Formats.number(listing.meta().total());
    }

    private View month(Visit visit) {
        Months months = Months.now(UTC, clock.instant());
        String path = "/v1/aggregators/" + id(visit) + "/usage";
        String href = visit.path("/aggregators/" + id(visit));
        try {
            Usage now = visit.api()
                    .get(
                            Address.of(path)
                                    .with("from", months.from())
                                    .with("to", months.to())
                                    .text(),
                            Usage.class);
            Usage before = visit.api()
                    .get(
                            Address.of(path)
                                    .with("from", months.before())
                                    .with("to", months.beforeTo())
                                    .text(),
                            Usage.class);
            return View.part(
                    "aggregator/month.jte",
                    new MonthPart(
                            Figure.of(now.value()),
                            now.unitName(),
                            Change.between(before.value(), now.value()),
                            months.beforeName(),
                            href,
                            null));
        } catch (ApiFault e) {
            return View.part("aggregator/month.jte", new MonthPart(Figure.of(null), null, null, "", href, e.detail()));
        }
    }

    private static String id(Visit visit) {
        return Api.encode(visit.id("id"));
    }

    private View csv(Visit visit) {
        Address target = Address.of("/v1/exports/usage").with("aggregator_id", visit.id("id"));
        for (String name : CSV) {
            target = target.with(name, visit.query().text(name).orElse(null));
        }
        Reply reply = visit.api().answer("GET", target.text());
        return new View.Answer(reply);
    }

    private View archive(Visit visit) {
        String name = visit.api()
                .get("/v1/aggregators/" + id(visit), Aggregator.class)
                .name();
        visit.api().delete("/v1/aggregators/" + id(visit));
        return new View.GoTo(
                visit.path("/aggregators"),
                Toast.done(name + " is archived. Products that use it keep measuring.")
                        .with("View", "/aggregators/" + id(visit)));
    }
}
