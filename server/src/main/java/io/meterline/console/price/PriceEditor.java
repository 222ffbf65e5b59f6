package io.meterline.console.price;

import io.meterline.console.Choice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tier editor as its template takes it.
 *
 * @param path of the price in the form, such as {@code prices[0].price}
 * @param currencyPath of the field that holds its currency
 * @param edits whether the person may change it
 * @param shapes the models that may be chosen
 * @param added the path of the field that the last click added, which has the focus; or empty
 */
public record PriceEditor(
        String path,
        String currencyPath,
        String currency,
        Unit unit,
        Shape shape,
        List<Input> fields,
        List<Column> columns,
        List<Row> rows,
        List<Input> terms,
        List<Chip> chips,
        List<Choice> shapes,
        boolean edits,
        String added,
        Live live) {

    /**
     * A field.
     *
     * @param path of its value in the JSON
     * @param name in the form
     * @param unit what stands at its end; null for none
     * @param choices that it has; empty where it is typed
     */
    public record Input(
            String path,
            String name,
            String label,
            String value,
            @Nullable String unit,
            boolean optional,
            List<Choice> choices,
            @Nullable String hint,
            @Nullable String error) {

        /** Of the element. */
        public String id() {
            return PriceEditor.id(path);
        }
    }

    /** A column of the tiers. */
    public record Column(String label) {}

    /**
     * A tier.
     *
     * @param name {@code first}, {@code next} or {@code above}
     * @param upTo null for the open one
     */
    public record Row(String name, @Nullable Input upTo, List<Input> cells, String fullId) {}

    /** A button that adds a term. */
    public record Chip(String field, String label) {}

    /** The id of the element for a path. */
    static String id(String path) {
        return path.replaceAll("[^A-Za-z0-9]+", "-");
    }

    /** The id of what a tier costs. */
    static String fullId(String path, int tier) {
        return id(path) + "-full-" + tier;
    }
}
