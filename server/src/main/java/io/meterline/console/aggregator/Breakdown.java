package io.meterline.console.aggregator;

import io.meterline.console.Address;
import io.meterline.console.Api;
import io.meterline.console.Formats;
import io.meterline.console.Pager;
import io.meterline.console.Visit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A figure by customer or by the values of a property, the greatest first.
 *
 * @param by {@code customer_id} or a property
 * @param shares whether the parts add up to the whole
 * @param stacks whether a chart can show the parts on top of each other
 */
public record Breakdown(
        String by,
        List<Way> ways,
        List<Row> rows,
        boolean shares,
        boolean stacks,
        Pager pager,
        CustomerNames names,
        String csv) {

    static final String CUSTOMER = "customer_id";
    private static final int TAKE = 20;
    private static final int MOST_SKIP = 10_000;
    private static final int MOST_WAYS = 12;
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** What one can split by. */
    public record Way(String name, String href, boolean current) {}

    /**
     * A group.
     *
     * @param href of the customer; null for values of a property
     * @param share of the whole, as text; empty where parts have none
     * @param thousandths of the greatest, for the bar
     */
    public record Row(
            String name,
            @Nullable String note,
            @Nullable String href,
            @Nullable String eventsHref,
            Figure figure,
            String share,
            long thousandths,
            long events) {}

    static @Nullable Breakdown of(
            Visit visit,
            KnownTypes known,
            Aggregator aggregator,
            Asked asked,
            Address here,
            Behind behind,
            Usage total) {
        List<String> properties = properties(known, aggregator);
        String customer = asked.customer();
        String by = visit.query()
                .text("by")
                .filter(wanted -> properties.contains(wanted) || (wanted.equals(CUSTOMER) && customer == null))
                .orElseGet(() -> customer == null
                        ? CUSTOMER
                        : properties.stream().findFirst().orElse(CUSTOMER));
        if (total.counted() == 0) {
            return null;
        }
        int skip = visit.query().integer("skip", 0, 0, MOST_SKIP);
        Address question = asked.target("/v1/aggregators/" + Api.encode(aggregator.id()) + "/usage")
                .with("group_by", by);
        Usage usage =
                visit.api().get(question.with("take", TAKE).with("skip", skip).text(), Usage.class);
        boolean byCustomer = by.equals(CUSTOMER);
        CustomerNames names = byCustomer ? CustomerNames.ofGroups(visit.api(), usage.rows()) : CustomerNames.NONE;
        BigDecimal top = usage.rows().isEmpty() ? null : usage.rows().getFirst().value();
        Operation operation = Operation.of(aggregator.operation());
        BigDecimal whole = operation.addsUp() ? total.value() : null;
        List<Row> rows = usage.rows().stream()
                .map(group -> row(visit, group, by, names, behind, top, whole))
                .toList();
        Stream<String> all =
                customer == null ? Stream.concat(Stream.of(CUSTOMER), properties.stream()) : properties.stream();
        return new Breakdown(
                by,
                all.limit(MOST_WAYS)
                        .map(way -> new Way(
                                way.equals(CUSTOMER) ? "customer" : way,
                                here.with("by", way).text(),
                                way.equals(by)))
                        .toList(),
                rows,
                whole != null,
                operation.addsUp() && !asked.allTime(),
                pager(
                        here,
                        skip,
                        rows.size(),
                        Optional.ofNullable(usage.meta()).map(Usage.Meta::total).orElse(0L)),
                names,
                new Address(visit.path("/aggregators/" + aggregator.id() + "/usage.csv"), question.parameters())
                        .text());
    }

    /** What groups are called. */
    String name(Usage.Group group) {
        return name(group, by, names);
    }

    private static String name(Usage.Group group, String by, CustomerNames names) {
        if (by.equals(CUSTOMER)) {
            return names.of(group.key().get(CUSTOMER), group.key().get("external_customer_id"));
        }
        String value = group.key().get(by);
        return value == null ? "missing" : value.isEmpty() ? "empty text" : value;
    }

    private static Row row(
            Visit visit,
            Usage.Group group,
            String by,
            CustomerNames names,
            Behind behind,
            @Nullable BigDecimal top,
            @Nullable BigDecimal whole) {
        boolean byCustomer = by.equals(CUSTOMER);
        String value = group.key().get(by);
        String eventsHref = value == null || value.isEmpty()
                ? null
                : byCustomer ? behind.ofCustomer(value) : behind.ofValue(by, value);
        return new Row(
                name(group, by, names),
                byCustomer ? group.key().get("external_customer_id") : null,
                byCustomer && value != null ? visit.path("/customers/" + value) : null,
                eventsHref,
                Figure.of(group.value()),
                share(group.value(), whole),
                thousandths(group.value(), top),
                group.events());
    }

    private static String share(@Nullable BigDecimal value, @Nullable BigDecimal whole) {
        if (value == null || whole == null || whole.signum() <= 0 || value.signum() < 0) {
            return "";
        }
        return Formats.number(value.multiply(HUNDRED).divide(whole, 1, RoundingMode.HALF_UP)) + " %";
    }

    private static long thousandths(@Nullable BigDecimal value, @Nullable BigDecimal top) {
        if (value == null || top == null || top.signum() <= 0 || value.signum() <= 0) {
            return 0;
        }
        return value.multiply(THOUSAND).divide(top, 0, RoundingMode.HALF_UP).longValue();
    }

    // What is measured is left out: each value would be a group of its own.
    private static List<String> properties(KnownTypes known, Aggregator aggregator) {
        return known.propertiesOf(aggregator.eventType()).stream()
                .filter(property -> !property.isNumeric() && !property.name().equals("id"))
                .map(KnownTypes.Property::name)
                .toList();
    }

    private static Pager pager(Address here, int skip, int taken, long total) {
        int next = skip + taken;
        return new Pager(
                taken == 0 ? 0 : skip + 1L,
                next,
                total,
                skip == 0
                        ? null
                        : here.with("skip", skip > TAKE ? skip - TAKE : null).text(),
                next < total && next <= MOST_SKIP ? here.with("skip", next).text() : null);
    }
}
