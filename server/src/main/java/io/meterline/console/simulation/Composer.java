package io.meterline.console.simulation;

import io.meterline.console.Choice;
import io.meterline.console.Refused;
import io.meterline.console.price.PriceEditor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of a simulation. One price is laid out, the others wait as JSON.
 *
 * @param hidden fields that wait
 * @param shown the path of the price that is laid out
 * @param owner whose price it is, such as {@code candidates[0]}
 */
public record Composer(
        List<Choice> products,
        String productId,
        List<Choice> currencies,
        String currency,
        String periods,
        String by,
        String timeZone,
        String who,
        String customers,
        String quantities,
        boolean ownBaseline,
        List<ScenarioTab> tabs,
        List<PartTab> parts,
        List<Hidden> hidden,
        String shown,
        String owner,
        @Nullable String name,
        boolean canAdd,
        int removable,
        PriceEditor editor,
        Refused refused) {

    /** A scenario; pressing it lays out its first price. */
    public record ScenarioTab(
            String letter, String label, String words, String path, boolean current, boolean invalid) {}

    /** One of several prices of a scenario, by its filter. */
    public record PartTab(String label, String path, boolean current) {}

    /** A field that is not laid out. */
    public record Hidden(String name, String value) {}

    /** What is wrong with a list of customers or quantities, wherever in it. */
    public @Nullable String wrongIn(String field) {
        return refused.violations().stream()
                .filter(violation -> violation.path().startsWith(field))
                .map(violation -> violation.path().equals(field)
                        ? violation.message()
                        : violation.path() + ": " + violation.message())
                .findFirst()
                .orElse(null);
    }
}
