package io.meterline.price;

import io.meterline.event.RuleException.Violation;
import io.meterline.price.Packages.Incomplete;
import io.meterline.price.Percentage.Allowance;
import io.meterline.price.Terms.ZeroUsageFlat;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a price of what a user wrote, or says everything that is wrong with it. */
public final class PriceCheck {

    private static final int MAX_GROUP_BY = 5;
    private static final int MAX_NAME = 128;

    private final PriceDraft draft;
    private final Findings findings;

    private PriceCheck(PriceDraft draft, Findings findings) {
        this.draft = draft;
        this.findings = findings;
    }

    /**
     * Checks a draft.
     *
     * @param path where it stands in the request, for messages
     */
    public static Checked check(PriceDraft draft, String path) {
        Findings findings = new Findings(path);
        Price price = new PriceCheck(draft, findings).price();
        List<Violation> faults = findings.faults();
        return new Checked(faults.isEmpty() ? price : null, faults, findings.slips());
    }

    private @Nullable Price price() {
        ModelKind kind = kind();
        for (Field field : draft.fields()) {
            if (field.kind().isNumber()) {
                findings.check(field.text(), field.kind(), draft.number(field));
            }
            if (kind != null && !kind.takes(field)) {
                String message = "a " + kind.text() + " price has no " + field.text() + "; it has " + kind.fields();
                findings.fault(field.text(), "field_not_used", message);
            }
        }
        Terms terms = terms();
        Split split = split();
        Model model = kind == null ? null : model(kind);
        return model == null ? null : new Price(model, terms, split);
    }

    private @Nullable ModelKind kind() {
        String word = draft.word(Field.MODEL);
        if (word == null) {
            findings.fault("model", "required", "a price has a model: one of " + ModelKind.all());
            return null;
        }
        return ModelKind.of(word).orElseGet(() -> {
            findings.fault("model", "unknown_model", "a model is one of " + ModelKind.all());
            return null;
        });
    }

    private @Nullable Model model(ModelKind kind) {
        return switch (kind) {
            case FLAT -> new Flat(needed(Field.AMOUNT));
            case PER_UNIT -> new PerUnit(needed(Field.UNIT_AMOUNT));
            case PACKAGE ->
                new Packages(
                        needed(Field.PACKAGE_SIZE),
                        needed(Field.PACKAGE_AMOUNT),
                        word(Field.INCOMPLETE, Incomplete.class, Incomplete.FULL));
            case PERCENTAGE -> percentage();
            case GRADUATED, VOLUME, STAIRSTEP, GRADUATED_PERCENTAGE -> tiered(kind);
        };
    }

    private @Nullable Model tiered(ModelKind kind) {
        if (draft.tiers() == null) {
            findings.fault("tiers", "required", "a " + kind.text() + " price has tiers");
        }
        Tiers tiers = new TierCheck(kind, findings).tiers(draft.tiers());
        if (tiers == null) {
            return null;
        }
        return switch (kind) {
            case GRADUATED -> new Graduated(tiers);
            case VOLUME -> new Volume(tiers);
            case STAIRSTEP -> new Stairstep(tiers);
            case GRADUATED_PERCENTAGE -> new GraduatedPercentage(tiers);
            case FLAT, PER_UNIT, PACKAGE, PERCENTAGE -> throw new IllegalArgumentException(kind + " has no tiers");
        };
    }

    private Percentage percentage() {
        BigDecimal min = draft.number(Field.MIN_PER_EVENT);
        BigDecimal max = draft.number(Field.MAX_PER_EVENT);
        inOrder(Field.MIN_PER_EVENT, min, max);
        BigDecimal freeEvents = draft.number(Field.FREE_EVENTS);
        BigDecimal freeAmount = draft.number(Field.FREE_AMOUNT);
        Allowance allowance =
                freeEvents == null && freeAmount == null ? Allowance.NONE : new Allowance(freeEvents, freeAmount);
        return new Percentage(needed(Field.RATE), orZero(Field.FIXED_AMOUNT), allowance, min, max);
    }

    private Terms terms() {
        BigDecimal max = draft.number(Field.MAXIMUM_AMOUNT);
        BigDecimal min = draft.number(Field.MINIMUM_AMOUNT);
        inOrder(Field.MINIMUM_AMOUNT, min, max);
        ZeroUsageFlat zeroUsage = word(Field.ZERO_USAGE_FLAT, ZeroUsageFlat.class, ZeroUsageFlat.CHARGE);
        return new Terms(orZero(Field.FREE_UNITS), orZero(Field.DISCOUNT_PERCENT), max, min, zeroUsage);
    }

    private void inOrder(Field field, @Nullable BigDecimal min, @Nullable BigDecimal max) {
        if (min != null && max != null && min.compareTo(max) > 0) {
            findings.fault(field.text(), "minimum_above_maximum", "the least cannot be above the most");
        }
    }

    private Split split() {
        SplitDraft split = draft.split();
        if (split == null) {
            return Split.NONE;
        }
        List<String> groupBy = split.groupBy();
        String at = Field.APPLY_PER.text();
        if (groupBy.isEmpty() && split.window() == null) {
            findings.fault(at, "required", "say group_by, window or both, or leave apply_per out");
        }
        if (groupBy.size() > MAX_GROUP_BY || groupBy.stream().distinct().count() < groupBy.size()) {
            findings.fault(at + ".group_by", "invalid_value", "up to " + MAX_GROUP_BY + " names, each once");
        }
        if (groupBy.stream().anyMatch(name -> name.isEmpty() || name.length() > MAX_NAME)) {
            findings.fault(at + ".group_by", "invalid_value", "a name of a property has 1 to 128 characters");
        }
        String window = split.window();
        return new Split(groupBy, window == null ? null : one(at + ".window", window, Split.Window.class));
    }

    private <E extends Enum<E>> E word(Field field, Class<E> type, E orElse) {
        String word = draft.word(field);
        E found = word == null ? orElse : one(field.text(), word, type);
        return found == null ? orElse : found;
    }

    private <E extends Enum<E>> @Nullable E one(String at, String word, Class<E> type) {
        for (E constant : Objects.requireNonNull(type.getEnumConstants())) {
            if (text(constant).equals(word)) {
                return constant;
            }
        }
        String all =
                Arrays.stream(type.getEnumConstants()).map(PriceCheck::text).collect(Collectors.joining(", "));
        findings.fault(at, "invalid_value", "this is one of " + all);
        return null;
    }

    /** The word for a constant. */
    static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** One in place of a number that is missing, which is noted: there will be no price then. */
    private BigDecimal needed(Field field) {
        BigDecimal number = draft.number(field);
        if (number == null) {
            findings.fault(field.text(), "required", "a " + draft.word(Field.MODEL) + " price has it");
        }
        return number == null ? BigDecimal.ONE : number;
    }

    private BigDecimal orZero(Field field) {
        BigDecimal number = draft.number(field);
        return number == null ? BigDecimal.ZERO : number;
    }
}
