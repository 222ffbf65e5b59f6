package io.meterline.console.price;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The models of a price: what people call them, and the fields of each. */
public enum Shape {
    GRADUATED("graduated", "Graduated", "Each tier prices its own units", true, List.of()),
    VOLUME("volume", "Volume", "All units at the price of the tier that the total reaches", true, List.of()),
    STAIRSTEP("stairstep", "Stairstep", "A flat amount for the tier that the total reaches", true, List.of()),
    PER_UNIT(
            "per_unit",
            "Per unit",
            "Every unit costs the same",
            false,
            List.of(Part.money("unit_amount", "Each unit"))),
    PACKAGE(
            "package",
            "Packages",
            "Sold by the package",
            false,
            List.of(
                    Part.units("package_size", "Package of"),
                    Part.money("package_amount", "Each package"),
                    Part.choice("incomplete", "A package that was begun"))),
    FLAT("flat", "Flat", "The same amount every period", false, List.of(Part.money("amount", "Amount"))),
    PERCENTAGE(
            "percentage",
            "Percentage",
            "A share of the amount of each event",
            false,
            List.of(
                    Part.percent("rate", "Rate"),
                    Part.money("fixed_amount", "Fixed, each event").optional(),
                    Part.count("free_events", "Free events").optional(),
                    Part.money("free_amount", "Free amount").optional(),
                    Part.money("min_per_event", "Least, each event").optional(),
                    Part.money("max_per_event", "Most, each event").optional())),
    GRADUATED_PERCENTAGE(
            "graduated_percentage",
            "Graduated percentage",
            "Each tier takes its own share of what lies in it",
            true,
            List.of());

    private final String text;
    private final String label;
    private final String meaning;
    private final boolean tiered;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of, of records of text
    private final List<Part> parts;

    Shape(String text, String label, String meaning, boolean tiered, List<Part> parts) {
        this.text = text;
        this.label = label;
        this.meaning = meaning;
        this.tiered = tiered;
        this.parts = parts;
    }

    /** How a field is written. */
    enum Kind {
        MONEY,
        UNITS,
        PERCENT,
        COUNT,
        CHOICE
    }

    /** A field of a model, besides its tiers. */
    record Part(String name, String label, Kind kind, boolean isOptional) {

        static Part money(String name, String label) {
            return new Part(name, label, Kind.MONEY, false);
        }

        static Part units(String name, String label) {
            return new Part(name, label, Kind.UNITS, false);
        }

        static Part percent(String name, String label) {
            return new Part(name, label, Kind.PERCENT, false);
        }

        static Part count(String name, String label) {
            return new Part(name, label, Kind.COUNT, false);
        }

        static Part choice(String name, String label) {
            return new Part(name, label, Kind.CHOICE, false);
        }

        Part optional() {
            return new Part(name, label, kind, true);
        }
    }

    /** The model of this name in the API; graduated for what is none. */
    public static Shape of(String text) {
        return known(text).orElse(GRADUATED);
    }

    static Optional<Shape> known(String text) {
        return Arrays.stream(values()).filter(shape -> shape.text.equals(text)).findFirst();
    }

    /** Its name in the API. */
    public String text() {
        return text;
    }

    public String label() {
        return label;
    }

    /** What it does, in a sentence without a full stop. */
    public String meaning() {
        return meaning;
    }

    public boolean isTiered() {
        return tiered;
    }

    List<Part> parts() {
        return parts;
    }

    /** The columns of its tiers besides {@code up_to}. */
    List<String> columns() {
        return switch (this) {
            case GRADUATED, VOLUME -> List.of("unit_amount", "flat_amount");
            case STAIRSTEP -> List.of("flat_amount");
            case GRADUATED_PERCENTAGE -> List.of("rate", "flat_amount");
            case PER_UNIT, PACKAGE, FLAT, PERCENTAGE -> List.of();
        };
    }

    /** Whether a quantity can have free units before it is priced. */
    boolean takesFreeUnits() {
        return this != FLAT && this != PERCENTAGE;
    }
}
