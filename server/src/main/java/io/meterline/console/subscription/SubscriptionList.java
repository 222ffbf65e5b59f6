package io.meterline.console.subscription;

import io.meterline.console.Api;
import io.meterline.console.Pager;
import io.meterline.console.Visit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The page that lists subscriptions.
 *
 * @param customer whose they are, as it is called; null for everybody's
 * @param product that they have, as it is called; null for any
 */
public record SubscriptionList(
        List<Row> rows,
        Status status,
        @Nullable String customerId,
        @Nullable String customer,
        @Nullable String productId,
        @Nullable String product,
        List<Link> statuses,
        List<Link> products,
        @Nullable String withoutCustomer,
        @Nullable Pager pager,
        long total,
        String curl) {

    static final int ROWS = 25;
    private static final int MOST_SKIPPED = 10_000;

    /** Which of them, by where they stand. */
    public enum Status {
        CURRENT("running or scheduled", null),
        ACTIVE("running", "active"),
        SCHEDULED("scheduled", "scheduled"),
        ENDED("ended", "ended"),
        ALL("all", "scheduled,active,ended");

        private final String words;
        private final @Nullable String filter;

        Status(String words, @Nullable String filter) {
            this.words = words;
            this.filter = filter;
        }

        public String words() {
            return words;
        }

        static Status of(String text) {
            for (Status status : values()) {
                if (status.text().equals(text)) {
                    return status;
                }
            }
            return CURRENT;
        }

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A choice of a filter. */
    public record Link(String label, String href, boolean current) {}

    /** A subscription and what it is called. */
    public record Row(Subscription subscription, String customer, String products) {}

    /** Whether anything is filtered. */
    public boolean filtered() {
        return status != Status.CURRENT || customerId != null || productId != null;
    }

    /** What the address says. */
    record Wanted(
            Status status,
            @Nullable String customer,
            @Nullable String product,
            int page) {

        static Wanted of(Visit visit) {
            return new Wanted(
                    visit.query().oneOf("status", Status.class).orElse(Status.CURRENT),
                    visit.query().text("customer").orElse(null),
                    visit.query().text("product").orElse(null),
                    visit.query().integer("page", 1, 1, MOST_SKIPPED / ROWS));
        }

        Wanted with(Status other) {
            return new Wanted(other, customer, product, 1);
        }

        Wanted ofCustomer(@Nullable String other) {
            return new Wanted(status, other, product, 1);
        }

        Wanted withProduct(@Nullable String other) {
            return new Wanted(status, customer, other, 1);
        }

        Wanted at(int other) {
            return new Wanted(status, customer, product, other);
        }

        /** Below the environment. */
        String path() {
            Map<String, String> query = new LinkedHashMap<>();
            put(query, "status", status == Status.CURRENT ? null : status.text());
            put(query, "customer", customer);
            put(query, "product", product);
            put(query, "page", page == 1 ? null : Integer.toString(page));
            return "/subscriptions" + text(query);
        }

        String target() {
            Map<String, String> query = new LinkedHashMap<>();
            put(query, "status__in", status.filter);
            put(query, "customer_id", customer);
            put(query, "product_id", product);
            put(query, "take", Integer.toString(ROWS));
            put(query, "skip", page == 1 ? null : Integer.toString((page - 1) * ROWS));
            return "/v1/subscriptions" + text(query);
        }

        private static void put(Map<String, String> query, String name, @Nullable String value) {
            if (value != null) {
                query.put(name, value);
            }
        }

        private static String text(Map<String, String> query) {
            return query.isEmpty()
                    ? ""
                    : query.entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + Api.encode(entry.getValue()))
                            .collect(Collectors.joining("&", "?", ""));
        }
    }

    static SubscriptionList of(Visit visit) {
        Wanted wanted = Wanted.of(visit);
        Names names = new Names(visit.api());
        Subscription.Listing found = visit.api().get(wanted.target(), Subscription.Listing.class);
        long total = found.meta().total();
        List<Row> rows = found.data().stream()
                .map(one -> new Row(
                        one,
                        names.customer(one.customerId(), one.externalCustomerId()),
                        one.products().stream()
                                .map(on -> names.productName(on.productId()))
                                .collect(Collectors.joining(", "))))
                .toList();
        String customer = wanted.customer();
        String product = wanted.product();
        return new SubscriptionList(
                rows,
                wanted.status(),
                customer,
                customer == null ? null : names.customer(customer, null),
                product,
                product == null ? null : names.productName(product),
                statuses(visit, wanted),
                products(visit, wanted, names),
                customer == null ? null : visit.path(wanted.ofCustomer(null).path()),
                pager(visit, wanted, rows.size(), total),
                total,
                visit.curl(wanted.target()));
    }

    private static List<Link> statuses(Visit visit, Wanted wanted) {
        List<Link> links = new ArrayList<>();
        for (Status status : Status.values()) {
            links.add(new Link(status.words(), visit.path(wanted.with(status).path()), status == wanted.status()));
        }
        return links;
    }

    private static List<Link> products(Visit visit, Wanted wanted, Names names) {
        List<Link> links = new ArrayList<>();
        links.add(new Link("any", visit.path(wanted.withProduct(null).path()), wanted.product() == null));
        names.sold()
                .forEach(product -> links.add(new Link(
                        product.name(),
                        visit.path(wanted.withProduct(product.id()).path()),
                        product.id().equals(wanted.product()))));
        return links;
    }

    private static @Nullable Pager pager(Visit visit, Wanted wanted, int rows, long total) {
        if (rows == 0) {
            return null;
        }
        long before = (long) (wanted.page() - 1) * ROWS;
        boolean more = before + rows < total && (wanted.page() + 1) * ROWS <= MOST_SKIPPED;
        return new Pager(
                before + 1,
                before + rows,
                total,
                wanted.page() == 1
                        ? null
                        : visit.path(wanted.at(wanted.page() - 1).path()),
                more ? visit.path(wanted.at(wanted.page() + 1).path()) : null);
    }
}
