package io.meterline.console.subscription;

import io.meterline.access.Role;
import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.Area;
import io.meterline.console.Crumb;
import io.meterline.console.Pages;
import io.meterline.console.Refused;
import io.meterline.console.Seen;
import io.meterline.console.Toast;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.console.subscription.SubscriptionForm.Kind;
import io.meterline.http.Json;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Making, editing and changing subscriptions. */
public final class SubscriptionFormPages implements Pages.Source {

    private final InstantSource clock;

    public SubscriptionFormPages(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void register(Pages pages) {
        pages.get("/subscriptions/new", Role.EDITOR, this::fresh).takes("customer", "product");
        pages.post("/subscriptions/new", Role.EDITOR, SubscriptionFormPages::create);
        pages.post("/subscriptions/customers", Role.VIEWER, SubscriptionFormPages::customers);
        pages.post("/subscriptions/products", Role.EDITOR, SubscriptionFormPages::products);
        pages.get("/subscriptions/{id}/edit", Role.EDITOR, SubscriptionFormPages::edit);
        pages.post("/subscriptions/{id}/edit", Role.EDITOR, SubscriptionFormPages::save);
        pages.get("/subscriptions/{id}/change", Role.EDITOR, visit -> open(visit, Kind.CHANGE));
        pages.post("/subscriptions/{id}/change", Role.EDITOR, SubscriptionFormPages::change);
    }

    private View fresh(Visit visit) {
        String midnight = clock.instant()
                .atZone(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .toLocalDateTime()
                .toString();
        var fields = FormFields.fresh(midnight);
        visit.query().text("customer").ifPresent(customer -> fields.put("customer", customer));
        visit.query().text("product").ifPresent(product -> fields.put(FormFields.PRODUCT, product));
        return form(new FormReader(visit).fresh(fields), 200);
    }

    private static View create(Visit visit) {
        FormReader reader = new FormReader(visit);
        try {
            Subscription made = visit.api()
                    .create(
                            "/v1/subscriptions",
                            withoutNulls(FormFields.whole(visit.fields(), reader.zone(visit.fields()))),
                            visit.fields().get("form_id"),
                            Subscription.class);
            return View.goTo(visit.path("/subscriptions/" + made.id()), "The subscription is made.");
        } catch (ApiFault e) {
            return form(reader.again(null, Kind.NEW, "", Refused.by(e)), 422);
        }
    }

    /** Offers customers for what is typed. */
    private static View customers(Visit visit) {
        return View.part(
                "subscription/customers.jte",
                new Names(visit.api()).search(visit.fields().get("customer")));
    }

    /** The products with their prices for the currency and interval that are chosen now. */
    private static View products(Visit visit) {
        return View.part("subscription/products.jte", new FormReader(visit).again(null, Kind.NEW, "", Refused.NOTHING));
    }

    private static View edit(Visit visit) {
        Subscription subscription = visit.api().get(SubscriptionReader.target(visit), Subscription.class);
        return open(visit, subscription.isScheduled() ? Kind.WHOLE : Kind.RUNNING);
    }

    private static View open(Visit visit, Kind kind) {
        JsonNode json = visit.api().json(SubscriptionReader.target(visit));
        Subscription subscription = visit.api().get(SubscriptionReader.target(visit), Subscription.class);
        return form(new FormReader(visit).on(subscription, kind, Seen.of(json)), 200);
    }

    private static View save(Visit visit) {
        Kind kind = visit.fields().get("kind").equals("whole") ? Kind.WHOLE : Kind.RUNNING;
        return write(visit, kind, "The subscription is saved.");
    }

    private static View change(Visit visit) {
        boolean now = visit.fields().get("effective").equals("now");
        return write(
                visit,
                Kind.CHANGE,
                now ? "Changed: the period was split here." : "The change waits for the next period.");
    }

    private static View write(Visit visit, Kind kind, String done) {
        String target = SubscriptionReader.target(visit);
        FormReader reader = new FormReader(visit);
        Subscription before = visit.api().get(target, Subscription.class);
        if (!Seen.still(visit, target)) {
            String seen = Seen.of(visit.api().json(target));
            return form(reader.again(before.id(), kind, seen, Seen.changedMeanwhile()), 422);
        }
        try {
            String zone = kind == Kind.WHOLE ? reader.zone(visit.fields()) : before.timeZone();
            switch (kind) {
                case NEW -> throw new IllegalStateException("a new one has no id");
                case WHOLE -> visit.api().put(target, FormFields.whole(visit.fields(), zone), Subscription.class);
                case RUNNING -> visit.api().put(target, running(visit, before, zone), Subscription.class);
                case CHANGE ->
                    visit.api()
                            .create(
                                    target + "/change",
                                    FormFields.change(visit.fields(), zone),
                                    visit.fields().get("form_id"),
                                    Subscription.class);
            }
            return new View.GoTo(visit.path("/subscriptions/" + Api.encode(before.id())), Toast.done(done));
        } catch (ApiFault e) {
            return form(reader.again(before.id(), kind, visit.fields().get(Seen.FIELD), Refused.by(e)), 422);
        }
    }

    // An end that is not touched is not sent: a field shows no fractions of a second.
    private static ObjectNode running(Visit visit, Subscription before, String zone) {
        ObjectNode body = FormFields.running(visit.fields(), zone);
        String shown = before.endsAt() == null ? "" : Dates.field(before.endsAt(), zone);
        if (visit.fields().get("ends_at").equals(shown)) {
            body.remove("ends_at");
        }
        return body;
    }

    private static JsonNode withoutNulls(ObjectNode body) {
        ObjectNode kept = body.deepCopy();
        body.properties().stream()
                .filter(field -> field.getValue().isNull())
                .forEach(field -> kept.remove(field.getKey()));
        return Json.mapper().readTree(kept.toString());
    }

    private static View form(SubscriptionForm form, int status) {
        String title = switch (form.kind()) {
            case NEW -> "New subscription";
            case WHOLE, RUNNING -> "Edit";
            case CHANGE -> "Change";
        };
        List<Crumb> trail = form.id() == null
                ? List.of(new Crumb(Area.SUBSCRIPTIONS.title(), Area.SUBSCRIPTIONS.path()), new Crumb(title, null))
                : List.of(
                        new Crumb(Area.SUBSCRIPTIONS.title(), Area.SUBSCRIPTIONS.path()),
                        new Crumb(
                                form.customerName().isEmpty() ? "Subscription" : form.customerName(),
                                "/subscriptions/" + form.id()),
                        new Crumb(title, null));
        return new View.Whole("subscription/form.jte", Area.SUBSCRIPTIONS, trail, form, status);
    }
}
