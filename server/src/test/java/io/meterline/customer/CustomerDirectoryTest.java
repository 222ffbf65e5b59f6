package io.meterline.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.control.ControlDatabase;
import io.meterline.control.SettableClock;
import io.meterline.event.CustomerId;
import io.meterline.event.Environment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CustomerDirectoryTest {

    private static final Environment LIVE = Environment.LIVE;

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private ControlDatabase database;
    private CustomerDirectory directory;
    private Customers customers;

    @BeforeEach
    void open() {
        database = ControlDatabase.open(folder, 2, 10_000);
        directory = new CustomerDirectory(database, clock);
        customers = new Customers(database, directory, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anUnknownExternalIdCreatesAPendingCustomerOnce() {
        Resolution.Resolved first = resolved("acme", "Acme");
        Resolution.Resolved again = resolved("acme", "Another Name");

        assertThat(first.created()).isTrue();
        assertThat(again.created()).isFalse();
        assertThat(again.number()).isEqualTo(first.number());
        assertThat(first.externalId()).isEqualTo("acme");
        Customer customer = customers.get(LIVE, "acme");
        assertThat(customer.status()).isEqualTo(CustomerStatus.AUTOMATICALLY_CREATED);
        assertThat(customer.name()).isEqualTo("Acme");
    }

    @Test
    void aLaterNameNeverRenames() {
        resolved("acme", null);
        resolved("acme", "Acme");
        assertThat(customers.get(LIVE, "acme").name()).isNull();
    }

    @Test
    void theFirstNameOfACallIsTaken() {
        directory.resolve(
                LIVE,
                List.of(
                        CustomerReference.of("acme"),
                        new CustomerReference("acme", " \u0000 "),
                        new CustomerReference("acme", " Acme\n "),
                        new CustomerReference("acme", "Other")),
                CreatePolicy.CREATE);
        assertThat(customers.get(LIVE, "acme").name()).isEqualTo("Acme");
    }

    @Test
    void ourIdsAreLookedUpAndNeverCreated() {
        Customer made = customers.create(LIVE, CustomerDraft.of("acme"));
        String unknown = CustomerId.next(new Random(7));

        Map<String, Resolution> answer =
                directory.resolve(LIVE, references(List.of(made.id(), unknown)), CreatePolicy.CREATE);

        assertThat(answer.get(made.id()))
                .isEqualTo(new Resolution.Resolved(made.number(), made.number(), made.id(), "acme", false));
        assertThat(refusal(answer.get(unknown))).isEqualTo("unknown_customer");
        assertThat(directory.byNumber(List.of(made.number(), made.number() + 1)))
                .containsOnlyKeys(made.number());
    }

    @Test
    void aTextThatOnlyLooksLikeOurIdIsAnExternalId() {
        assertThat(resolved("cus_fh4585Jjrekkk", null).created()).isTrue();
    }

    @Test
    void thePolicyMayRefuseUnknownExternalIds() {
        Map<String, Resolution> answer = directory.resolve(LIVE, references(List.of("acme")), CreatePolicy.REFUSE);
        assertThat(refusal(answer.get("acme"))).isEqualTo("unknown_customer");
        assertThat(resolved("acme", null).created()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\u0000b", "a\nb", "\u007f", "\ud800"})
    void textsThatCannotNameACustomerAreRefused(String text) {
        assertThat(refusal(directory
                        .resolve(LIVE, references(List.of(text)), CreatePolicy.CREATE)
                        .get(text)))
                .isEqualTo("invalid_customer_id");
    }

    @Test
    void lengthIsCountedInCharactersNotInUnits() {
        String longest = "😀".repeat(255);
        String tooLong = "a".repeat(256);
        assertThat(resolved(longest, null).created()).isTrue();
        assertThat(refusal(directory
                        .resolve(LIVE, references(List.of(tooLong)), CreatePolicy.CREATE)
                        .get(tooLong)))
                .isEqualTo("invalid_customer_id");
    }

    @Test
    void externalIdsAreComparedExactly() {
        assertThat(resolved("Acme", null).number())
                .isNotEqualTo(resolved("acme", null).number())
                .isNotEqualTo(resolved("acme ", null).number());
    }

    @Test
    void thousandsOfUnknownIdsAreCreatedInOneCall() {
        List<String> texts =
                IntStream.range(0, 5_000).mapToObj(i -> "customer-" + i).toList();
        Map<String, Resolution> answer = directory.resolve(LIVE, references(texts), CreatePolicy.CREATE);

        assertThat(answer).hasSize(5_000);
        assertThat(answer.values().stream().map(CustomerDirectoryTest::number).distinct())
                .hasSize(5_000);
    }

    @Test
    void concurrentFirstEventsCreateExactlyOneCustomer() throws Exception {
        int threads = 32;
        List<String> texts = IntStream.range(0, 20).mapToObj(i -> "c" + i).toList();
        CountDownLatch start = new CountDownLatch(1);
        List<Map<String, Resolution>> answers = new ArrayList<>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Map<String, Resolution>>> all = IntStream.range(0, threads)
                    .mapToObj(_ -> pool.submit(() -> {
                        start.await();
                        return directory.resolve(LIVE, references(texts), CreatePolicy.CREATE);
                    }))
                    .toList();
            start.countDown();
            for (Future<Map<String, Resolution>> one : all) {
                answers.add(one.get());
            }
        }
        for (String text : texts) {
            assertThat(answers.stream().map(answer -> number(answer.get(text))).distinct())
                    .hasSize(1);
            assertThat(answers.stream().filter(answer -> created(answer.get(text))))
                    .hasSize(1);
        }
        long rows = database.read(handle -> handle.select("SELECT count(*) FROM customers")
                .mapTo(Long.class)
                .one());
        assertThat(rows).isEqualTo(20);
    }

    @Test
    void aRenameIsSeenByTheNextLookup() {
        Customer made = customers.create(LIVE, CustomerDraft.of("old"));
        assertThat(resolved("old", null).externalId()).isEqualTo("old");

        customers.update(LIVE, made.id(), CustomerDraft.of("new"));

        assertThat(resolved("old", null).externalId()).isEqualTo("new");
        assertThat(resolved("new", null).number()).isEqualTo(made.number());
        assertThat(directory.byNumber(List.of(made.number())).get(made.number()))
                .isEqualTo(new CustomerRef(made.number(), made.number(), made.id(), "new"));
    }

    @Test
    void aMergeKeepsTheNumberOfTheTextAndChangesWhatItCountsFor() {
        Customer a = customers.create(LIVE, CustomerDraft.of("a"));
        Customer b = customers.create(LIVE, CustomerDraft.of("b"));
        resolved("a", null);

        customers.merge(LIVE, "a", "b");

        assertThat(resolved("a", null)).isEqualTo(new Resolution.Resolved(a.number(), b.number(), b.id(), "a", false));
        assertThat(directory.byNumber(List.of(a.number())).get(a.number()))
                .isEqualTo(new CustomerRef(a.number(), b.number(), b.id(), "b"));
    }

    @Test
    void aHitDoesNotTouchTheDatabase() {
        Resolution.Resolved before = resolved("acme", null);
        directory.byNumber(List.of(before.number()));
        resolved("acme", null);

        database.close();

        assertThat(resolved("acme", null).number()).isEqualTo(before.number());
        assertThat(directory.byNumber(List.of(before.number()))).hasSize(1);
    }

    @Test
    void whatWasCreatedIsThereAfterARestart() {
        long number = resolved("acme", null).number();
        close();
        open();
        Resolution.Resolved after = resolved("acme", null);
        assertThat(after.number()).isEqualTo(number);
        assertThat(after.created()).isFalse();
    }

    private Resolution.Resolved resolved(String text, @Nullable String name) {
        return asResolved(directory
                .resolve(LIVE, List.of(new CustomerReference(text, name)), CreatePolicy.CREATE)
                .get(text));
    }

    private static List<CustomerReference> references(Collection<String> texts) {
        return texts.stream().map(CustomerReference::of).toList();
    }

    private static String refusal(@Nullable Resolution resolution) {
        assertThat(resolution).isInstanceOf(Resolution.Refused.class);
        return ((Resolution.Refused) Objects.requireNonNull(resolution)).code();
    }

    private static Resolution.Resolved asResolved(@Nullable Resolution resolution) {
        assertThat(resolution).isInstanceOf(Resolution.Resolved.class);
        return (Resolution.Resolved) Objects.requireNonNull(resolution);
    }

    private static long number(@Nullable Resolution resolution) {
        return asResolved(resolution).number();
    }

    private static boolean created(@Nullable Resolution resolution) {
        return asResolved(resolution).created();
    }
}
