package io.meterline.console.product;

import io.meterline.console.Choice;
import io.meterline.console.Refused;
import io.meterline.console.price.FilterEditor;
import io.meterline.console.price.PriceEditor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of a product. One price is laid out, the others wait as JSON.
 *
 * @param id null for one that is not there yet
 * @param version the one that is saved; 0 for none
 * @param shown which price is laid out
 * @param period the unit of the interval of that price
 * @param count how many of them
 * @param edits whether the person may change it
 */
public record ProductEditor(
        @Nullable String id,
        int version,
        String name,
        String type,
        @Nullable String aggregatorId,
        List<Choice> types,
        List<Choice> aggregators,
        String filterWords,
        FilterEditor filter,
        List<PriceTab> prices,
        int shown,
        List<Choice> currencies,
        String currency,
        List<Choice> periods,
        String period,
        String count,
        FilterEditor priceFilter,
        PriceEditor editor,
        Refused refused,
        boolean edits) {

    /** One of the prices. */
    public record PriceTab(int index, String label, String words, boolean current, boolean invalid, String json) {}

    public boolean isMeasured() {
        return !type.equals(Kinds.FLAT_FEE);
    }

    /** What is wrong with a field of the price that is laid out. */
    public @Nullable String wrong(String field) {
        return refused.at("prices[" + shown + "]" + field);
    }
}
