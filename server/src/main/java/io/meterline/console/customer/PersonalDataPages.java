package io.meterline.console.customer;

import io.meterline.access.Role;
import io.meterline.console.Api;
import io.meterline.console.Formats;
import io.meterline.console.Pages;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.http.Json;
import io.meterline.http.Reply;

/** Everything that is kept about a customer, as a file; and its removal. */
final class PersonalDataPages implements Pages.Source {

    PersonalDataPages() {}

    private record Erased(String customerId, long events, long rejectedEvents) {}

    @Override
    public void register(Pages pages) {
        pages.get("/customers/{id}/export", Role.ADMIN, this::export);
        pages.post("/customers/{id}/erase", Role.ADMIN, this::erase);
    }

    private View export(Visit visit) {
        Customer customer = visit.api().get(target(visit), Customer.class);
        Reply reply = visit.api().answer("GET", target(visit) + "/export");
        return new View.Answer(
                reply.header("Content-Disposition", "attachment; filename=\"" + customer.id() + ".ndjson\""));
    }

    private View erase(Visit visit) {
        Customer customer = visit.api().get(target(visit), Customer.class);
        if (!visit.fields().get("confirm").equals(CustomerPage.word(customer))) {
            return View.goTo(
                    visit.path("/customers/" + customer.id()),
                    "Nothing was erased: the word that was typed is another.");
        }
        // By the id that is ours: the audit log keeps the path, and another id may name a person.
        Reply reply = visit.api().post("/v1/customers/" + customer.id() + "/erase");
        Erased erased = Json.mapper().readValue(reply.bytes(), Erased.class);
        return View.goTo(
                visit.path("/customers/" + customer.id()),
                "Erased: %s events, %s rejected events, names and properties."
                        .formatted(Formats.number(erased.events()), Formats.number(erased.rejectedEvents())));
    }

    private static String target(Visit visit) {
        return "/v1/customers/" + Api.encode(visit.id("id"));
    }
}
