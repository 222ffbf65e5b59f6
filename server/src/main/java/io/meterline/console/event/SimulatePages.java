package io.meterline.console.event;

import io.meterline.access.Role;
import io.meterline.console.Address;
import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.Area;
import io.meterline.console.Crumb;
import io.meterline.console.EventTypes;
import io.meterline.console.Formats;
import io.meterline.console.Pages;
import io.meterline.console.Refused;
import io.meterline.console.Toast;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.http.Fields;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Events that are made up, in test only. */
public final class SimulatePages implements Pages.Source {

    private static final String PATH = "/events/simulate";
    private static final String FIRST_RECORD = "{\n  \"calls\": 250,\n  \"endpoint\": \"/v1/search\"\n}";

    private final EventTypes types;
    private final InstantSource clock;

    public SimulatePages(EventTypes types, InstantSource clock) {
        this.types = types;
        this.clock = clock;
    }

    @Override
    public void register(Pages pages) {
        pages.get(PATH, Role.EDITOR, this::form).takes("type");
        pages.post(PATH, Role.EDITOR, this::push);
    }

    private record Pushed(List<Failed> eventsFailed) {}

    private record Failed(Error error) {
        record Error(String message) {}
    }

    private View form(Visit visit) {
        onlyInTest(visit);
        Stored last = visit
                .query()
                .text("type")
                .map(type -> latest(visit, "&event_type=" + Api.encode(type)))
                .orElseGet(() -> latest(visit, ""))
                .stream()
                .findFirst()
                .orElse(null);
        Map<String, String> typed = new LinkedHashMap<>();
        typed.put("type", visit.query().text("type").orElse(last == null ? "api_calls" : last.eventType()));
        typed.put(
                "customer",
                last == null ? "acme" : last.asSent().path("customer_id").asString(""));
        typed.put("at", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        typed.put("count", "10");
        typed.put("spread", "moment");
        typed.put("record", last == null ? FIRST_RECORD : record(last));
        return page(visit, typed, Map.of(), Refused.NOTHING, 200);
    }

    private static List<Stored> latest(Visit visit, String filter) {
        return Stored.list(visit.api(), "/v1/events?take=1" + filter).data();
    }

    // Its id would be that of another event.
    private static String record(Stored event) {
        JsonNode record = event.record().deepCopy();
        if (record instanceof ObjectNode object) {
            object.remove("id");
        }
        return Text.pretty(record);
    }

    private View push(Visit visit) {
        onlyInTest(visit);
        Fields fields = visit.fields();
        try {
            Simulation simulation = Simulation.of(fields, clock.instant());
            List<ObjectNode> events = simulation.events();
            // The first alone: what is wrong with it is wrong with all, and said field by field.
            visit.api().post("/v1/events", events.getFirst(), JsonNode.class);
            int failed = 0;
            if (events.size() > 1) {
                failed = visit.api()
                        .post("/v1/events/batch", events.subList(1, events.size()), Pushed.class)
                        .eventsFailed()
                        .size();
            }
            return done(visit, simulation, failed);
        } catch (Simulation.Wrong e) {
            return page(visit, typed(fields), e.fields(), Refused.NOTHING, 422);
        } catch (ApiFault e) {
            return page(visit, typed(fields), fields(e), Refused.by(e), 422);
        }
    }

    private static View done(Visit visit, Simulation simulation, int failed) {
        int made = simulation.count() - failed;
        String path = Address.of("/events")
                .with("type", simulation.type())
                .with("customer", simulation.customer())
                .with("order", "arrival")
                .text();
        String text = made == 1 ? "1 event is pushed." : Formats.number(made) + " events are pushed.";
        return new View.GoTo(
                visit.path(path),
                failed == 0
                        ? Toast.done(text)
                        : Toast.failed(text + " " + Formats.number(failed) + " were refused.")
                                .with("Rejected", "/events/rejected"));
    }

    private static Map<String, String> fields(ApiFault fault) {
        Map<String, String> wrong = new LinkedHashMap<>();
        for (ApiFault.Violation violation : fault.errors()) {
            String path = violation.path();
            String field = path.startsWith("record")
                    ? "record"
                    : switch (path) {
                        case "event_type" -> "type";
                        case "customer_id" -> "customer";
                        case "timestamp" -> "at";
                        default -> "";
                    };
            String where = path.startsWith("record.") ? path.substring("record.".length()) + ": " : "";
            wrong.putIfAbsent(field, where + violation.message());
        }
        return wrong;
    }

    private static Map<String, String> typed(Fields fields) {
        Map<String, String> typed = new LinkedHashMap<>();
        for (String name : List.of("type", "customer", "at", "count", "spread", "record")) {
            typed.put(name, fields.raw(name));
        }
        return typed;
    }

    private View page(Visit visit, Map<String, String> typed, Map<String, String> wrong, Refused refused, int status) {
        return new View.Whole(
                "events/simulate.jte",
                Area.EVENTS,
                List.of(new Crumb("Events", EventFilter.LIST), new Crumb("Simulate", null)),
                new SimulatePage(types.of(visit), Simulation.spreads(), typed, wrong, refused),
                status);
    }

    private static void onlyInTest(Visit visit) {
        if (visit.environment() != Environment.TEST) {
            throw new RuleException(
                    Kind.NOT_FOUND,
                    "not_found",
                    "Events are made up in the test environment only. Switch to test at the top.");
        }
    }
}
