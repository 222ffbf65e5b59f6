package io.meterline.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterline.control.ControlDatabase;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.control.Status;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AggregatorsTest {

    private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-01-06T00:00:00Z");

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(MONDAY);
    private final AtomicInteger lastId = new AtomicInteger();
    private ControlDatabase database;
    private Aggregators aggregators;

    @BeforeEach
    void open() {
        database = ControlDatabase.open(folder, 2, 100);
        aggregators = new Aggregators(database, () -> "agg_" + lastId.incrementAndGet(), now::get);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatWasCreatedIsReadAgain() {
        Definition definition = TestDefinitions.of("""
                {"name":"Storage","event_type":"disk","operation":"percentile","property":"gb","percentile":"99.9",
                 "unit_name":"GB","filter":{"conditional":"or","fields":[
                   {"property":"deleted_at","operator":"is_null"},
                   {"property":"size","operator":"in","value":[1.50,"x",true,null]}]}}""");

        Aggregator created = aggregators.create(Environment.LIVE, definition);

        assertThat(created).isEqualTo(new Aggregator("agg_1", 1, definition, Status.ACTIVE, MONDAY, MONDAY));
        assertThat(aggregators.get(Environment.LIVE, "agg_1")).isEqualTo(created);
    }

    @Test
    void anEditMakesANewVersionAndKeepsTheOldOne() {
        // Given
        Definition first = TestDefinitions.sum("calls", "amount");
        Definition second = TestDefinitions.of(
                "{\"name\":\"a\",\"event_type\":\"calls\",\"operation\":\"formula\",\"formula\":\"amount * 2\"}");
        aggregators.create(Environment.LIVE, first);
        now.set(TUESDAY);

        // When
        Aggregator edited = aggregators.update(Environment.LIVE, "agg_1", second);

        // Then
        assertThat(edited).isEqualTo(new Aggregator("agg_1", 2, second, Status.ACTIVE, MONDAY, TUESDAY));
        assertThat(aggregators.get(Environment.LIVE, "agg_1")).isEqualTo(edited);
        assertThat(aggregators.version(Environment.LIVE, "agg_1", 1))
                .isEqualTo(new Aggregator("agg_1", 1, first, Status.ACTIVE, MONDAY, MONDAY));
        assertThat(aggregators
                        .versions(Environment.LIVE, "agg_1", PageRequest.FIRST)
                        .data())
                .extracting(Aggregator::version)
                .containsExactly(2, 1);
    }

    @Test
    void anEditThatChangesNothingMakesNoVersion() {
        aggregators.create(Environment.LIVE, TestDefinitions.sum("calls", "amount"));
        now.set(TUESDAY);

        Aggregator edited = aggregators.update(Environment.LIVE, "agg_1", TestDefinitions.sum("calls", "amount"));

        assertThat(edited.version()).isEqualTo(1);
        assertThat(edited.updatedAt()).isEqualTo(MONDAY);
    }

    @Test
    void anArchivedOneIsReadAndNotEdited() {
        aggregators.create(Environment.LIVE, TestDefinitions.count("calls"));

        aggregators.archive(Environment.LIVE, "agg_1");
        aggregators.archive(Environment.LIVE, "agg_1");

        assertThat(aggregators.get(Environment.LIVE, "agg_1").status()).isEqualTo(Status.ARCHIVED);
        assertThat(codeOf(() -> aggregators.update(Environment.LIVE, "agg_1", TestDefinitions.count("x"))))
                .isEqualTo("aggregator_archived");
    }

    @Test
    void theOtherEnvironmentDoesNotSeeIt() {
        aggregators.create(Environment.LIVE, TestDefinitions.count("calls"));

        assertThat(codeOf(() -> aggregators.get(Environment.TEST, "agg_1"))).isEqualTo("unknown_aggregator");
        assertThat(codeOf(() -> aggregators.archive(Environment.TEST, "agg_1"))).isEqualTo("unknown_aggregator");
        assertThat(codeOf(() -> aggregators.version(Environment.TEST, "agg_1", 1)))
                .isEqualTo("unknown_aggregator");
        assertThat(aggregators
                        .list(Environment.TEST, AggregatorFilter.ACTIVE, PageRequest.FIRST)
                        .total())
                .isZero();
    }

    @Test
    void aVersionThatIsNotThereIsSaid() {
        aggregators.create(Environment.LIVE, TestDefinitions.count("calls"));

        assertThat(codeOf(() -> aggregators.version(Environment.LIVE, "agg_1", 2)))
                .isEqualTo("unknown_version");
    }

    @Test
    void listsAreFilteredAndReadPageByPage() {
        // Given
        for (int i = 0; i < 7; i++) {
            aggregators.create(Environment.LIVE, TestDefinitions.count(i < 5 ? "calls" : "users"));
        }
        aggregators.archive(Environment.LIVE, "agg_2");

        // When
        List<String> ids = new ArrayList<>();
        PageRequest next = new PageRequest(2, 0, null);
        while (true) {
            Page<Aggregator> page =
                    aggregators.list(Environment.LIVE, new AggregatorFilter(Set.of(Status.ACTIVE), "calls"), next);
            assertThat(page.total()).isEqualTo(4);
            page.data().forEach(it -> ids.add(it.id()));
            if (page.nextCursor() == null) {
                break;
            }
            next = new PageRequest(2, 0, page.nextCursor());
        }

        // Then
        assertThat(ids).containsExactly("agg_5", "agg_4", "agg_3", "agg_1");
        assertThat(aggregators
                        .list(Environment.LIVE, new AggregatorFilter(Set.of(Status.ARCHIVED), null), PageRequest.FIRST)
                        .data())
                .extracting(Aggregator::id)
                .containsExactly("agg_2");
    }

    private static String codeOf(ThrowingCallable call) {
        return catchThrowableOfType(RuleException.class, call).code();
    }
}
