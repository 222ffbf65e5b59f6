package io.meterline.console.customer;

import io.meterline.access.Role;
import io.meterline.console.Address;
import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.Area;
import io.meterline.console.Crumb;
import io.meterline.console.Pages;
import io.meterline.console.Refused;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.console.aggregator.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Merging a customer into another: finding the other, seeing what moves, doing it, taking it back. */
public final class MergePages implements Pages.Source {

    private static final int FOUND = 8;

    MergePages() {}

    /** What moves with a customer. */
    public record Moves(long events, List<String> ids, List<Subscription> subscriptions) {}

    /**
     * The page.
     *
     * @param into the customer that remains, once it was chosen
     */
    public record MergePage(
            Customer customer,
            String query,
            List<Customer> found,
            @Nullable Customer into,
            Moves moves,
            Address here,
            String back,
            Refused refused,
            @Nullable String curl) {}

    @Override
    public void register(Pages pages) {
        pages.get("/customers/{id}/merge", Role.EDITOR, this::show).takes("q", "into");
        pages.post("/customers/{id}/merge", Role.EDITOR, this::merge);
        pages.post("/customers/{id}/unmerge", Role.EDITOR, this::undo);
    }

    private View show(Visit visit) {
        Customer customer = customer(visit, visit.id("id"));
        String into = visit.query().text("into").orElse(null);
        String query = visit.query().text("q").orElse("");
        if (visit.wantsPart()) {
            return View.part("customer/merge-found.jte", page(visit, customer, query, null, Refused.NOTHING));
        }
        return whole(page(visit, customer, query, into == null ? null : customer(visit, into), Refused.NOTHING), 200);
    }

    private View merge(Visit visit) {
        Customer customer = customer(visit, visit.id("id"));
        Customer into = customer(visit, visit.fields().get("into"));
        try {
            visit.api().post(target(customer.id()) + "/merge", Map.of("into", into.id()), Customer.class);
        } catch (ApiFault e) {
            return whole(page(visit, customer, "", into, Refused.by(e)), 422);
        }
        return View.goTo(
                visit.path("/customers/" + into.id()),
                "%s is part of %s now. It can be taken back here, under Merged customers."
                        .formatted(customer.title(), into.title()));
    }

    /** The id is that of the customer that was merged. */
    private View undo(Visit visit) {
        String id = visit.id("id");
        visit.api().delete(target(id) + "/merge");
        Customer alone = customer(visit, id);
        return View.goTo(visit.path("/customers/" + alone.id()), alone.title() + " stands on its own again.");
    }

    private static View whole(MergePage page, int status) {
        List<Crumb> trail = List.of(
                new Crumb(Area.CUSTOMERS.title(), Area.CUSTOMERS.path()),
                new Crumb(
                        page.customer().title(), "/customers/" + page.customer().id()),
                new Crumb("Merge", null));
        return new View.Whole("customer/merge.jte", Area.CUSTOMERS, trail, page, status);
    }

    private static MergePage page(
            Visit visit, Customer customer, String query, @Nullable Customer into, Refused refused) {
        String path = visit.path("/customers/" + customer.id() + "/merge");
        return new MergePage(
                customer,
                query,
                into == null ? found(visit, customer, query) : List.of(),
                into,
                moves(visit, customer),
                Address.of(path).with("q", query),
                visit.path(customer.pending() ? "/customers?status=pending" : "/customers/" + customer.id()),
                refused,
                into == null
                        ? null
                        : visit.curl("POST", target(customer.id()) + "/merge", "{\"into\":\"" + into.id() + "\"}"));
    }

    private static List<Customer> found(Visit visit, Customer customer, String query) {
        Address target = Address.of("/v1/customers")
                .with("status", "active,automatically_created")
                .with("search", query)
                .with("take", FOUND + 1);
        return visit.api().get(target.text(), Customer.Listing.class).data().stream()
                .filter(one -> !one.id().equals(customer.id()))
                .limit(FOUND)
                .toList();
    }

    private static Moves moves(Visit visit, Customer customer) {
        Events events = visit.api()
                .get(
                        Address.of("/v1/events")
                                .with("customer_id", customer.id())
                                .with("take", 1)
                                .text(),
                        Events.class);
        List<String> ids = new ArrayList<>();
        String externalId = customer.externalId();
        if (externalId != null) {
            ids.add(externalId);
        }
        ids.add(customer.id());
        visit.api().get(target(customer.id()) + "/aliases", Customer.Aliases.class).data().stream()
                .map(Customer.Alias::alias)
                .forEach(ids::add);
        return new Moves(events.meta().total(), ids, Subscription.of(visit.api(), customer.id()));
    }

    private static Customer customer(Visit visit, String id) {
        return visit.api().get(target(id), Customer.class);
    }

    private static String target(String id) {
        return "/v1/customers/" + Api.encode(id);
    }
}
