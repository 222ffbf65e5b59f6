package io.meterline.billing;

import io.meterline.billing.Subscription.Dated;
import io.meterline.customer.Customer;
import io.meterline.customer.CustomerDirectory;
import io.meterline.customer.CustomerRef;
import io.meterline.customer.CustomerStatus;
import io.meterline.customer.Customers;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.RuleException.Violation;
import io.meterline.price.Currencies;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;

/** What a draft makes of a subscription, with what its customer says where the draft says nothing. */
final class DraftedSubscriptions {

    private final Customers customers;
    private final CustomerDirectory directory;

    DraftedSubscriptions(Customers customers, CustomerDirectory directory) {
        this.customers = customers;
        this.directory = directory;
    }

    /** Throws {@code unknown_customer}, and {@code required} for a currency that nobody says. */
    Subscription subscription(Environment environment, String id, SubscriptionDraft draft, long now) {
        Customer customer = customer(environment, draft.customerId());
        CustomerRef named = directory.find(environment, draft.customerId()).orElseThrow();
        Currency currency = draft.currency() == null ? currency(customer) : draft.currency();
        String zone = customer.timeZone() == null ? "UTC" : customer.timeZone();
        return new Subscription(
                id,
                named.number(),
                draft.externalId(),
                currency,
                draft.zone() == null ? ZoneId.of(zone) : draft.zone(),
                draft.startsAtMicros(),
                draft.endsAtMicros(),
                null,
                List.of(new Dated(draft.startsAtMicros(), draft.terms().startingAt(draft.startsAtMicros()))),
                draft.rules(),
                0,
                now,
                now);
    }

    private Customer customer(Environment environment, String id) {
        try {
            return customers.get(environment, id);
        } catch (RuleException e) {
            throw e.kind() == Kind.NOT_FOUND
                    ? error(
                            Kind.UNPROCESSABLE,
                            "customer_id",
                            e.code(),
                            "there is no such customer here; create it with POST /v1/customers, or push an event of it")
                    : e;
        }
    }

    private static Currency currency(Customer customer) {
        return Currencies.of(customer.currency() == null ? "" : customer.currency())
                .orElseThrow(() -> error(
                        Kind.UNPROCESSABLE, "currency", "required", "the customer has no currency; say which one"));
    }

    /** Throws {@code unknown_customer} and {@code customer_archived}. */
    void requireInUse(Environment environment, SubscriptionDraft draft) {
        if (customer(environment, draft.customerId()).status() == CustomerStatus.ARCHIVED) {
            throw error(
                    Kind.UNPROCESSABLE,
                    "customer_id",
                    "customer_archived",
                    "the customer is archived; confirm it first");
        }
    }

    /** An error at a field of a subscription. */
    static RuleException error(Kind kind, String path, String code, String message) {
        return new RuleException(kind, code, path + ": " + message + ".", List.of(new Violation(path, code, message)));
    }
}
