package io.meterline.meter;

import io.meterline.event.Decimals;
import io.meterline.event.Environment;
import io.meterline.event.Period;
import io.meterline.event.Timestamps;
import io.meterline.meter.CustomerLookup.Ids;
import io.meterline.meter.UsageAnswer.Coerced;
import io.meterline.meter.UsageAnswer.Excluded;
import io.meterline.meter.UsageAnswer.Group;
import io.meterline.meter.UsageAnswer.GroupMeta;
import io.meterline.meter.UsageAnswer.Window;
import io.meterline.store.UsageQuery;
import io.meterline.store.UsageQuery.GroupBy;
import io.meterline.store.UsageResult;
import io.meterline.store.UsageResult.Cell;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns the store's result into the answer: customers by their ids, groups in order and in pages. */
final class Answering {

    private final Environment environment;
    private final CustomerLookup customers;
    private final UsageQuery query;
    private final UsageTerms terms;

    /** Where the customer stands among the parts of a key, -1 when it is none of them. */
    private final int customerPart;

    Answering(Environment environment, CustomerLookup customers, UsageQuery query, UsageTerms terms) {
        this.environment = environment;
        this.customers = customers;
        this.query = query;
        this.terms = terms;
        this.customerPart = query.groupBy().indexOf(new GroupBy.Customer());
    }

    UsageAnswer answer(@Nullable String aggregatorId, Definition definition, UsageResult result, GroupPage page) {
        List<Placed> placed = placed(result.groups());
        List<Placed> rest = page.cursor() == null ? placed : behind(placed, GroupPlace.parse(page.cursor()));
        int start = Math.min(page.skip(), rest.size());
        int end = Math.min(start + page.take(), rest.size());
        List<Group> groups = rest.subList(start, end).stream().map(this::group).toList();
        String next = end < rest.size() ? rest.get(end - 1).place().cursor() : null;
        return new UsageAnswer(
                aggregatorId,
                terms.from(),
                Timestamps.instant(query.period().toMicros()),
                terms.mode(),
                definition.unitName(),
                canonical(result.total().value()),
                result.total().events(),
                excluded(result.excluded()),
                new Coerced(result.coerced()),
                groups,
                windows(result.windows()),
                new GroupMeta(placed.size(), groups.size(), page.skip(), next));
    }

    private static List<Excluded> excluded(Map<String, Long> byReason) {
        return byReason.entrySet().stream()
                .map(entry -> new Excluded(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Excluded::reason))
                .toList();
    }

    private List<Window> windows(List<Cell> cells) {
        List<Period> windows = query.windows();
        return IntStream.range(0, cells.size())
                .mapToObj(i -> new Window(
                        Timestamps.instant(windows.get(i).fromMicros()),
                        Timestamps.instant(windows.get(i).toMicros()),
                        canonical(cells.get(i).value()),
                        cells.get(i).events()))
                .toList();
    }

    private List<Placed> placed(List<UsageResult.Group> groups) {
        Map<Long, Ids> ids = customers.ids(environment, numbers(groups));
        return groups.stream()
                .map(group -> placed(group, ids))
                .sorted(Comparator.comparing(Placed::place))
                .toList();
    }

    private Set<Long> numbers(List<UsageResult.Group> groups) {
        return customerPart < 0 ? Set.of() : groups.stream().map(this::number).collect(Collectors.toSet());
    }

    private long number(UsageResult.Group group) {
        return Long.parseLong(Objects.requireNonNull(group.key().get(customerPart)));
    }

    private Placed placed(UsageResult.Group group, Map<Long, Ids> ids) {
        List<@Nullable String> key = new ArrayList<>(group.key());
        Ids customer = null;
        if (customerPart >= 0) {
            long number = number(group);
            customer = ids.get(number);
            if (customer == null) {
                throw new IllegalStateException("events belong to customer " + number + ", which is not there");
            }
            key.set(customerPart, customer.id());
        }
        return new Placed(new GroupPlace(group.total().value(), key), customer, group);
    }

    private static List<Placed> behind(List<Placed> placed, GroupPlace place) {
        return placed.stream().filter(it -> it.place().compareTo(place) > 0).toList();
    }

    private Group group(Placed placed) {
        Map<String, @Nullable String> key = new LinkedHashMap<>();
        for (int i = 0; i < terms.groupBy().size(); i++) {
            key.put(terms.groupBy().get(i), placed.place().key().get(i));
            if (i == customerPart && placed.customer() != null) {
                key.put(UsageTerms.EXTERNAL_CUSTOMER, placed.customer().externalId());
            }
        }
        Cell total = placed.group().total();
        return new Group(
                key,
                canonical(total.value()),
                total.events(),
                windows(placed.group().windows()));
    }

    private static @Nullable BigDecimal canonical(@Nullable BigDecimal value) {
        return value == null ? null : Decimals.canonical(value);
    }

    /** A group and its place in the order. */
    private record Placed(GroupPlace place, @Nullable Ids customer, UsageResult.Group group) {}
}
