package io.meterline.console.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterline.http.Fields;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class SimulationTest {

    private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");

    @Test
    void eachEventHasAnIdOfItsOwnAndTheSameFormMakesTheSameOnes() {
        List<String> ids = ids(form(Map.of("count", "3", "record", "{\"id\": \"call\", \"n\": 1.50}")));
        assertThat(ids).doesNotHaveDuplicates().hasSize(3).allMatch(id -> id.startsWith("call-"));
        assertThat(ids(form(Map.of("count", "3", "record", "{\"id\": \"call\"}"))))
                .isEqualTo(ids);
        assertThat(ids(form(Map.of("count", "3", "record", "{\"id\": \"call\"}", "form_id", "another-one"))))
                .doesNotContainAnyElementsOf(ids);
    }

    @Test
    void recordsAreSentWithTheDigitsThatWereTyped() {
        ObjectNode event = Simulation.of(form(Map.of("record", "{\"n\": 12345678901234567.123456789}")), NOW)
                .events()
                .getFirst();
        assertThat(event.path("record").toString()).contains("12345678901234567.123456789");
    }

    @Test
    void eventsAreSpreadUpToTheMomentThatIsAskedFor() {
        List<ObjectNode> events = Simulation.of(
                        form(Map.of("count", "3", "spread", "hour", "at", "2026-01-05T10:00:00.000Z")), NOW)
                .events();
        assertThat(events.stream().map(event -> event.path("timestamp").asString()))
                .containsExactly("2026-01-05T09:00:00Z", "2026-01-05T09:30:00Z", "2026-01-05T10:00:00Z");
    }

    @Test
    void whatTheApiCouldNotSayIsSaidFieldByField() {
        Fields fields = form(Map.of("count", "1001", "record", "[1]", "at", "ACTIVE_DATE"));
        Simulation.Wrong wrong = catchThrowableOfType(Simulation.Wrong.class, () -> Simulation.of(fields, NOW));
        assertThat(wrong.fields()).containsOnlyKeys("at", "count", "record");
    }

    private static List<String> ids(Fields form) {
        return Simulation.of(form, NOW).events().stream()
                .map(event -> event.path("record").path("id").asString())
                .toList();
    }

    private static Fields form(Map<String, String> typed) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "type", "api_calls",
                "customer", "acme",
                "count", "1",
                "record", "{}",
                "form_id", "0a1b2c3d-4e5f"));
        fields.putAll(typed);
        return Fields.of(fields);
    }
}
