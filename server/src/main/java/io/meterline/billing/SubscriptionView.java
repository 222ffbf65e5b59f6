package io.meterline.billing;

import io.meterline.event.Period;
import io.meterline.event.Timestamps;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a subscription with where it stands: its status, its current period, the change that is to come. */
public final class SubscriptionView {

    private SubscriptionView() {}

    /** A subscription as it is shown: every field, and where it stands. */
    public static ObjectNode of(Subscriptions.Found found) {
        Subscription subscription = found.subscription();
        long now = found.nowMicros();
        SubscriptionTerms terms = subscription.termsAt(now).terms();
        ObjectNode view = JsonNodeFactory.instance.objectNode().put("id", subscription.id());
        view.setAll(SubscriptionJson.write(subscription, found.customer().canonicalId(), terms));
        view.put("external_customer_id", found.customer().canonicalExternalId());
        view.put("anchor", Timestamps.text(subscription.anchor(terms)));
        view.put("status", subscription.status(now).text());
        view.put("canceled_at", SubscriptionJson.text(subscription.canceledAtMicros()));
        view.set("current_period", period(subscription.schedule().periodAt(now).orElse(null)));
        view.set("next_change", change(subscription, now));
        return view.put("created_at", Timestamps.text(subscription.createdAtMicros()))
                .put("updated_at", Timestamps.text(subscription.updatedAtMicros()));
    }

    /** All terms that it had, has and will have, the last first. */
    public static ObjectNode terms(Subscriptions.Found found) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        ArrayNode data = view.putArray("data");
        for (Subscription.Dated dated : found.subscription().terms().reversed()) {
            data.add(terms(found.subscription(), dated));
        }
        return view;
    }

    private static JsonNode period(@Nullable Period period) {
        if (period == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("from", Timestamps.text(period.fromMicros()))
                .put("to", Timestamps.text(period.toMicros()));
    }

    private static JsonNode change(Subscription subscription, long now) {
        Subscription.Dated change = subscription.nextChange(now).orElse(null);
        if (change == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        return terms(subscription, change);
    }

    private static ObjectNode terms(Subscription subscription, Subscription.Dated dated) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("effective_at", Timestamps.text(dated.fromMicros()));
        json.setAll(SubscriptionJson.write(dated.terms()));
        return json.put("anchor", Timestamps.text(subscription.anchor(dated.terms())));
    }
}
