package io.meterline.price;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The models by the names that users write, and the fields that each takes. */
enum ModelKind {
    FLAT(EnumSet.of(Field.AMOUNT)),
    PER_UNIT(EnumSet.of(Field.UNIT_AMOUNT, Field.FREE_UNITS)),
    GRADUATED(EnumSet.of(Field.TIERS, Field.FREE_UNITS)),
    VOLUME(EnumSet.of(Field.TIERS, Field.FREE_UNITS)),
    PACKAGE(EnumSet.of(Field.PACKAGE_SIZE, Field.PACKAGE_AMOUNT, Field.INCOMPLETE, Field.FREE_UNITS)),
    STAIRSTEP(EnumSet.of(Field.TIERS, Field.FREE_UNITS)),
    PERCENTAGE(EnumSet.of(
            Field.RATE,
            Field.FIXED_AMOUNT,
            Field.FREE_EVENTS,
            Field.FREE_AMOUNT,
            Field.MIN_PER_EVENT,
            Field.MAX_PER_EVENT)),
    GRADUATED_PERCENTAGE(EnumSet.of(Field.TIERS, Field.FREE_UNITS));

    private static final Set<Field> COMMON = EnumSet.of(
            Field.MODEL,
            Field.MINIMUM_AMOUNT,
            Field.MAXIMUM_AMOUNT,
            Field.DISCOUNT_PERCENT,
            Field.ZERO_USAGE_FLAT,
            Field.APPLY_PER);

    @SuppressWarnings("ImmutableEnumChecker") // never changed; a copy would lose the order of the messages
    private final Set<Field> own;

    ModelKind(Set<Field> own) {
        this.own = own;
    }

    boolean takes(Field field) {
        return own.contains(field) || COMMON.contains(field);
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its own fields, for messages. */
    String fields() {
        return own.stream().map(Field::text).collect(Collectors.joining(", "));
    }

    static Optional<ModelKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(ModelKind::text).collect(Collectors.joining(", "));
    }
}
