package io.meterline.billing;

import io.meterline.event.Timestamps;
import io.meterline.meter.JsonFields;
import io.meterline.meter.Mode;
import io.meterline.meter.Problems;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes the JSON of a subscription and of its changes. Everything wrong with it is named in one answer. */
public final class SubscriptionJson {

    private static final Set<String> FIELDS = Set.of(
            "customer_id",
            "external_id",
            "currency",
            "products",
            "starts_at",
            "ends_at",
            "interval",
            "anchor",
            "time_zone",
            "metering",
            "close_after",
            "prorate_flat_fees");
    private static final Set<String> CHANGE_FIELDS = Set.of("effective", "interval", "anchor", "products");
    private static final Set<String> CANCEL_FIELDS = Set.of("effective");
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());
    private static final Pattern DURATION = Pattern.compile("P[0-9]{1,3}D|PT[0-9]{1,4}[HMS]");
    private static final int MAX_EXTERNAL_ID = 255;
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final JsonNode node;
    private final Problems problems = new Problems();

    private SubscriptionJson(JsonNode node, String what, Set<String> fields) {
        this.node = node;
        if (!node.isObject()) {
            problems.add("", "wrong_type", what + " is a JSON object");
        } else {
            JsonFields.refuseUnknown(node, "", fields, problems);
        }
    }

    /** A subscription. Throws a {@code RuleException} naming all that is wrong. */
    public static SubscriptionDraft read(JsonNode node) {
        SubscriptionJson reader = new SubscriptionJson(node, "a subscription", FIELDS);
        SubscriptionDraft draft = reader.draft();
        reader.problems.throwIfAny();
        return draft;
    }

    /** A change. Throws a {@code RuleException} naming all that is wrong. */
    public static SubscriptionChange readChange(JsonNode node) {
        SubscriptionJson reader = new SubscriptionJson(node, "a change", CHANGE_FIELDS);
        Effective effective = reader.effective();
        Interval interval = node.hasNonNull("interval") ? IntervalJson.read(node, "", reader.problems) : null;
        Long anchor = reader.time("anchor");
        List<SubscribedProduct> products =
                node.hasNonNull("products") ? SubscribedProductJson.read(node, reader.problems) : null;
        reader.problems.throwIfAny();
        return new SubscriptionChange(effective, interval, anchor, products);
    }

    /** When a cancellation takes effect. Throws a {@code RuleException} naming all that is wrong. */
    public static Effective readCancel(JsonNode node) {
        SubscriptionJson reader = new SubscriptionJson(node, "a cancellation", CANCEL_FIELDS);
        Effective effective = reader.effective();
        reader.problems.throwIfAny();
        return effective;
    }

    /** What may be changed of a subscription, as {@link #read} reads it. */
    static ObjectNode write(Subscription subscription, String customerId, SubscriptionTerms terms) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("customer_id", customerId)
                .put("external_id", subscription.externalId())
                .put("currency", subscription.currency().getCurrencyCode())
                .put("starts_at", Timestamps.text(subscription.startsAtMicros()))
                .put("ends_at", text(subscription.endsAtMicros()))
                .put("time_zone", subscription.zone().getId())
                .put("metering", subscription.rules().metering().text())
                .put("close_after", subscription.rules().closeAfterText())
                .put("prorate_flat_fees", subscription.rules().proratesFlatFees());
        json.setAll(write(terms));
        return json;
    }

    static ObjectNode write(SubscriptionTerms terms) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("interval", IntervalJson.write(terms.interval()));
        json.put("anchor", text(terms.anchorMicros()));
        json.set("products", SubscribedProductJson.write(terms.products()));
        return json;
    }

    /** Terms that {@link #write(SubscriptionTerms)} wrote. */
    static SubscriptionTerms readTerms(JsonNode node) {
        Problems problems = new Problems();
        String anchor = node.path("anchor").asString(null);
        SubscriptionTerms terms = new SubscriptionTerms(
                IntervalJson.read(node, "", problems),
                anchor == null ? null : Timestamps.micros(Instant.parse(anchor)),
                SubscribedProductJson.read(node, problems));
        problems.throwIfAny();
        return terms;
    }

    static @Nullable String text(@Nullable Long micros) {
        return micros == null ? null : Timestamps.text(micros);
    }

    private SubscriptionDraft draft() {
        String customer = JsonFields.text(node, "", "customer_id", problems);
        if (!node.hasNonNull("customer_id")) {
            problems.add("customer_id", "required", "say which customer");
        }
        String externalId = externalId();
        Currency currency = ProductPriceJson.currency(node, "", problems);
        Long startsAt = time("starts_at");
        if (!node.hasNonNull("starts_at")) {
            problems.add("starts_at", "required", "say when the first period begins");
        }
        Long endsAt = time("ends_at");
        ZoneId zone = zone();
        SubscriptionTerms terms = new SubscriptionTerms(
                IntervalJson.read(node, "", problems), time("anchor"), SubscribedProductJson.read(node, problems));
        StatementRules rules = rules();
        return new SubscriptionDraft(
                customer == null ? "" : customer,
                externalId,
                currency,
                startsAt == null ? 0 : startsAt,
                endsAt,
                zone,
                terms,
                rules);
    }

    private StatementRules rules() {
        String metering = word("metering", Set.of("period", "all_time"), "this is one of period, all_time");
        JsonNode prorate = node.path("prorate_flat_fees");
        boolean said = !prorate.isMissingNode() && !prorate.isNull();
        if (said && !prorate.isBoolean()) {
            problems.add("prorate_flat_fees", "wrong_type", "this is true or false");
        }
        return new StatementRules(
                Mode.ALL_TIME.text().equals(metering) ? Mode.ALL_TIME : Mode.PERIOD,
                closeAfter(),
                !said || prorate.asBoolean(true));
    }

    private @Nullable String externalId() {
        String text = JsonFields.text(node, "", "external_id", problems);
        boolean fits = text == null
                || (!text.isBlank()
                        && text.codePointCount(0, text.length()) <= MAX_EXTERNAL_ID
                        && text.codePoints()
                                .noneMatch(
                                        c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE));
        if (!fits) {
            problems.add(
                    "external_id",
                    "invalid_value",
                    "this has 1 to " + MAX_EXTERNAL_ID + " characters, not blank and without control characters");
        }
        return text;
    }

    private @Nullable ZoneId zone() {
        String text = JsonFields.text(node, "", "time_zone", problems);
        if (text != null && !ZONES.contains(text)) {
            problems.add("time_zone", "invalid_value", "a time zone is an IANA name, as Europe/Paris or UTC");
            return null;
        }
        return text == null ? null : ZoneId.of(text);
    }

    private @Nullable Long time(String field) {
        String text = JsonFields.text(node, "", field, problems);
        if (text == null) {
            return null;
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (!instant.isBefore(EARLIEST) && instant.isBefore(LATEST)) {
                return Timestamps.micros(instant);
            }
        } catch (DateTimeException e) {
            problems.add(
                    field,
                    "invalid_value",
                    "this must be an ISO 8601 time with an offset or Z, as 2026-01-31T00:00:00Z");
            return null;
        }
        problems.add(field, "invalid_value", "this must lie in the years 1970 to 2199");
        return null;
    }

    private @Nullable String word(String field, Set<String> words, String message) {
        String text = JsonFields.text(node, "", field, problems);
        if (text != null && !words.contains(text)) {
            problems.add(field, "invalid_value", message);
        }
        return text;
    }

    private @Nullable Duration closeAfter() {
        String text = JsonFields.text(node, "", "close_after", problems);
        if (text == null || text.equals("manual")) {
            return null;
        }
        if (!DURATION.matcher(text).matches()) {
            problems.add(
                    "close_after",
                    "invalid_value",
                    "this is manual, or a time to wait in days, hours, minutes or seconds: P3D, PT12H, PT90M");
            return null;
        }
        return StatementRules.closeAfter(text);
    }

    private Effective effective() {
        String text = word("effective", Set.of("now", "next_period"), "this is one of now, next_period");
        if (!node.hasNonNull("effective")) {
            problems.add("effective", "required", "say when: now or next_period");
        }
        return "now".equals(text) ? Effective.NOW : Effective.NEXT_PERIOD;
    }
}
