package io.meterline.billing.line;

import io.meterline.meter.Definition;
import io.meterline.store.Filter;
import java.util.ArrayList;
import java.util.List;

/**
 * Which events a line is about, and what they add up to.
 *
 * @param aggregatorVersion whose definition it is
 * @param productFilter which events are the product's
 * @param priceFilter which of those the price takes; {@link Filter#NONE} for the rest
 * @param before what other prices take first
 */
public record MeasuredUsage(
        String aggregatorId,
        int aggregatorVersion,
        Definition definition,
        Filter productFilter,
        Filter priceFilter,
        List<Filter> before) {

    public MeasuredUsage {
        before = List.copyOf(before);
    }

    /** All of it in one. */
    public Filter filter() {
        List<Filter> parts = new ArrayList<>(List.of(definition.filter(), productFilter, priceFilter));
        before.forEach(other -> parts.add(new Filter.Not(other)));
        return new Filter.All(parts);
    }
}
