package io.meterline.console.price;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * A button of the tier editor, by the value that its form sends: {@code tier+}, {@code tier- 2}, {@code term+ free_units},
 * {@code term- free_units}.
 */
public final class PriceEdit {

    /** Another model was chosen: what was read of the one before means nothing any more. */
    public static final String MODEL = "model";

    private static final Pattern EDIT = Pattern.compile("(tier|term)([+-])(?: (\\d{1,3}|[a-z_]+))?");

    private PriceEdit() {}

    /**
     * Does what the button says.
     *
     * @return whether it is a button of the editor
     */
    public static boolean apply(ObjectNode price, String edit) {
        PriceTree.fit(price);
        Matcher matcher = EDIT.matcher(edit);
        if (!matcher.matches()) {
            return false;
        }
        String what = matcher.group(3) == null ? "" : matcher.group(3);
        boolean more = matcher.group(2).equals("+");
        if (matcher.group(1).equals("term")) {
            Arrays.stream(Term.values())
                    .filter(term -> term.field().equals(what))
                    .forEach(term -> {
                        if (more) {
                            PriceTree.addTerm(price, term);
                        } else {
                            price.remove(term.field());
                        }
                    });
        } else if (more) {
            PriceTree.addTier(price);
        } else if (!what.isEmpty() && Character.isDigit(what.charAt(0))) {
            PriceTree.removeTier(price, Integer.parseInt(what));
        }
        return true;
    }
}
