package io.meterline.billing;

import io.meterline.event.Decimals;
import io.meterline.event.RuleException.Violation;
import io.meterline.meter.JsonFields;
import io.meterline.meter.Problems;
import io.meterline.price.Checked;
import io.meterline.price.Field;
import io.meterline.price.PriceCheck;
import io.meterline.price.PriceDraft;
import io.meterline.price.SplitDraft;
import io.meterline.price.TierDraft;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the JSON of a price. Everything wrong with it is named in one answer; an explicit null is a field left out. */
public final class PriceJson {

    private static final Set<String> PRICE_FIELDS =
            Stream.of(Field.values()).map(Field::text).collect(Collectors.toCollection(LinkedHashSet::new));
    private static final Set<String> TIER_FIELDS = Set.of("up_to", "unit_amount", "flat_amount", "rate");
    private static final Set<String> SPLIT_FIELDS = Set.of("group_by", "window");

    // The exponent is bounded before anything expands it.
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,100}(\\.[0-9]{1,100})?([eE][+-]?[0-9]{1,2})?");

    private final Problems problems = new Problems();

    private PriceJson() {}

    /**
     * The price that a node describes.
     *
     * @param path where the node stands in the request, for messages
     */
    public static Checked read(JsonNode node, String path) {
        PriceJson reader = new PriceJson();
        Checked checked = PriceCheck.check(reader.draft(node, path), path);
        List<Violation> unreadable = reader.problems.violations();
        return unreadable.isEmpty() ? checked : with(unreadable, checked);
    }

    /** A field that could not be read is missing in the draft; that is not said again. */
    private static Checked with(List<Violation> unreadable, Checked checked) {
        Set<String> said = unreadable.stream().map(Violation::path).collect(Collectors.toSet());
        Stream<Violation> others = checked.faults().stream().filter(fault -> !said.contains(fault.path()));
        return new Checked(null, Stream.concat(unreadable.stream(), others).toList(), checked.slips());
    }

    private PriceDraft draft(JsonNode node, String path) {
        if (!node.isObject()) {
            problems.add(JsonFields.join(path, "model"), "wrong_type", "a price is a JSON object with a model");
            return PriceDraft.EMPTY;
        }
        JsonFields.refuseUnknown(node, path, PRICE_FIELDS, problems);
        PriceDraft draft = PriceDraft.EMPTY;
        for (String name : node.propertyNames()) {
            Optional<Field> field = Field.of(name);
            JsonNode value = node.get(name);
            if (field.isPresent() && !value.isNull()) {
                draft = with(draft, field.get(), value, node, path);
            }
        }
        return draft;
    }

    private PriceDraft with(PriceDraft draft, Field field, JsonNode value, JsonNode price, String path) {
        String at = JsonFields.join(path, field.text());
        return switch (field.kind()) {
            case AMOUNT, SIZE, COUNT, PERCENT -> {
                BigDecimal number = decimal(value, at);
                yield number == null ? draft : draft.with(field, number);
            }
            case WORD -> {
                String word = JsonFields.text(price, path, field.text(), problems);
                yield word == null ? draft : draft.with(field, word);
            }
            case TIERS -> value.isArray() ? draft.withTiers(tiers(value, at)) : unreadable(draft, at, "an array");
            case SPLIT -> value.isObject() ? draft.withSplit(split(value, at)) : unreadable(draft, at, "an object");
        };
    }

    private PriceDraft unreadable(PriceDraft draft, String at, String expected) {
        problems.add(at, "wrong_type", "this must be " + expected);
        return draft;
    }

    private List<TierDraft> tiers(JsonNode array, String path) {
        List<TierDraft> tiers = new ArrayList<>();
        for (JsonNode tier : array) {
            String at = path + "[" + tiers.size() + "]";
            if (tier.isObject()) {
                JsonFields.refuseUnknown(tier, at, TIER_FIELDS, problems);
            } else {
                problems.add(at, "wrong_type", "a tier is an object with up_to and what it costs");
            }
            tiers.add(new TierDraft(
                    decimal(tier, "up_to", at),
                    decimal(tier, "unit_amount", at),
                    decimal(tier, "flat_amount", at),
                    decimal(tier, "rate", at)));
        }
        return tiers;
    }

    private SplitDraft split(JsonNode object, String path) {
        JsonFields.refuseUnknown(object, path, SPLIT_FIELDS, problems);
        List<String> groupBy = new ArrayList<>();
        JsonNode names = object.path("group_by");
        boolean isList = names.isArray();
        for (JsonNode name : names) {
            isList &= name.isString();
            groupBy.add(name.isString() ? name.stringValue() : "");
        }
        if (!isList && !names.isMissingNode() && !names.isNull()) {
            problems.add(JsonFields.join(path, "group_by"), "wrong_type", "this must be a list of names of properties");
        }
        return new SplitDraft(groupBy, JsonFields.text(object, path, "window", problems));
    }

    private @Nullable BigDecimal decimal(JsonNode object, String name, String path) {
        JsonNode value = object.path(name);
        return value.isMissingNode() || value.isNull() ? null : decimal(value, JsonFields.join(path, name));
    }

    private @Nullable BigDecimal decimal(JsonNode value, String at) {
        if (value.isNumber()) {
            return Decimals.fits(value.decimalValue())
                    ? Decimals.canonical(value.decimalValue())
                    : value.decimalValue();
        }
        if (value.isString() && DECIMAL.matcher(value.stringValue()).matches()) {
            BigDecimal number = new BigDecimal(value.stringValue());
            return Decimals.fits(number) ? Decimals.canonical(number) : number;
        }
        problems.add(at, "wrong_type", "this must be a decimal, as 12.5 or \"12.50\"");
        return null;
    }
}
