package io.meterline.console.price;

import io.meterline.console.Island;
import io.meterline.console.Refused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows each keystroke: the curve, what the quantity at the handle costs line by line, what each tier costs when it
 * is full, and what is wrong.
 *
 * @param refused with paths of the form
 * @param errors the same for the script that puts them at their fields
 * @param curve null while the price cannot be read
 * @param full by tier, each with the id of its place
 * @param typed what is in the field of the handle
 * @param asked whether a person put it there
 */
public record Live(
        Refused refused,
        Island errors,
        List<Warning> warnings,
        @Nullable Curve curve,
        @Nullable Reading reading,
        List<Full> full,
        String typed,
        boolean asked) {

    /**
     * Something surprising.
     *
     * @param label in two or three words
     */
    public record Warning(String label, String message) {}

    /** A curve, as its chart and as a table. */
    public record Curve(Island data, List<Point> points, String quantityTitle, boolean events) {}

    /** One row of the table behind the curve. */
    public record Point(String quantity, String amount, String each) {}

    /** What one quantity costs, and why. */
    public record Reading(String quantity, String amount, String each, List<Line> lines) {}

    /** A line of a breakdown; texts that are empty where there is no figure. */
    public record Line(String what, String quantity, String unitAmount, String flatAmount, String amount) {}

    /** What a tier costs that is full. */
    public record Full(String id, String amount) {}
}
