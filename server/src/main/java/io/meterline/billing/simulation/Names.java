package io.meterline.billing.simulation;

import io.meterline.billing.simulation.CustomerAmounts.PeriodAmounts;
import io.meterline.billing.simulation.ResultReader.PeriodRow;
import io.meterline.billing.simulation.ResultReader.Row;
import io.meterline.customer.CustomerDirectory;
import io.meterline.customer.CustomerRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts the ids that customers have now in place of their numbers, which are all that a result keeps. */
final class Names {

    private final CustomerDirectory directory;

    Names(CustomerDirectory directory) {
        this.directory = directory;
    }

    List<String> ids(List<Long> numbers) {
        Map<Long, CustomerRef> refs = directory.byNumber(numbers);
        return numbers.stream()
                .map(number -> Objects.requireNonNull(refs.get(number)).canonicalId())
                .toList();
    }

    /** A row, and its periods where they were read. */
    record Found(Row row, List<PeriodRow> periods) {}

    List<CustomerAmounts> of(List<Found> rows) {
        Map<Long, CustomerRef> refs = directory.byNumber(
                rows.stream().map(found -> found.row().customer()).toList());
        return rows.stream()
                .map(found ->
                        of(found.row(), found.periods(), refs.get(found.row().customer())))
                .toList();
    }

    private static CustomerAmounts of(Row row, List<PeriodRow> periods, @Nullable CustomerRef ref) {
        return new CustomerAmounts(
                id(ref),
                externalId(ref),
                row.subscription(),
                row.periods(),
                row.quantity(),
                row.amounts(),
                periods.stream()
                        .map(one -> new PeriodAmounts(one.period(), one.quantity(), one.events(), one.amounts()))
                        .toList());
    }

    List<CustomerAmounts> ofPriced(List<PricedSubject> subjects) {
        List<CustomerAmounts> amounts = new ArrayList<>();
        for (PricedSubject subject : subjects) {
            CustomerRef ref = directory.byNumber(List.of(subject.customer())).get(subject.customer());
            amounts.add(new CustomerAmounts(
                    id(ref),
                    externalId(ref),
                    subject.subscription(),
                    subject.periods().size(),
                    subject.quantity(),
                    subject.totals(),
                    subject.periods().stream()
                            .map(one -> new PeriodAmounts(one.period(), one.quantity(), one.events(), one.amounts()))
                            .toList()));
        }
        return amounts;
    }

    /** Changes a result in its place. */
    ObjectNode inResult(ObjectNode result) {
        for (JsonNode candidate : result.path("candidates")) {
            for (String field : List.of("largest_increase", "largest_decrease")) {
                if (candidate.get(field) instanceof ObjectNode extreme) {
                    JsonNode number = extreme.remove(ResultJson.CUSTOMER);
                    CustomerRef ref =
                            directory.byNumber(List.of(number.longValue())).get(number.longValue());
                    extreme.put("customer_id", id(ref));
                    extreme.put("external_customer_id", externalId(ref));
                }
            }
        }
        return result;
    }

    private static String id(@Nullable CustomerRef ref) {
        return Objects.requireNonNull(ref).canonicalId();
    }

    private static @Nullable String externalId(@Nullable CustomerRef ref) {
        return Objects.requireNonNull(ref).canonicalExternalId();
    }
}
