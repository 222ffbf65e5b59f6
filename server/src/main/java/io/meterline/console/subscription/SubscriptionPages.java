package io.meterline.console.subscription;

import io.meterline.access.Role;
import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.Area;
import io.meterline.console.Crumb;
import io.meterline.console.Pages;
import io.meterline.console.Refused;
import io.meterline.console.Toast;
import io.meterline.console.View;
import io.meterline.console.Visit;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The list of subscriptions, and the page of each with what can be done there at once. */
public final class SubscriptionPages implements Pages.Source {

    private final InstantSource clock;

    public SubscriptionPages(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void register(Pages pages) {
        pages.get("/subscriptions", SubscriptionPages::list).takes("status", "customer", "product", "page");
        pages.post("/subscriptions/find", Role.VIEWER, SubscriptionPages::find);
        pages.get("/subscriptions/{id}", visit -> page(visit, Refused.NOTHING)).takes("page");
        pages.get("/subscriptions/{id}/amount", SubscriptionPages::amount).takes("at");
        pages.post("/subscriptions/{id}/cancel", Role.EDITOR, this::cancel);
        pages.post("/subscriptions/{id}/resume", Role.EDITOR, this::resume);
        pages.post("/subscriptions/{id}/keep", Role.EDITOR, this::keep);
    }

    private static View list(Visit visit) {
        return View.page("subscription/list.jte", Area.SUBSCRIPTIONS, SubscriptionList.of(visit));
    }

    /** From the form of the filter to the address that says the same. */
    private static View find(Visit visit) {
        SubscriptionList.Status status =
                SubscriptionList.Status.of(visit.fields().get("status"));
        String product = visit.fields().text("product").orElse(null);
        String customer = visit.fields().text("customer").orElse(null);
        return new View.GoTo(visit.path(new SubscriptionList.Wanted(status, customer, product, 1).path()), null);
    }

    /** What the current period comes to so far: asked for by each row when it is seen. */
    private static View amount(Visit visit) {
        Instant at = visit.query().instant("at").orElse(Instant.EPOCH);
        Statement statement = visit.api()
                .find(SubscriptionReader.target(visit) + "/statements?at=" + Api.encode(at.toString()), Statement.class)
                .orElse(null);
        return View.part("subscription/amount.jte", new Amount(statement));
    }

    /** What a period comes to; null where it has none. */
    public record Amount(@Nullable Statement statement) {}

    private View page(Visit visit, Refused refused) {
        SubscriptionPage page = new SubscriptionReader(visit, clock.instant()).page(refused);
        return new View.Whole(
                "subscription/page.jte",
                Area.SUBSCRIPTIONS,
                List.of(
                        new Crumb(Area.SUBSCRIPTIONS.title(), Area.SUBSCRIPTIONS.path()),
                        new Crumb(page.customer(), null)),
                page,
                refused.any() ? 422 : 200);
    }

    private View cancel(Visit visit) {
        String effective = visit.fields().get("effective");
        return change(visit, "/cancel", Map.of("effective", effective), after -> {
            Instant ends = after.endsAt();
            return ends == null || after.hasEnded()
                    ? "The subscription has ended."
                    : "The subscription ends on " + Dates.moment(ends, after.timeZone()) + ".";
        });
    }

    private View resume(Visit visit) {
        try {
            Map<String, @Nullable Object> body = new HashMap<>();
            body.put("ends_at", null);
            visit.api().put(SubscriptionReader.target(visit), body, Subscription.class);
            return done(visit, "The subscription goes on.");
        } catch (ApiFault e) {
            return page(visit, Refused.by(e));
        }
    }

    private View keep(Visit visit) {
        return change(
                visit,
                "/change",
                Map.of("effective", "next_period"),
                _ -> "The change is taken back; everything stays as it is.");
    }

    @FunctionalInterface
    private interface Said {
        String of(Subscription after);
    }

    private View change(Visit visit, String action, Map<String, String> body, Said said) {
        try {
            Subscription after = visit.api().post(SubscriptionReader.target(visit) + action, body, Subscription.class);
            return done(visit, said.of(after));
        } catch (ApiFault e) {
            return page(visit, Refused.by(e));
        }
    }

    private static View done(Visit visit, String text) {
        return new View.GoTo(visit.path("/subscriptions/" + Api.encode(visit.id("id"))), Toast.done(text));
    }
}
