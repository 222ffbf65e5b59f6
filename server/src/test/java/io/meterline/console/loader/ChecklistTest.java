package io.meterline.console.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.console.loader.Checklist.Line;
import io.meterline.console.loader.Preview.Check;
import io.meterline.console.loader.Preview.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChecklistTest {

    private static final Check ID = new Check("id", true, "The query returns id.", null);
    private static final Check TIMESTAMP = new Check("timestamp", true, "The query returns timestamp.", null);

    @Test
    void aMissingColumnIsRedWithItsHintAndTheQueryPutRight() {
        Check missing = new Check("customerId", false, "The query returns no column customerId.", "Quote it.");
        Preview preview = new Preview(
                List.of(ID, missing, TIMESTAMP),
                List.of(new Column("id", "int8"), new Column("customerid", "text"), new Column("timestamp", "date")),
                List.of(),
                3);

        List<Line> required = Checklist.of(preview, "select id, a as customerId, timestamp from t")
                .required();

        assertThat(required).extracting(Line::state).containsExactly("ok", "bad", "ok");
        assertThat(required.get(1).hint()).isEqualTo("Quote it.");
        assertThat(required.get(1).fix()).isEqualTo("select id, a as \"customerId\", timestamp from t");
    }

    @Test
    void whatIsWorthKnowingIsSaidOfTheColumnsThatAreThere() {
        Check customer = new Check("customerId", true, "The query returns customerId.", null);
        Preview preview = new Preview(
                List.of(ID, customer, TIMESTAMP, new Check("unique_id", false, "It comes twice.", "Return another.")),
                List.of(
                        new Column("id", "int8"),
                        new Column("customerId", "text"),
                        new Column("customerName", "text"),
                        new Column("timestamp", "date"),
                        new Column("deletedAt", "date")),
                List.of(),
                3);

        Checklist list = Checklist.of(preview, "select …");

        assertThat(list.required().getFirst().state()).isEqualTo("warn");
        assertThat(list.worth())
                .extracting(Line::name, Line::state)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("customerName", "ok"),
                        org.assertj.core.groups.Tuple.tuple("deletedAt", "warn"),
                        org.assertj.core.groups.Tuple.tuple("2 of 25", "ok"));
    }
}
