package io.meterline.console.subscription;

import io.meterline.access.Role;
import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.Area;
import io.meterline.console.Crumb;
import io.meterline.console.FilterWords;
import io.meterline.console.Pager;
import io.meterline.console.Pages;
import io.meterline.console.Refused;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.console.price.PriceWords;
import io.meterline.console.price.Unit;
import io.meterline.console.subscription.StatementPage.AdjustmentRow;
import io.meterline.console.subscription.StatementPage.LineRow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pages of statements: the document, what it stands on, closing it, its file. */
public final class StatementPages implements Pages.Source {

    private static final int EVENTS = 25;
    private static final int MOST_SKIPPED = 10_000;

    private final InstantSource clock;

    public StatementPages(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void register(Pages pages) {
        pages.get("/statements/{id}", visit -> page(visit, Refused.NOTHING)).takes("line", "adjustment", "skip");
        pages.get("/statements/{id}/csv", StatementPages::csv);
        pages.post("/statements/{id}/close", Role.EDITOR, this::close);
    }

    private static View csv(Visit visit) {
        return new View.Answer(visit.api().answer("GET", target(visit) + "?format=csv"));
    }

    private View close(Visit visit) {
        try {
            visit.api().post(target(visit) + "/close");
            return View.goTo(
                    visit.path("/statements/" + Api.encode(visit.id("id"))), "The statement is closed and frozen.");
        } catch (ApiFault e) {
            return page(visit, Refused.by(e));
        }
    }

    private View page(Visit visit, Refused refused) {
        Statement statement = visit.api().get(target(visit), Statement.class);
        Subscription subscription =
                visit.api().get("/v1/subscriptions/" + statement.subscriptionId(), Subscription.class);
        String customer = new Names(visit.api()).customer(statement.customerId(), statement.externalCustomerId());
        Instant now = clock.instant();
        boolean over = !statement.period().to().isAfter(now);
        StatementPage page = new StatementPage(
                statement,
                subscription,
                customer,
                statement.lines().stream().map(line -> row(line, statement)).toList(),
                statement.adjustments().stream()
                        .map(one -> row(one, statement, visit))
                        .toList(),
                statement.number() == 1 ? null : visit.path("/statements/" + statement.idOf(statement.number() - 1)),
                next(visit, statement, subscription, over),
                over && !statement.isClosed(),
                Dates.moment(statement.period().to(), statement.timeZone()),
                refused.any() ? null : opened(visit, statement),
                refused,
                visit.path("/statements/" + statement.id()),
                visit.curl(target(visit)));
        return new View.Whole(
                "subscription/statement.jte",
                Area.SUBSCRIPTIONS,
                List.of(
                        new Crumb(Area.SUBSCRIPTIONS.title(), Area.SUBSCRIPTIONS.path()),
                        new Crumb(customer, "/subscriptions/" + subscription.id()),
                        new Crumb("Statement " + statement.number(), null)),
                page,
                refused.any() ? 422 : 200);
    }

    private static LineRow row(Statement.Line line, Statement statement) {
        return new LineRow(
                line,
                PriceWords.of(line.price(), statement.currency(), Unit.of(line.unitName())),
                FilterWords.of(line.filter()),
                Breakdown.of(line, statement.currency()));
    }

    private static AdjustmentRow row(Statement.Adjustment adjustment, Statement statement, Visit visit) {
        String id = adjustment.statementId();
        return new AdjustmentRow(
                adjustment,
                Dates.period(adjustment.period(), statement.timeZone()),
                visit.path("/statements/" + id),
                Integer.parseInt(id.substring(id.lastIndexOf('_') + 1)));
    }

    // There is a next one once its period has begun, and after the last while something is still to be adjusted.
    private static @Nullable String next(Visit visit, Statement statement, Subscription subscription, boolean over) {
        Instant ends = subscription.endsAt();
        if (!over || (statement.isAfterTheEnd() && !statement.isClosed())) {
            return null;
        }
        String id = statement.idOf(statement.number() + 1);
        boolean begun = ends == null || statement.period().to().isBefore(ends);
        return begun
                        || visit.api()
                                .find("/v1/statements/" + id, Statement.class)
                                .isPresent()
                ? visit.path("/statements/" + id)
                : null;
    }

    private @Nullable Evidence opened(Visit visit, Statement statement) {
        if (visit.query().has("line")) {
            int number = visit.query().integer("line", 1, 1, Integer.MAX_VALUE);
            Optional<Statement.Line> line = statement.line(number);
            return line.map(it -> evidence(visit, "line=" + number, row(it, statement), null))
                    .orElse(null);
        }
        if (visit.query().has("adjustment")) {
            int number = visit.query().integer("adjustment", 1, 1, Integer.MAX_VALUE);
            Optional<Statement.Adjustment> adjustment = statement.adjustment(number);
            return adjustment
                    .map(it -> evidence(visit, "adjustment=" + number, null, row(it, statement, visit)))
                    .orElse(null);
        }
        return null;
    }

    private static Evidence evidence(
            Visit visit, String which, @Nullable LineRow line, @Nullable AdjustmentRow adjustment) {
        int skip = visit.query().integer("skip", 0, 0, MOST_SKIPPED);
        String target = target(visit) + "/explain?" + which + "&take=" + EVENTS + (skip == 0 ? "" : "&skip=" + skip);
        boolean flat = line != null && line.line().aggregatorId() == null;
        Evidence.Listing found = flat ? null : visit.api().get(target, Evidence.Listing.class);
        List<Evidence.Event> events = found == null ? null : found.data();
        long total = found == null ? 0 : found.meta().total();
        return new Evidence(
                line,
                adjustment,
                events,
                total,
                events == null || events.isEmpty() ? null : pager(visit, which, skip, events.size(), total),
                visit.curl(target));
    }

    private static @Nullable Pager pager(Visit visit, String which, int skip, int shown, long total) {
        if (total <= EVENTS) {
            return null;
        }
        String base = visit.path("/statements/" + visit.id("id")) + "?" + which;
        int back = Math.max(0, skip - EVENTS);
        boolean more = skip + shown < total && skip + EVENTS <= MOST_SKIPPED;
        return new Pager(
                skip + 1L,
                (long) skip + shown,
                total,
                skip == 0 ? null : back == 0 ? base : base + "&skip=" + back,
                more ? base + "&skip=" + (skip + EVENTS) : null);
    }

    private static String target(Visit visit) {
        return "/v1/statements/" + Api.encode(visit.id("id"));
    }
}
