package io.meterline.console.customer;

import io.meterline.access.Role;
import io.meterline.console.Address;
import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.Area;
import io.meterline.console.Formats;
import io.meterline.console.Pager;
import io.meterline.console.Pages;
import io.meterline.console.Refused;
import io.meterline.console.Tab;
import io.meterline.console.Toast;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.console.aggregator.Events;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lists of customers: active, pending, archived. */
public final class CustomerPages implements Pages.Source {

    private static final int TAKE = 50;
    private static final int MOST_SKIP = 10_000;
    private static final int LATEST = 5;
    private static final int UNREADABLE = 422;
    private static final String EXAMPLE = """
            {"external_id":"acme","name":"Acme Inc.","currency":"EUR","time_zone":"Europe/Paris"}""";

    private final InstantSource clock;

    public CustomerPages(InstantSource clock) {
        this.clock = clock;
    }

    /** Which of the three lists. */
    private enum Kind {
        ACTIVE("Active", null, "active"),
        PENDING("Pending", "pending", "automatically_created"),
        ARCHIVED("Archived", "archived", "archived");

        private final String label;
        private final @Nullable String parameter;
        private final String status;

        Kind(String label, @Nullable String parameter, String status) {
            this.label = label;
            this.parameter = parameter;
            this.status = status;
        }

        static Kind of(@Nullable String parameter) {
            for (Kind kind : values()) {
                if (kind.parameter != null && (kind.parameter.equals(parameter) || kind.status.equals(parameter))) {
                    return kind;
                }
            }
            return ACTIVE;
        }
    }

    /**
     * A customer that usage made, beside the list.
     *
     * @param events how many came so far
     */
    public record Chosen(
            Customer customer,
            CustomerForm form,
            long events,
            List<Events.Item> latest,
            Refused refused,
            String back) {}

    /**
     * A list.
     *
     * @param fresh the form of a new customer; open when it was refused
     */
    public record ListPage(
            String kind,
            List<Tab> tabs,
            String query,
            List<Customer> customers,
            Pager pager,
            Address here,
            @Nullable Chosen chosen,
            CustomerForm fresh,
            Refused refused,
            boolean anyAtAll,
            String curl,
            String example) {

        public boolean pending() {
            return kind.equals("pending");
        }

        public boolean archived() {
            return kind.equals("archived");
        }
    }

    @Override
    public void register(Pages pages) {
        pages.get("/customers", this::list).takes("status", "q", "skip", "customer");
        pages.post("/customers", Role.EDITOR, this::create);
        pages.post("/customers/many", Role.EDITOR, this::many);
        pages.post("/customers/{id}/confirm", Role.EDITOR, this::confirm);
        pages.post("/customers/{id}/archive", Role.EDITOR, this::archive);
        new CustomerPage(clock).register(pages);
        new MergePages().register(pages);
        new PersonalDataPages().register(pages);
    }

    private View list(Visit visit) {
        Chosen chosen =
                visit.query().text("customer").map(id -> chosen(visit, id)).orElse(null);
        return page(
                visit,
                Kind.of(visit.query().text("status").orElse(null)),
                chosen,
                CustomerForm.BLANK,
                Refused.NOTHING,
                200);
    }

    private static View page(
            Visit visit, Kind kind, @Nullable Chosen chosen, CustomerForm fresh, Refused refused, int status) {
        String search = visit.query().text("q").orElse("");
        int skip = visit.query().integer("skip", 0, 0, MOST_SKIP);
        Address here = here(visit, kind, search);
        Address target = target(kind, search).with("take", TAKE).with("skip", skip == 0 ? null : skip);
        Customer.Listing listing = visit.api().get(target.text(), Customer.Listing.class);
        List<Tab> tabs = List.of(Kind.values()).stream()
                .map(one -> tab(visit, one, kind, search, listing))
                .toList();
        boolean any = !search.isEmpty() || tabs.stream().anyMatch(tab -> !"0".equals(tab.count()));
        ListPage page = new ListPage(
                kind.name().toLowerCase(Locale.ROOT),
                tabs,
                search,
                listing.data(),
                pager(here, skip, listing),
                here.with("skip", skip == 0 ? null : skip),
                chosen,
                fresh,
                refused,
                any,
                visit.curl(target.text()),
                visit.curl("POST", "/v1/customers", EXAMPLE));
        return switch (View.page("customer/list.jte", Area.CUSTOMERS, page)) {
            case View.Whole whole -> new View.Whole(whole.template(), whole.area(), whole.trail(), page, status);
            case View other -> other;
        };
    }

