package io.meterline.price;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A price as a user wrote it, right or wrong: the fields that were given, in whatever notation. {@link PriceCheck} makes a
 * {@link Price} of it. Each method gives a new one.
 */
public final class PriceDraft {

    /** No field yet. */
    public static final PriceDraft EMPTY = new PriceDraft(Map.of(), Map.of(), null, null);

    private final Map<Field, BigDecimal> numbers;
    private final Map<Field, String> words;
    private final @Nullable List<TierDraft> tiers;
    private final @Nullable SplitDraft split;

    private PriceDraft(
            Map<Field, BigDecimal> numbers,
            Map<Field, String> words,
            @Nullable List<TierDraft> tiers,
            @Nullable SplitDraft split) {
        this.numbers = Map.copyOf(numbers);
        this.words = Map.copyOf(words);
        this.tiers = tiers == null ? null : List.copyOf(tiers);
        this.split = split;
    }

    public PriceDraft with(Field field, BigDecimal number) {
        if (!field.kind().isNumber()) {
            throw new IllegalArgumentException(field.text() + " is no number");
        }
        Map<Field, BigDecimal> more = new EnumMap<>(Field.class);
        more.putAll(numbers);
        more.put(field, number);
        return new PriceDraft(more, words, tiers, split);
    }

    public PriceDraft with(Field field, String word) {
        if (field.kind() != Field.Kind.WORD) {
            throw new IllegalArgumentException(field.text() + " is no word");
        }
        Map<Field, String> more = new EnumMap<>(Field.class);
        more.putAll(words);
        more.put(field, word);
        return new PriceDraft(numbers, more, tiers, split);
    }

    public PriceDraft withTiers(List<TierDraft> list) {
        return new PriceDraft(numbers, words, list, split);
    }

    public PriceDraft withSplit(SplitDraft applyPer) {
        return new PriceDraft(numbers, words, tiers, applyPer);
    }

    public @Nullable BigDecimal number(Field field) {
        return numbers.get(field);
    }

    public @Nullable String word(Field field) {
        return words.get(field);
    }

    public @Nullable List<TierDraft> tiers() {
        return tiers;
    }

    public @Nullable SplitDraft split() {
        return split;
    }

    /** The fields that were given. */
    public Set<Field> fields() {
        Set<Field> fields = EnumSet.noneOf(Field.class);
        fields.addAll(numbers.keySet());
        fields.addAll(words.keySet());
        if (tiers != null) {
            fields.add(Field.TIERS);
        }
        if (split != null) {
            fields.add(Field.APPLY_PER);
        }
        return fields;
    }
}
