package io.meterline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.EventKey;
import io.meterline.event.Property;
import io.meterline.event.PropertyValue;
import io.meterline.event.RuleException;
import io.meterline.event.Source;
import io.meterline.event.Timestamps;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventParserTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'timestamp':'ACTIVE_DATE','record':{'id':1,'customer_id':'no'},'customer_id':'acme','event_type':'users'}",
                "{'record':{'a':{'b':[{'customer_id':'no'}]},'id':1},'event_type':'users','timestamp':1,'customer_id':'acme'}",
                "{'unknown':[{'event_type':'no'}],'event_type':'users','customer_id':'acme'}",
            })
    void refusedEventKnowsItsCustomerAlsoWhenTheFaultComesFirst(String json) {
        assertThat(Parsing.one(json.replace('\'', '"')).refused())
                .singleElement()
                .satisfies(refused -> {
                    assertThat(refused.customer()).isEqualTo("acme");
                    assertThat(refused.eventType()).isEqualTo("users");
                });
    }

    @Test
    void secondFaultOfAnEventIsNotTold() {
        String json =
                "{\"timestamp\":\"ACTIVE_DATE\",\"customer_id\":5,\"event_type\":\"users\",\"record\":{\"id\":1}}";
        assertThat(Parsing.one(json).refused()).singleElement().satisfies(refused -> {
            assertThat(refused.error().code()).isEqualTo(EventErrorCode.INVALID_TIMESTAMP);
            assertThat(refused.customer()).isNull();
        });
    }

    @Test
    void everyPartOfAnEventIsRead() {
        // Given
        String record = "{ \"amount\" : 2500.50, \"id\":485, \"tags\":[\"é\",1,null,true] ,\"deleted_at\":null}";
        String json = "{\"record\":" + record
                + ",\"timestamp\":\"2026-01-05T21:56:52.1234567Z\",\"event_type\":\"new_transaction\",\"customer_id\":\"acme\"}";

        // When
        Batch batch = Parsing.one(json);

        // Then
        long micros = Timestamps.micros(Instant.parse("2026-01-05T21:56:52.123456Z"));
        assertThat(batch.refused()).isEmpty();
        assertThat(batch.events()).singleElement().satisfies(parsed -> {
            assertThat(parsed.customer()).isEqualTo("acme");
            assertThat(Parsing.slice(batch, parsed.recordStart(), parsed.recordEnd()))
                    .isEqualTo(record);
            assertThat(parsed.of(7))
                    .isEqualTo(new Event(
                            EventKey.ofPushed(Environment.LIVE, "new_transaction", "485"),
                            "new_transaction",
                            7,
                            micros,
                            micros,
                            false,
                            Source.PUSH,
                            "485",
                            true,
                            List.of(
                                    new Property("amount", new PropertyValue.Number(new BigDecimal("2500.5"))),
                                    new Property(
                                            "tags",
                                            new PropertyValue.Array(List.of(
                                                    new PropertyValue.Text("é"),
                                                    new PropertyValue.Number(BigDecimal.ONE),
                                                    PropertyValue.Null.NULL,
                                                    PropertyValue.Bool.TRUE))),
                                    new Property("deleted_at", PropertyValue.Null.NULL))));
        });
    }

    @Test
    void numberAndTextOfAnIdAreOneKey() {
        Batch batch =
                Parsing.array("[" + Parsing.event("{\"id\":485}") + "," + Parsing.event("{\"id\":\"485\"}") + "]");

        assertThat(batch.events())
                .extracting(parsed -> parsed.event().key().id())
                .containsOnly(EventKey.ofPushed(Environment.LIVE, "tx", "485").id());
        assertThat(batch.events())
                .extracting(parsed -> parsed.event().idIsNumber())
                .containsExactly(true, false);
    }

    @Test
    void twentyFivePropertiesWithTheIdLastAreAccepted() {
        StringBuilder record = new StringBuilder("{");
        for (int i = 1; i <= 24; i++) {
            record.append("\"p").append(i).append("\":0,");
        }

        Batch batch = Parsing.one(Parsing.event(record.append("\"id\":1}").toString()));

        assertThat(batch.events()).hasSize(1);
    }

    @Test
    void aByteOrderMarkDoesNotShiftTheOffsets() {
        Batch batch = Parsing.one("\ufeff" + Parsing.event("{\"id\":1}"));

        assertThat(batch.events())
                .singleElement()
                .satisfies(parsed -> assertThat(Parsing.slice(batch, parsed.recordStart(), parsed.recordEnd()))
                        .isEqualTo("{\"id\":1}"));
    }

    @Test
    void fiveThousandEventsAreAnArrayAndOneMoreIsTooMany() {
        String event = Parsing.event("{\"id\":1}");

        assertThat(Parsing.array("[" + String.join(",", Collections.nCopies(5000, event)) + "]")
                        .events())
                .hasSize(5000);
        assertThatThrownBy(() -> Parsing.array("[" + String.join(",", Collections.nCopies(5001, event)) + "]"))
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isEqualTo("too_many_events"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~|invalid_json",
                "[|invalid_json",
                "[]|empty_batch",
                "{}|expected_array",
                "5|expected_array",
                "[{]|invalid_json",
                "[{}]]|invalid_json",
                "[{}],|invalid_json",
                "[{\"record\":{\"a\":NaN}}]|invalid_json",
                "[{\"record\":{\"a\":01}}]|invalid_json",
                "[{\"record\":{\"a\":+1}}]|invalid_json",
                "[{\"record\":{\"a\":.5}}]|invalid_json",
                "[{'a':1}]|invalid_json",
                "[{} {}]|invalid_json",
                "[{},]|invalid_json",
                "[/* */{}]|invalid_json",
                "{\"a\":1|invalid_json",
            })
    void aBodyThatIsNoArrayOfJsonIsRefusedAsAWhole(String body, String code) {
        assertThatThrownBy(() -> Parsing.array(body))
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void deepJsonIsRefusedWithoutAStackOverflow() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertThatThrownBy(() -> Parsing.array(deep))
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isEqualTo("json_too_deep"));
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedAsAWholeButOnlyTheirLineInNdjson() {
        byte[] overlong = "XX".getBytes(StandardCharsets.US_ASCII);
        overlong[0] = (byte) 0xC0;
        overlong[1] = (byte) 0xAF;
        String good = Parsing.event("{\"id\":1}");
        String latin = good.replace("acme", "XX");
        String marked = new String(overlong, StandardCharsets.ISO_8859_1);
        byte[] bad = latin.replace("XX", marked).getBytes(StandardCharsets.ISO_8859_1);
        byte[] lines = (good + "\n" + latin.replace("XX", marked) + "\n").getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> Parsing.parser().one(bad))
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isEqualTo("invalid_json"));
        Batch batch = new EventLines(lines, Parsing.parser()).next(10);
        assertThat(batch.events()).hasSize(1);
        assertThat(batch.refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.error().code()).isEqualTo(EventErrorCode.INVALID_JSON));
    }

    @Test
    void brokenLinesFailAloneAndBlankOnesDoNotCount() {
        // Given
        String good = Parsing.event("{\"id\":1}");
        byte[] body = Parsing.bytes("\n" + good + "\r\n  \n{\"a\":\n" + good + good + "\n[]\n" + good);

        // When
        EventLines lines = new EventLines(body, Parsing.parser());
        Batch first = lines.next(2);
        Batch rest = lines.next(100);

        // Then
        assertThat(EventLines.count(body)).isEqualTo(5);
        assertThat(first.events()).extracting(ParsedEvent::index).containsExactly(0);
        assertThat(first.refused()).extracting(RefusedEvent::index).containsExactly(1);
        assertThat(rest.refused()).extracting(RefusedEvent::index).containsExactly(2, 3);
        assertThat(rest.refused())
                .extracting(refused -> refused.error().code())
                .containsExactly(EventErrorCode.INVALID_JSON, EventErrorCode.NOT_AN_OBJECT);
        assertThat(rest.events())
                .singleElement()
                .satisfies(parsed -> assertThat(Parsing.slice(rest, parsed.recordStart(), parsed.recordEnd()))
                        .isEqualTo("{\"id\":1}"));
        assertThat(lines.hasNext()).isFalse();
    }
}
