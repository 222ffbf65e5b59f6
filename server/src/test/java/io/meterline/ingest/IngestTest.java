package io.meterline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.control.ControlDatabase;
import io.meterline.control.PageRequest;
import io.meterline.customer.CreatePolicy;
import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.store.OverloadedException;
import io.meterline.store.StoreFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {

    private static final PushOptions LIVE = PushOptions.pushed(Environment.LIVE);

    @TempDir
    Path folder;

    private ControlDatabase database;
    private RejectedEvents rejected;
    private final SteeredWriter writer = new SteeredWriter();
    private final KnownCustomers customers = new KnownCustomers();
    private CreatePolicy policy = CreatePolicy.CREATE;
    private Ingest ingest;

    @BeforeEach
    void open() {
        database = ControlDatabase.open(folder, 1, 100);
        InstantSource clock = InstantSource.fixed(Parsing.NOW);
        rejected = new RejectedEvents(database, clock, Duration.ofDays(30), 100);
        ingest = new Ingest(
                writer,
                customers,
                rejected,
                clock,
                _ -> new IngestRules(ExcessDigits.REJECT, Duration.ofDays(1), policy));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void validEventsAreOneGroupInOrderWithTheirCustomers() {
        Pushed pushed = push("[" + event("a", "1") + "," + event("b", "2") + "," + event("a", "3") + "]");

        assertThat(pushed.failed()).isEmpty();
        assertThat(pushed.created())
                .extracting(created -> created.parsed().index())
                .containsExactly(0, 1, 2);
        assertThat(writer.groups).singleElement().satisfies(group -> {
            assertThat(group).extracting(Event::recordId).containsExactly("1", "2", "3");
            assertThat(group).extracting(Event::customer).containsExactly(1L, 2L, 1L);
        });
    }

    @Test
    void refusedEventsMakeNoCustomersAndAreKeptInOrderOfTheirPlace() {
        // Given
        writer.full = event -> event.recordId().equals("full");

        // When
        Pushed pushed = push("[" + event("a", "full") + ",{\"customer_id\":\"b\"}," + event("c", "1") + ","
                + event("cus_x", "2") + "]");

        // Then
        assertThat(pushed.failed()).extracting(RefusedEvent::index).containsExactly(0, 1, 3);
        assertThat(pushed.failed())
                .extracting(failed -> failed.error().code().text())
                .containsExactly("too_many_properties", "missing_field", "unknown_customer");
        assertThat(customers.numbers).containsOnlyKeys("c");
        assertThat(kept())
                .extracting(event -> event.rejection().code())
                .containsExactly("unknown_customer", "missing_field", "too_many_properties");
        assertThat(kept().get(1).rejection().raw()).isEqualTo("{\"customer_id\":\"b\"}");
    }

    @Test
    void unknownCustomersAreRefusedWhereTheEnvironmentSaysSo() {
        policy = CreatePolicy.REFUSE;

        Pushed pushed = push("[" + event("stranger", "1") + "]");

        assertThat(pushed.failed())
                .extracting(failed -> failed.error().code())
                .containsExactly(EventErrorCode.UNKNOWN_CUSTOMER);
        assertThat(writer.groups).isEmpty();
    }

    @Test
    void anOverloadedStoreTakesAndKeepsNothing() {
        writer.overloaded = _ -> true;

        assertThatThrownBy(() -> push("[" + event("a", "1") + ",{}]")).isInstanceOf(OverloadedException.class);

        assertThat(writer.groups).isEmpty();
        assertThat(kept()).isEmpty();
    }

    @Test
    void nothingIsAnsweredBeforeItIsDurable() throws Exception {
        // Given
        writer.durable = new CompletableFuture<>();

        // When
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Pushed> answer = threads.submit(() -> push("[" + event("a", "1") + "]"));
            Awaitility.await().until(() -> !writer.groups.isEmpty());

            // Then
            assertThat(answer.isDone()).isFalse();
            writer.durable.complete(null);
            assertThat(answer.get().created()).hasSize(1);
        }
    }

    @Test
    void aGroupThatCouldNotBeWrittenIsNotAnswered() {
        writer.durable = CompletableFuture.failedFuture(new StoreFailedException("disk", new IOException("full")));

        assertThatThrownBy(() -> push("[" + event("a", "1") + "]")).isInstanceOf(StoreFailedException.class);
    }

    @Test
    void manyPushersAtOnceLoseNothing() throws Exception {
        // Given
        List<Event> written = Collections.synchronizedList(new ArrayList<>());
        SteeredWriter shared = new SteeredWriter() {
            @Override
            public synchronized Receipt append(Environment environment, List<Event> events) {
                written.addAll(events);
                return super.append(environment, events);
            }
        };
        InstantSource clock = InstantSource.fixed(Parsing.NOW);
        Ingest many = new Ingest(
                shared,
                customers,
                rejected,
                clock,
                _ -> new IngestRules(ExcessDigits.REJECT, Duration.ofDays(1), policy));

        // When
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Pushed>> answers = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(() -> many.push(
                            many.parser(LIVE).array(Parsing.bytes("[" + event("c" + i % 7, "n" + i) + ",{}]")), LIVE)))
                    .toList();
            for (Future<Pushed> answer : answers) {
                assertThat(answer.get().created()).hasSize(1);
            }
        }

        // Then
        assertThat(written.stream().map(Event::recordId).collect(Collectors.toSet()))
                .hasSize(50);
        assertThat(customers.numbers).hasSize(7);
        assertThat(rejected.list(Environment.LIVE, RejectedFilter.NONE, PageRequest.FIRST)
                        .total())
                .isEqualTo(50);
    }

    @Test
    void linesGoInByGroupsAndKeepTheirOrder() {
        // Given
        String lines = IntStream.range(0, 12_000)
                .mapToObj(i -> i == 6_000 ? "{broken" : event("a", Integer.toString(i)))
                .collect(Collectors.joining("\n"));

        // When
        List<Pushed> answered = pushLines(lines);

        // Then
        assertThat(writer.groups).extracting(List::size).containsExactly(5_000, 4_999, 2_000);
        assertThat(answered.stream().flatMap(pushed -> pushed.created().stream()))
                .extracting(created -> created.parsed().index())
                .hasSize(11_999)
                .isSorted();
        assertThat(kept())
                .singleElement()
                .satisfies(event -> assertThat(event.rejection().raw()).isEqualTo("{broken"));
    }

    @Test
    void linesThatMeetAFullDiskSaySo() {
        // Given
        writer.overloaded = groups -> groups >= 1;
        writer.reason = OverloadedException.Reason.DISK_FULL;
        String lines = IntStream.range(0, 6_000)
                .mapToObj(i -> event("a", Integer.toString(i)))
                .collect(Collectors.joining("\n"));

        // When
        List<Pushed> answered = pushLines(lines);

        // Then
        assertThat(answered.stream().flatMap(pushed -> pushed.failed().stream()))
                .hasSize(1_000)
                .allSatisfy(failed -> assertThat(failed.error().code()).isEqualTo(EventErrorCode.DISK_FULL));
        assertThat(kept()).isEmpty();
    }

    @Test
    void linesThatFindNoRoomFailAloneOnceOthersWereCreated() {
        // Given
        writer.overloaded = groups -> groups >= 1;
        String lines = IntStream.range(0, 12_000)
                .mapToObj(i -> event("a", Integer.toString(i)))
                .collect(Collectors.joining("\n"));

        // When
        List<Pushed> answered = pushLines(lines);

        // Then
        assertThat(answered.stream().mapToInt(pushed -> pushed.created().size()).sum())
                .isEqualTo(5_000);
        assertThat(answered.stream().flatMap(pushed -> pushed.failed().stream()))
                .hasSize(7_000)
                .allSatisfy(failed -> assertThat(failed.error().code()).isEqualTo(EventErrorCode.OVERLOADED));
        assertThat(kept()).isEmpty();
    }

    @Test
    void linesThatFindNoRoomAtAllFailAsAWhole() {
        writer.overloaded = _ -> true;

        assertThatThrownBy(() -> pushLines("{}\n" + event("a", "1"))).isInstanceOf(OverloadedException.class);
        assertThat(kept()).isEmpty();
    }

    @Test
    void linesThatCouldNotBeWrittenFailAsAWhole() {
        writer.durable = CompletableFuture.failedFuture(new StoreFailedException("disk", new IOException("full")));

        assertThatThrownBy(() -> pushLines(event("a", "1"))).isInstanceOf(StoreFailedException.class);
    }

    private Pushed push(String json) {
        return ingest.push(ingest.parser(LIVE).array(Parsing.bytes(json)), LIVE);
    }

    private List<Pushed> pushLines(String lines) {
        List<Pushed> answered = new ArrayList<>();
        LinePush.push(ingest, Parsing.bytes(lines), LIVE, answered::add);
        return answered;
    }

    private List<RejectedEvent> kept() {
        return rejected.list(Environment.LIVE, RejectedFilter.NONE, PageRequest.FIRST)
                .data();
    }

    private static String event(String customer, String id) {
        return "{\"customer_id\":\"" + customer
                + "\",\"event_type\":\"tx\",\"timestamp\":\"2026-01-05T21:56:52Z\",\"record\":{\"id\":\"" + id + "\"}}";
    }
}
