package io.meterline.billing;

import io.meterline.event.Decimals;
import io.meterline.price.Field;
import io.meterline.price.Price;
import io.meterline.price.PriceDraft;
import io.meterline.price.PriceFields;
import io.meterline.price.SplitDraft;
import io.meterline.price.TierDraft;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes prices in their one canonical form: decimals as strings, defaults left out. {@link PriceJson} reads it. */
public final class PriceText {

    private PriceText() {}

    public static ObjectNode write(Price price) {
        PriceDraft draft = PriceFields.of(price);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Field field : draft.fields()) {
            switch (field.kind()) {
                case AMOUNT, SIZE, COUNT, PERCENT -> json.put(field.text(), text(draft.number(field)));
                case WORD -> json.put(field.text(), draft.word(field));
                case TIERS -> tiers(json.putArray(field.text()), Objects.requireNonNull(draft.tiers()));
                case SPLIT -> split(json.putObject(field.text()), Objects.requireNonNull(draft.split()));
            }
        }
        return json;
    }

    private static void tiers(ArrayNode array, List<TierDraft> tiers) {
        for (TierDraft tier : tiers) {
            ObjectNode json = array.addObject().put("up_to", text(tier.upTo()));
            putUnlessNull(json, "unit_amount", tier.unitAmount());
            putUnlessNull(json, "rate", tier.rate());
            putUnlessNull(json, "flat_amount", tier.flatAmount());
        }
    }

    private static void split(ObjectNode json, SplitDraft split) {
        if (!split.groupBy().isEmpty()) {
            split.groupBy().forEach(json.putArray("group_by")::add);
        }
        if (split.window() != null) {
            json.put("window", split.window());
        }
    }

    private static void putUnlessNull(ObjectNode json, String name, @Nullable BigDecimal number) {
        if (number != null) {
            json.put(name, text(number));
        }
    }

    private static @Nullable String text(@Nullable BigDecimal number) {
        return number == null ? null : Decimals.text(number);
    }
}
