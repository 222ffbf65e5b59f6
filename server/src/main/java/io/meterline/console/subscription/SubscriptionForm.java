package io.meterline.console.subscription;

import io.meterline.console.Choice;
import io.meterline.console.Refused;
import io.meterline.http.Fields;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form of a subscription as it is shown: what was typed, the products there are, what was refused.
 *
 * @param typed the texts of the fields
 * @param products that can be chosen
 * @param kind what it is for
 * @param id of the subscription; null for a new one
 * @param seen how the subscription stood when the form was opened; empty for a new one
 */
public record SubscriptionForm(
        Kind kind,
        @Nullable String id,
        String customerName,
        Fields typed,
        List<ProductChoice> products,
        String currency,
        String seen,
        String action,
        String back,
        Refused refused) {

    /** Whole time zones of the world, as a list to choose from. */
    public static final List<String> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> zone.equals("UTC") || zone.matches("(?!Etc/|SystemV/).+/.+"))
            .sorted()
            .toList();

    /** Periods of an interval. */
    public static final List<Choice> PERIODS = List.of(
            new Choice("days", "days"),
            new Choice("weeks", "weeks"),
            new Choice("months", "months"),
            new Choice("years", "years"));

    /** Units of a time to wait. */
    public static final List<Choice> WAITS = List.of(new Choice("D", "days"), new Choice("H", "hours"));

    /** How an own price is given. */
    public static final List<Choice> OWN = List.of(
            new Choice("", "list price"),
            new Choice("per_unit", "own, per unit"),
            new Choice("flat", "own, flat fee"),
            new Choice("json", "own, as JSON"));

    /** What a form is for. */
    public enum Kind {
        /** A new one. */
        NEW,
        /** Everything, before the start. */
        WHOLE,
        /** What can be edited of one that runs. */
        RUNNING,
        /** Other products or another interval of one that runs. */
        CHANGE
    }

    /**
     * A product that can be chosen.
     *
     * @param prices it has for this currency and interval, in words; empty where it has none
     * @param own how an own price is given; empty for the list price
     * @param error what was refused about it
     */
    public record ProductChoice(
            String id,
            String name,
            String type,
            boolean chosen,
            List<String> prices,
            String own,
            String ownAmount,
            String ownJson,
            @Nullable String error) {

        public boolean isFlat() {
            return type.equals("flat_fee");
        }
    }

    /** What was typed into a field. */
    public String of(String field) {
        return typed.raw(field);
    }

    /** Whether a radio button is chosen. */
    public boolean is(String field, String value) {
        return typed.raw(field).equals(value);
    }

    /** What is wrong with a field. */
    public @Nullable String wrong(String path) {
        return refused.at(path);
    }

    /** What is wrong and has no field of its own. */
    public @Nullable String wrongOtherwise() {
        if (!refused.any()) {
            return null;
        }
        Set<String> shown = Set.of(
                "customer_id", "external_id", "currency", "starts_at", "ends_at", "anchor", "time_zone", "close_after");
        boolean all = !refused.violations().isEmpty()
                && refused.violations().stream()
                        .allMatch(violation -> shown.contains(violation.path())
                                || violation.path().startsWith("products["));
        return all ? null : refused.detail();
    }
}