    private static Address here(Visit visit, Kind kind, String search) {
        return Address.of(visit.path("/customers"))
                .with("status", kind.parameter)
                .with("q", search);
    }

    private static Address target(Kind kind, String search) {
        return Address.of("/v1/customers").with("status", kind.status).with("search", search);
    }

    private static Tab tab(Visit visit, Kind kind, Kind current, String search, Customer.Listing listing) {
        long count = kind == current
                ? listing.meta().total()
                : visit.api()
                        .get(target(kind, search).with("take", 1).text(), Customer.Listing.class)
                        .meta()
                        .total();
        return new Tab(kind.label, here(visit, kind, search).text(), kind == current, Formats.number(count));
    }

    private static Pager pager(Address here, int skip, Customer.Listing listing) {
        int next = skip + listing.data().size();
        long total = listing.meta().total();
        return new Pager(
                listing.data().isEmpty() ? 0 : skip + 1L,
                next,
                total,
                skip == 0
                        ? null
                        : here.with("skip", skip > TAKE ? skip - TAKE : null).text(),
                next < total && next <= MOST_SKIP ? here.with("skip", next).text() : null);
    }

    private static Chosen chosen(Visit visit, String id) {
        Customer customer = visit.api().get("/v1/customers/" + Api.encode(id), Customer.class);
        Events latest = visit.api()
                .get(
                        Address.of("/v1/events")
                                .with("customer_id", customer.id())
                                .with("take", LATEST)
                                .text(),
                        Events.class);
        return new Chosen(
                customer,
                CustomerForm.of(customer),
                latest.meta().total(),
                latest.data(),
                Refused.NOTHING,
                here(
                                visit,
                                Kind.of(visit.query().text("status").orElse(null)),
                                visit.query().text("q").orElse(""))
                        .with("skip", visit.query().text("skip").orElse(null))
                        .text());
    }

    private View create(Visit visit) {
        CustomerForm form = CustomerForm.of(visit.fields());
        try {
            Customer made = visit.api()
                    .create("/v1/customers", form.json(), visit.fields().get("form_id"), Customer.class);
            return View.goTo(visit.path("/customers/" + made.id()), made.title() + " is a customer now.");
        } catch (ApiFault e) {
            return page(visit, Kind.ACTIVE, null, form, Refused.by(e), UNREADABLE);
        }
    }

    /** Confirms one, under the name that was typed for it. */
    private View confirm(Visit visit) {
        String target = "/v1/customers/" + Api.encode(visit.id("id"));
        visit.fields().text("name").ifPresent(name -> visit.api().put(target, Map.of("name", name), Customer.class));
        visit.api().post(target + "/confirm");
        Customer customer = visit.api().get(target, Customer.class);
        return new View.GoTo(
                back(visit),
                Toast.done(customer.title() + " is an active customer now.")
                        .with("View", "/customers/" + customer.id()));
    }

    private View archive(Visit visit) {
        String target = "/v1/customers/" + Api.encode(visit.id("id"));
        visit.api().post(target + "/archive");
        Customer customer = visit.api().get(target, Customer.class);
        return new View.GoTo(
                back(visit),
                Toast.done(customer.title() + " is archived. Its events still count.")
                        .with("View", "/customers/" + customer.id()));
    }

    private View many(Visit visit) {
        boolean confirm = visit.fields().get("do").equals("confirm");
        int done = 0;
        String refused = null;
        for (String id : visit.fields().all("id")) {
            try {
                visit.api().post("/v1/customers/" + Api.encode(id) + (confirm ? "/confirm" : "/archive"));
                done++;
            } catch (ApiFault e) {
                refused = e.detail();
            }
        }
        String what = "%d %s %s."
                .formatted(done, done == 1 ? "customer is" : "customers are", confirm ? "active now" : "archived");
        Toast toast = refused == null
                ? Toast.done(done == 0 ? "No customer was ticked." : what)
                : Toast.failed(what + " The others were refused: " + refused);
        return new View.GoTo(back(visit), toast);
    }

    /** Where the form was, else the list. */
    private static String back(Visit visit) {
        String list = visit.path("/customers");
        return visit.fields()
                .text("back")
                .filter(path -> path.startsWith(list) && !path.contains("\\"))
                .orElse(list);
    }
}
