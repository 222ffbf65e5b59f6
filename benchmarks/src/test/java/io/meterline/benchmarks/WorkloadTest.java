package io.meterline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is sent is what the figures are held against. */
final class WorkloadTest {

    private static final Workload WORKLOAD = new Workload(1_000_000, 200, 24, new Months(YearMonth.of(2026, 1)));

    @Test
    void thePatchedTextIsTheEventOfTheWorkload() throws IOException {
        EventText text = new EventText(WORKLOAD);
        byte[] out = new byte[text.length()];
        for (long index = 0; index < WORKLOAD.rows(); index += 4_321) {
            // When
            assertThat(text.write(out, 0, index, 3)).isEqualTo(out.length);

            // Then
            JsonNode event = JsonMapper.shared().readTree(new String(out, StandardCharsets.UTF_8));
            assertThat(event.path("customer_id").asString()).isEqualTo(Workload.customerName(WORKLOAD.customer(index)));
            assertThat(event.path("event_type").asString()).isEqualTo(Workload.typeName(WORKLOAD.type(index)));
            assertThat(Instant.parse(event.path("timestamp").asString()).getEpochSecond())
                    .isEqualTo(WORKLOAD.months().start(0) + WORKLOAD.second(index, 3));
            assertThat(event.path("record")).hasSize(25);
            assertThat(event.at("/record/id").asString()).hasSize(30).isEqualTo(Workload.recordId(index));
            assertThat(new BigDecimal(event.at("/record/amount").toString()))
                    .isEqualByComparingTo(BigDecimal.valueOf(WORKLOAD.amount(index, 3), 2));
        }
    }

    @Test
    void theTotalsCountTheLastVersionOfEachEvent() {
        Ledger ledger = new Ledger(WORKLOAD, 10);
        ledger.next(4);
        ledger.next(4);
        ledger.next(4);
        long amount = WORKLOAD.amount(4, 2);

        assertThat(ledger.byType()[WORKLOAD.type(4)]).isEqualTo(new Ledger.Total(1, amount));
        assertThat(ledger.byCustomer(WORKLOAD.type(4)))
                .filteredOn(total -> total.events() > 0)
                .containsExactly(new Ledger.Total(1, amount));
    }

    @Test
    void aPercentileIsOneOfTheTimes() {
        Latencies latencies = new Latencies();
        for (int i = 1; i <= 100; i++) {
            latencies.add(i * 1_000_000L);
        }

        assertThat(latencies.millis(500)).isEqualTo(50.0);
        assertThat(latencies.millis(990)).isEqualTo(99.0);
        assertThat(latencies.millis(1_000)).isEqualTo(100.0);
    }
}
