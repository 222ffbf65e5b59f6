package io.meterline.console.subscription;

import io.meterline.console.Api;
import io.meterline.console.FilterWords;
import io.meterline.console.Pager;
import io.meterline.console.Refused;
import io.meterline.console.Visit;
import io.meterline.console.price.PriceWords;
import io.meterline.console.price.Unit;
import io.meterline.console.subscription.Subscription.OnProduct;
import io.meterline.console.subscription.Subscription.Terms;
import io.meterline.console.subscription.SubscriptionPage.ChangeRow;
import io.meterline.console.subscription.SubscriptionPage.ProductRow;
import io.meterline.console.subscription.SubscriptionPage.StatementRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what the page of a subscription shows. */
final class SubscriptionReader {

    private static final int STATEMENTS = 12;
    private static final int MOST_PAGES = 10_000 / STATEMENTS;

    private final Visit visit;
    private final Names names;
    private final Instant now;

    SubscriptionReader(Visit visit, Instant now) {
        this.visit = visit;
        this.names = new Names(visit.api());
        this.now = now;
    }

    static String target(Visit visit) {
        return "/v1/subscriptions/" + Api.encode(visit.id("id"));
    }

    SubscriptionPage page(Refused refused) {
        Subscription subscription = visit.api().get(target(visit), Subscription.class);
        int page = visit.query().integer("page", 1, 1, MOST_PAGES);
        String statements = target(visit) + "/statements?take=" + STATEMENTS
                + (page == 1 ? "" : "&skip=" + (page - 1) * STATEMENTS);
        Statement.Listing found = visit.api().get(statements, Statement.Listing.class);
        List<ChangeRow> history = history(subscription);
        return new SubscriptionPage(
                subscription,
                names.customer(subscription.customerId(), subscription.externalCustomerId()),
                visit.path("/customers/" + subscription.customerId()),
                subscription.products().stream()
                        .map(on -> product(on, subscription))
                        .toList(),
                found.data().stream().map(this::row).toList(),
                pager(page, found.data().size(), found.meta().total()),
                subscription.nextChange() == null
                        ? null
                        : history.stream().filter(ChangeRow::toCome).findFirst().orElse(null),
                history,
                refused,
                visit.path("/subscriptions/" + subscription.id()),
                visit.curl(target(visit)));
    }

    private StatementRow row(Statement statement) {
        boolean running = !statement.isClosed()
                && statement.period().to().isAfter(now)
                && !statement.period().from().isAfter(now);
        return new StatementRow(
                statement.id(),
                statement.number(),
                statement.isClosed(),
                statement.isAfterTheEnd() ? "after the end" : Dates.period(statement.period(), statement.timeZone()),
                statement.total(),
                running,
                !statement.adjustments().isEmpty());
    }

    private ProductRow product(OnProduct on, Subscription subscription) {
        boolean own = !on.ownPrices().isEmpty();
        String unit = names.unit(on.productId());
        List<String> prices = own
                ? on.ownPrices().stream()
                        .map(price -> words(
                                PriceWords.of(price.price(), subscription.currency(), Unit.of(unit)),
                                FilterWords.of(price.filter())))
                        .toList()
                : names
                        .product(on.productId())
                        .map(product -> product.prices(subscription.currency(), subscription.interval()))
                        .orElse(List.of())
                        .stream()
                        .map(price -> words(
                                PriceWords.of(price.price(), subscription.currency(), Unit.of(unit)),
                                FilterWords.of(price.filter())))
                        .toList();
        return new ProductRow(on.productId(), names.productName(on.productId()), prices, own);
    }

    private static String words(String price, String filter) {
        return filter.isEmpty() ? price : price + " where " + filter;
    }

    private List<ChangeRow> history(Subscription subscription) {
        List<Terms> terms = visit.api()
                .get(target(visit) + "/terms", Subscription.TermsList.class)
                .data();
        List<ChangeRow> rows = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            Terms now = terms.get(i);
            Terms before = i + 1 < terms.size() ? terms.get(i + 1) : null;
            rows.add(new ChangeRow(
                    Dates.moment(now.effectiveAt(), subscription.timeZone()),
                    now.effectiveAt(),
                    now.effectiveAt().isAfter(this.now),
                    now.interval().words(),
                    now.products().stream()
                            .map(on -> names.productName(on.productId()))
                            .collect(Collectors.joining(", ")),
                    before == null ? List.of() : differences(before, now, subscription.timeZone())));
        }
        return rows;
    }

    private List<String> differences(Terms before, Terms after, String zone) {
        List<String> words = new ArrayList<>();
        if (!before.interval().isSame(after.interval())) {
            words.add(before.interval().words() + " → " + after.interval().words());
        }
        if (!before.anchor().equals(after.anchor())) {
            words.add("periods counted from " + Dates.moment(after.anchor(), zone));
        }
        Set<String> all = Stream.of(after, before)
                .flatMap(terms -> terms.products().stream())
                .map(OnProduct::productId)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (String id : all) {
            difference(find(before, id), find(after, id)).ifPresent(word -> words.add(word + names.productName(id)));
        }
        return words;
    }

    private static Optional<String> difference(@Nullable OnProduct before, @Nullable OnProduct after) {
        if (before == null) {
            return Optional.of("added ");
        }
        if (after == null) {
            return Optional.of("removed ");
        }
        return before.ownPrices().equals(after.ownPrices()) ? Optional.empty() : Optional.of("another own price of ");
    }

    private static @Nullable OnProduct find(Terms terms, String id) {
        return terms.products().stream()
                .filter(on -> on.productId().equals(id))
                .findFirst()
                .orElse(null);
    }

    private @Nullable Pager pager(int page, int shown, long total) {
        if (total <= STATEMENTS) {
            return null;
        }
        long before = (long) (page - 1) * STATEMENTS;
        String base = visit.path("/subscriptions/" + Api.encode(visit.id("id")));
        return new Pager(
                before + 1,
                before + shown,
                total,
                page == 1 ? null : page == 2 ? base : base + "?page=" + (page - 1),
                before + shown < total ? base + "?page=" + (page + 1) : null);
    }
}
