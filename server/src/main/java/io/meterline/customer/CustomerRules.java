package io.meterline.customer;

import io.meterline.event.CustomerId;
import io.meterline.event.Decimals;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Violation;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a customer and a reference to one may look like. */
final class CustomerRules {

    private static final int MAX_TEXT = 255;
    private static final int MAX_PROPERTIES = 100;
    private static final int MAX_PROPERTY_NAME = 128;
    private static final int MAX_PROPERTIES_TEXT = 64 * 1024;
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> TIME_ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private CustomerRules() {}

    /** Why a text cannot name a customer, or null when it can. */
    static Resolution.@Nullable Refused refusal(String text) {
        return isName(text)
                ? null
                : new Resolution.Refused(
                        "invalid_customer_id",
                        "customer_id must be 1 to 255 characters, not blank and without control characters.");
    }

    /** What an unknown customer is answered with. */
    static Resolution.Refused unknown(String text) {
        return new Resolution.Refused(
                "unknown_customer",
                CustomerId.isOne(text)
                        ? "There is no customer %s in this environment. Check the id, or send your own id of the customer."
                                .formatted(text)
                        : "There is no customer with the external id %s in this environment. Create it first."
                                .formatted(text));
    }

    static RuleException notFound(String text) {
        Resolution.Refused refused = refusal(text);
        Resolution.Refused reason = refused == null ? unknown(text) : refused;
        return new RuleException(RuleException.Kind.NOT_FOUND, "unknown_customer", reason.message());
    }

    /** A name from an event or a row, made fit to be stored: null when nothing is left. */
    static @Nullable String tidyName(@Nullable String name) {
        if (name == null) {
            return null;
        }
        StringBuilder tidy = new StringBuilder();
        name.strip()
                .codePoints()
                .filter(c -> !Character.isISOControl(c) && !isSurrogate(c))
                .limit(MAX_TEXT)
                .forEach(tidy::appendCodePoint);
        return tidy.isEmpty() ? null : tidy.toString();
    }

    /** Throws {@code RuleException} {@code invalid_customer} with everything that is wrong. */
    static void check(CustomerDraft draft) {
        List<Violation> wrong = new ArrayList<>();
        if (draft.externalId() != null && !isName(draft.externalId())) {
            wrong.add(new Violation(
                    "external_id",
                    "invalid_external_id",
                    "external_id must be 1 to 255 characters, not blank and without control characters."));
        }
        if (draft.externalId() != null && CustomerId.isOne(draft.externalId())) {
            wrong.add(new Violation(
                    "external_id",
                    "invalid_external_id",
                    "external_id has the form of a Meterline id and would never be found. Take another."));
        }
        if (draft.name() != null && !isName(draft.name())) {
            wrong.add(new Violation(
                    "name",
                    "invalid_name",
                    "name must be 1 to 255 characters, not blank and without control characters."));
        }
        if (draft.currency() != null && !CURRENCIES.contains(draft.currency())) {
            wrong.add(new Violation(
                    "currency", "invalid_currency", "currency must be a code of ISO 4217 in capitals, as in EUR."));
        }
        if (draft.timeZone() != null && !TIME_ZONES.contains(draft.timeZone())) {
            wrong.add(new Violation(
                    "time_zone", "invalid_time_zone", "time_zone must be an IANA name, as in Europe/Paris or UTC."));
        }
        checkProperties(draft.properties(), wrong);
        if (!wrong.isEmpty()) {
            throw new RuleException(
                    RuleException.Kind.INVALID,
                    "invalid_customer",
                    wrong.stream().map(Violation::message).collect(Collectors.joining(" ")),
                    wrong);
        }
    }

    private static void checkProperties(@Nullable ObjectNode properties, List<Violation> wrong) {
        if (properties == null) {
            return;
        }
        if (properties.size() > MAX_PROPERTIES || CustomerJson.text(properties).length() > MAX_PROPERTIES_TEXT) {
            wrong.add(new Violation(
                    "properties",
                    "properties_too_large",
                    "properties must be at most 100, and 64 KiB of JSON in all."));
        }
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            String path = "properties." + property.getKey();
            if (property.getKey().isEmpty() || property.getKey().length() > MAX_PROPERTY_NAME) {
                wrong.add(new Violation(
                        path, "invalid_property_name", "The name of a property must be 1 to 128 characters."));
            }
            if (!isFlat(property.getValue())) {
                wrong.add(new Violation(
                        path,
                        "invalid_property",
                        "A property must be a string, a number of up to 20 integer and 18 fractional digits,"
                                + " a boolean, null, or an array of those."));
            }
        }
    }

    private static boolean isFlat(JsonNode value) {
        return value.isArray() ? value.valueStream().allMatch(CustomerRules::isScalar) : isScalar(value);
    }

    private static boolean isScalar(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING, BOOLEAN, NULL -> true;
            case NUMBER -> Decimals.fits(value.decimalValue());
            case ARRAY, OBJECT, MISSING, BINARY, POJO -> false;
        };
    }

    // A lone surrogate has no UTF-8, so two different texts would become one in the database.
    private static boolean isName(String text) {
        return !text.isBlank()
                && text.length() <= 2 * MAX_TEXT
                && text.codePointCount(0, text.length()) <= MAX_TEXT
                && text.codePoints().noneMatch(c -> Character.isISOControl(c) || isSurrogate(c));
    }

    private static boolean isSurrogate(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE;
    }
}
