package io.meterline.console.subscription;

import io.meterline.console.ApiFault;
import io.meterline.console.FilterWords;
import io.meterline.console.Refused;
import io.meterline.console.Visit;
import io.meterline.console.price.PriceWords;
import io.meterline.console.price.Unit;
import io.meterline.console.subscription.SubscriptionForm.Kind;
import io.meterline.console.subscription.SubscriptionForm.ProductChoice;
import io.meterline.http.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lays out the form of a subscription. */
final class FormReader {

    private final Visit visit;
    private final Names names;

    FormReader(Visit visit) {
        this.visit = visit;
        this.names = new Names(visit.api());
    }

    /** A form for something new. */
    SubscriptionForm fresh(Map<String, String> fields) {
        Fields typed = Fields.of(fields);
        return form(
                Kind.NEW,
                null,
                typed,
                List.of(),
                "",
                visit.path("/subscriptions/new"),
                visit.path("/subscriptions"),
                Refused.NOTHING);
    }

    /** A form on a subscription as it stands. */
    SubscriptionForm on(Subscription subscription, Kind kind, String seen) {
        return form(
                kind,
                subscription.id(),
                Fields.of(FormFields.of(subscription)),
                FormFields.chosen(subscription),
                seen,
                action(subscription.id(), kind),
                visit.path("/subscriptions/" + subscription.id()),
                Refused.NOTHING);
    }

    /** What was sent, with what was refused. */
    SubscriptionForm again(@Nullable String id, Kind kind, String seen, Refused refused) {
        return form(
                kind,
                id,
                visit.fields(),
                visit.fields().all(FormFields.PRODUCT),
                seen,
                id == null ? visit.path("/subscriptions/new") : action(id, kind),
                id == null ? visit.path("/subscriptions") : visit.path("/subscriptions/" + id),
                refused);
    }

    private String action(String id, Kind kind) {
        return visit.path("/subscriptions/" + id + (kind == Kind.CHANGE ? "/change" : "/edit"));
    }

    private SubscriptionForm form(
            Kind kind,
            @Nullable String id,
            Fields typed,
            List<String> chosen,
            String seen,
            String action,
            String back,
            Refused refused) {
        String currency = currency(typed);
        return new SubscriptionForm(
                kind,
                id,
                typed.text("customer")
                        .flatMap(this::customer)
                        .map(Names.Customer::called)
                        .orElse(""),
                typed,
                products(typed, chosen, currency, refused),
                currency,
                seen,
                action,
                back,
                refused);
    }

    /** The currency that is chosen, or that of the customer. */
    private String currency(Fields typed) {
        return typed.text("currency")
                .or(() -> typed.text("customer").flatMap(this::customer).map(Names.Customer::currency))
                .orElse("");
    }

    /** The time zone in which times were typed: the one that is chosen, that of the customer, or UTC. */
    String zone(Fields typed) {
        return typed.text("time_zone")
                .or(() -> typed.text("customer").flatMap(this::customer).map(Names.Customer::timeZone))
                .orElse("UTC");
    }

    private Optional<Names.Customer> customer(String id) {
        try {
            return names.customer(id);
        } catch (ApiFault e) {
            return Optional.empty(); // Not an id: the API says so when the form is sent.
        }
    }

    private List<ProductChoice> products(Fields typed, List<String> chosen, String currency, Refused refused) {
        Interval interval = FormFields.chosenInterval(typed);
        return names.sold().stream()
                .map(product -> {
                    String id = product.id();
                    int index = chosen.indexOf(id);
                    return new ProductChoice(
                            id,
                            product.name(),
                            product.type(),
                            index >= 0,
                            product.prices(currency, interval).stream()
                                    .map(price -> words(price, currency, names.unit(id)))
                                    .toList(),
                            typed.get(FormFields.OWN + id),
                            typed.raw(FormFields.OWN_AMOUNT + id),
                            typed.raw(FormFields.OWN_JSON + id),
                            index < 0 ? null : wrong(refused, index));
                })
                .toList();
    }

    private static String words(Names.Price price, String currency, @Nullable String unit) {
        String filter = FilterWords.of(price.filter());
        return PriceWords.of(price.price(), currency, Unit.of(unit)) + (filter.isEmpty() ? "" : " where " + filter);
    }

    private static @Nullable String wrong(Refused refused, int index) {
        String prefix = "products[" + index + "]";
        return refused.violations().stream()
                .filter(violation -> violation.path().startsWith(prefix))
                .map(ApiFault.Violation::message)
                .findFirst()
                .orElse(null);
    }
}
