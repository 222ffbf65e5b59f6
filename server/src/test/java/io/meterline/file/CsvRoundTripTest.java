package io.meterline.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.EventKey;
import io.meterline.event.PropertyValue;
import io.meterline.event.Source;
import io.meterline.ingest.Batch;
import io.meterline.ingest.EventParser;
import io.meterline.ingest.ExcessDigits;
import io.meterline.ingest.NumberRules;
import io.meterline.ingest.PushOptions;
import io.meterline.ingest.TimestampRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What is written as CSV is read again as it was: every digit, every character, and which kind of value it is. */
class CsvRoundTripTest {

    @Property(tries = 300)
    void anEventSurvivesCsv(
            @ForAll("texts") String id,
            @ForAll @LongRange(min = 0, max = 1_769_000_000_000_000L) long micros,
            @ForAll @Size(max = 20) List<@From("values") PropertyValue> values)
            throws IOException {
        // Given
        List<TableColumn> columns = new ArrayList<>(List.of(
                new TableColumn("timestamp", TableColumn.Kind.TIME),
                new TableColumn("event_type", TableColumn.Kind.TEXT),
                new TableColumn("customer_id", TableColumn.Kind.TEXT),
                new TableColumn("record/id", TableColumn.Kind.TEXT)));
        List<@Nullable PropertyValue> cells = new ArrayList<>(List.of(
                new PropertyValue.Text(io.meterline.event.Timestamps.text(micros)),
                new PropertyValue.Text("e"),
                new PropertyValue.Text("c"),
                new PropertyValue.Text("x" + id)));
        for (int i = 0; i < values.size(); i++) {
            boolean json = values.get(i) instanceof PropertyValue.Array;
            columns.add(new TableColumn(
                    (json ? "record.json/" : "record/") + "p " + i + ",\"",
                    json ? TableColumn.Kind.JSON : TableColumn.Kind.TEXT));
            cells.add(values.get(i));
        }

        // When
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TableWriter table = new CsvTable(out)) {
            table.begin(columns);
            table.row(cells);
            table.end();
        }
        Event event = read(out.toByteArray());

        // Then
        assertThat(event.recordId()).isEqualTo("x" + id);
        assertThat(event.timestampMicros()).isEqualTo(micros);
        assertThat(event.key()).isEqualTo(EventKey.ofPushed(Environment.LIVE, "e", "x" + id));
        assertThat(event.properties())
                .extracting(io.meterline.event.Property::value)
                .containsExactlyElementsOf(values);
    }

    private static Event read(byte[] csv) throws IOException {
        Path file = Files.createTempFile("round-trip", ".csv");
        try {
            Files.write(file, csv);
            Chunk chunk = new Chunk();
            try (RecordSource source = RecordSource.open(FileType.CSV, file)) {
                assertThat(source.next(chunk)).isTrue();
                assertThat(source.next(chunk)).isFalse();
            }
            Batch batch = chunk.parse(new EventParser(
                    new PushOptions(Environment.LIVE, Source.IMPORT, false),
                    new TimestampRules(Instant.parse("2026-02-01T00:00:00Z"), Duration.ofDays(1)),
                    new NumberRules(ExcessDigits.REJECT)));
            assertThat(batch.refused()).isEmpty();
            return batch.events().getFirst().event();
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> any = Arbitraries.strings()
                .all()
                .excludeChars('\0')
                .ofMaxLength(30)
                .filter(text ->
                        text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
        return Arbitraries.oneOf(
                any,
                Arbitraries.strings().withChars(",\"\r\n\t '\\;=ab").ofMaxLength(12),
                Arbitraries.of("007", "12.50", "-1", "1e3", "true", "false", "null", "NaN", "", " ", "\"", "\"\""));
    }

    @Provide
    Arbitrary<PropertyValue> values() {
        Arbitrary<PropertyValue> text = texts().map(PropertyValue.Text::new);
        return Arbitraries.oneOf(
                text,
                scalars().map(value -> value),
                scalars().list().ofMaxSize(5).map(PropertyValue.Array::new));
    }

    private Arbitrary<PropertyValue.Scalar> scalars() {
        Arbitrary<PropertyValue.Scalar> numbers = Arbitraries.bigIntegers()
                .between(
                        BigInteger.TEN.pow(38).negate().add(BigInteger.ONE),
                        BigInteger.TEN.pow(38).subtract(BigInteger.ONE))
                .map(unscaled -> new PropertyValue.Number(new BigDecimal(unscaled, 18)));
        return Arbitraries.oneOf(
                numbers,
                Arbitraries.of(PropertyValue.Bool.TRUE, PropertyValue.Bool.FALSE),
                texts().map(PropertyValue.Text::new));
    }
}
