package io.meterline.console.price;

/** What a price may have whatever its model. */
enum Term {
    FREE_UNITS("free_units", "Free units", "free units", Shape.Kind.UNITS),
    MINIMUM("minimum_amount", "At least", "minimum", Shape.Kind.MONEY),
    MAXIMUM("maximum_amount", "At most", "maximum", Shape.Kind.MONEY),
    DISCOUNT("discount_percent", "Discount", "discount", Shape.Kind.PERCENT),
    ZERO_USAGE("zero_usage_flat", "Flat amounts when nothing is used", "zero usage", Shape.Kind.CHOICE),
    PER("apply_per", "Priced alone", "per group", Shape.Kind.CHOICE);

    private final String field;
    private final String label;
    private final String chip;
    private final Shape.Kind kind;

    Term(String field, String label, String chip, Shape.Kind kind) {
        this.field = field;
        this.label = label;
        this.chip = chip;
        this.kind = kind;
    }

    /** Its name in the API. */
    String field() {
        return field;
    }

    String label() {
        return label;
    }

    /** What the button says that adds it. */
    String chip() {
        return chip;
    }

    Shape.Kind kind() {
        return kind;
    }

    boolean isOf(Shape shape) {
        return switch (this) {
            case FREE_UNITS -> shape.takesFreeUnits();
            case ZERO_USAGE -> shape.isTiered() || shape == Shape.FLAT;
            case MINIMUM, MAXIMUM, DISCOUNT -> true;
            case PER -> shape != Shape.FLAT;
        };
    }
}
