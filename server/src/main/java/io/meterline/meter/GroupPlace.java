package io.meterline.meter;

import io.meterline.event.Decimals;
import io.meterline.event.RuleException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A place in the order of groups: by value descending, null last, then by the parts of the key, null last. */
record GroupPlace(@Nullable BigDecimal value, List<@Nullable String> key) implements Comparable<GroupPlace> {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public int compareTo(GroupPlace other) {
        Comparator<@Nullable BigDecimal> values = Comparator.nullsLast(Comparator.reverseOrder());
        Comparator<@Nullable String> parts = Comparator.nullsLast(Comparator.naturalOrder());
        int order = values.compare(value, other.value);
        for (int i = 0; order == 0 && i < Math.min(key.size(), other.key.size()); i++) {
            order = parts.compare(key.get(i), other.key.get(i));
        }
        return order;
    }

    /** As an opaque cursor: a JSON array of the value and the parts of the key. */
    String cursor() {
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        parts.add(value == null ? null : Decimals.text(value));
        key.forEach(parts::add);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(parts));
    }

    /** Throws {@code RuleException} {@code invalid_cursor}. */
    static GroupPlace parse(String cursor) {
        try {
            JsonNode parts = JSON.readTree(Base64.getUrlDecoder().decode(cursor));
            boolean texts = parts.isArray() && !parts.isEmpty();
            for (JsonNode part : parts) {
                texts &= part.isNull() || part.isString();
            }
            if (!texts) {
                throw invalidCursor();
            }
            List<@Nullable String> key = new ArrayList<>();
            for (int i = 1; i < parts.size(); i++) {
                key.add(parts.get(i).isNull() ? null : parts.get(i).stringValue());
            }
            return new GroupPlace(value(parts.get(0)), key);
        } catch (IllegalArgumentException | JacksonException e) {
            throw invalidCursor();
        }
    }

    private static @Nullable BigDecimal value(JsonNode text) {
        return text.isNull() ? null : new BigDecimal(text.stringValue());
    }

    private static RuleException invalidCursor() {
        return Problems.invalid(
                "cursor", "invalid_cursor", "The cursor must be the next_cursor of an earlier answer, unchanged.");
    }
}
