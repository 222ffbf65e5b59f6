package io.meterline.console.customer;

import io.meterline.access.Role;
import io.meterline.console.Address;
import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.Area;
import io.meterline.console.Crumb;
import io.meterline.console.Pages;
import io.meterline.console.Refused;
import io.meterline.console.Seen;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.console.aggregator.Events;
import io.meterline.console.aggregator.Months;
import io.meterline.http.Query;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One customer: who it is, what it used, what it is charged, its latest events. */
public final class CustomerPage implements Pages.Source {

    private static final int LATEST = 8;
    private static final int STATEMENTS = 6;
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final InstantSource clock;

    CustomerPage(InstantSource clock) {
        this.clock = clock;
    }

    /** A customer that was merged into this one, and the ids that came with it. */
    public record Merged(String id, List<String> ids, Instant since) {}

    /**
     * The page.
     *
     * @param form of the facts while they are edited
     * @param next the month after, null where it has not begun
     * @param word what is typed before everything is erased
     */
    public record ShowPage(
            Customer customer,
            @Nullable CustomerForm form,
            String seen,
            Refused refused,
            Months months,
            String previous,
            @Nullable String next,
            List<UsageCard> cards,
            List<UsageCard> idle,
            List<Subscription> subscriptions,
            List<Subscription.Statement> statements,
            Events events,
            List<Customer.Alias> aliases,
            List<Merged> merged,
            Address here,
            String word,
            String curl) {}

    @Override
    public void register(Pages pages) {
        pages.get("/customers/{id}", this::show).takes("month", "edit");
        pages.post("/customers/{id}", Role.EDITOR, this::save);
    }

    /** What is typed before everything about a customer is erased. */
    static String word(Customer customer) {
        String externalId = customer.externalId();
        return externalId == null || externalId.isBlank() ? customer.id() : externalId;
    }

    private View show(Visit visit) {
        Customer customer = visit.api().get(target(visit), Customer.class);
        if (!customer.id().equals(visit.id("id"))) {
            return new View.GoTo(visit.path("/customers/" + customer.id()), null);
        }
        CustomerForm form = visit.query().has("edit") ? CustomerForm.of(customer) : null;
        String seen = form == null ? "" : Seen.of(visit.api().json(target(visit)));
        return page(visit, customer, form, seen, Refused.NOTHING, 200);
    }

    private View save(Visit visit) {
        Customer customer = visit.api().get(target(visit), Customer.class);
        CustomerForm form = CustomerForm.of(visit.fields());
        if (!Seen.still(visit, target(visit))) {
            String seen = Seen.of(visit.api().json(target(visit)));
            return page(visit, customer, form, seen, Seen.changedMeanwhile(), 422);
        }
        try {
            Customer saved = visit.api().put(target(visit), form.json(), Customer.class);
            return View.goTo(visit.path("/customers/" + saved.id()), saved.title() + " is saved.");
        } catch (ApiFault e) {
            return page(visit, customer, form, visit.fields().raw(Seen.FIELD), Refused.by(e), 422);
        }
    }

    private View page(
            Visit visit, Customer customer, @Nullable CustomerForm form, String seen, Refused refused, int status) {
        Api api = visit.api();
        Months months = months(visit, customer);
        Address here = Address.of(visit.path("/customers/" + customer.id()));
        YearMonth current = YearMonth.from(clock.instant().atZone(months.zone()));
        List<UsageCard> cards = UsageCard.all(visit, customer.id(), months);
        List<Subscription> subscriptions = Subscription.of(api, customer.id());
        List<Customer.Alias> aliases =
                api.get(target(visit) + "/aliases", Customer.Aliases.class).data();
        ShowPage page = new ShowPage(
                customer,
                form,
                seen,
                refused,
                months,
                here.with("month", months.month().minusMonths(1)).text(),
                months.month().isBefore(current)
                        ? here.with(
                                        "month",
                                        months.month().plusMonths(1).equals(current)
                                                ? null
                                                : months.month().plusMonths(1))
                                .text()
                        : null,
                cards.stream().filter(card -> !card.idle()).toList(),
                cards.stream().filter(UsageCard::idle).toList(),
                subscriptions,
                subscriptions.stream()
                        .flatMap(subscription -> subscription.statements(api, STATEMENTS).stream())
                        .sorted((a, b) -> b.period().from().compareTo(a.period().from()))
                        .limit(STATEMENTS * 2L)
                        .toList(),
                api.get(
                        Address.of("/v1/events")
                                .with("customer_id", customer.id())
                                .with("take", LATEST)
                                .text(),
                        Events.class),
                aliases.stream()
                        .filter(alias -> alias.mergedCustomerId() == null)
                        .toList(),
                merged(aliases),
                here.with("month", visit.query().text("month").orElse(null)),
                word(customer),
                visit.curl(target(visit)));
        List<Crumb> trail =
                List.of(new Crumb(Area.CUSTOMERS.title(), Area.CUSTOMERS.path()), new Crumb(customer.title(), null));
        return new View.Whole("customer/show.jte", Area.CUSTOMERS, trail, page, status);
    }

    private Months months(Visit visit, Customer customer) {
        ZoneId zone = Optional.ofNullable(customer.timeZone()).map(ZoneId::of).orElse(UTC);
        Instant now = clock.instant();
        try {
            return visit.query()
                    .text("month")
                    .map(YearMonth::parse)
                    .map(month -> Months.of(month, zone, now))
                    .orElseGet(() -> Months.now(zone, now));
        } catch (DateTimeException e) {
            throw Query.invalid("month", "must be a month such as 2026-11");
        }
    }

    private static List<Merged> merged(List<Customer.Alias> aliases) {
        return aliases.stream()
                .filter(alias -> alias.alias().equals(alias.mergedCustomerId()))
                .map(alias -> new Merged(
                        alias.alias(),
                        aliases.stream()
                                .filter(other -> alias.alias().equals(other.mergedCustomerId()))
                                .map(Customer.Alias::alias)
                                .filter(text -> !text.equals(alias.alias()))
                                .toList(),
                        alias.since()))
                .toList();
    }

    private static String target(Visit visit) {
        return "/v1/customers/" + Api.encode(visit.id("id"));
    }
}
