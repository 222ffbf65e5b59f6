package io.meterline.console.product;

import io.meterline.console.Choice;
import java.util.List;

/** The types of products. */
final class Kinds {

    static final String FLAT_FEE = "flat_fee";

    static final List<Choice> ALL = List.of(
            new Choice("dynamic", "Metered usage"), new Choice("seat", "Seats"), new Choice(FLAT_FEE, "Flat fee"));

    private Kinds() {}

    static String label(String type) {
        return switch (type) {
            case "dynamic" -> "metered";
            case "seat" -> "seats";
            case FLAT_FEE -> "flat fee";
            default -> type;
        };
    }
}
