package io.meterline.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.control.ControlDatabase;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.control.SettableClock;
import io.meterline.event.CustomerId;
import io.meterline.event.Environment;
import io.meterline.event.Period;
import io.meterline.event.RuleException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

final class CustomersTest {

    private static final Environment LIVE = Environment.LIVE;

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private ControlDatabase database;
    private CustomerDirectory directory;
    private Customers customers;

    @BeforeEach
    void open() {
        database = ControlDatabase.open(folder, 2, 1_000);
        directory = new CustomerDirectory(database, clock);
        customers = new Customers(database, directory, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aCustomerKeepsEveryFieldAcrossARestart() {
        ObjectNode properties = CustomerJson.parse("{\"plan\":\"pro\",\"rate\":0.10,\"tags\":[1,\"a\",null]}");
        Customer made = customers.create(LIVE, new CustomerDraft("acme", "Acme", "EUR", "Europe/Paris", properties));

        close();
        open();

        Customer found = customers.get(LIVE, made.id());
        assertThat(found).isEqualTo(made);
        assertThat(found.externalId()).isEqualTo("acme");
        assertThat(found.name()).isEqualTo("Acme");
        assertThat(found.currency()).isEqualTo("EUR");
        assertThat(found.timeZone()).isEqualTo("Europe/Paris");
        assertThat(found.properties()).isEqualTo(properties);
        assertThat(found.status()).isEqualTo(CustomerStatus.ACTIVE);
        assertThat(customers.get(LIVE, "acme")).isEqualTo(found);
    }

    @Test
    void everyWrongFieldIsNamed() {
        ObjectNode nested = CustomerJson.parse("{\"a\":{\"b\":1},\"c\":[[1]],\"d\":123456789012345678901}");

        assertThatThrownBy(() -> customers.create(LIVE, new CustomerDraft("\u0007", " ", "EURO", "Paris", nested)))
                .isInstanceOfSatisfying(RuleException.class, e -> {
                    assertThat(e.kind()).isEqualTo(RuleException.Kind.INVALID);
                    assertThat(e.code()).isEqualTo("invalid_customer");
                    assertThat(e.violations())
                            .extracting(RuleException.Violation::path)
                            .containsExactly(
                                    "external_id",
                                    "name",
                                    "currency",
                                    "time_zone",
                                    "properties.a",
                                    "properties.c",
                                    "properties.d");
                });
    }

    @Test
    void anExternalIdOfOurOwnFormIsRefusedBecauseItWouldNeverBeFound() {
        String id = CustomerId.next(new Random(1));
        refused("invalid_customer", () -> customers.create(LIVE, CustomerDraft.of(id)));
        customers.create(LIVE, CustomerDraft.of("cus_fh4585Jjrekkk"));
    }

    @Test
    void anExternalIdIsTakenOncePerEnvironment() {
        customers.create(LIVE, CustomerDraft.of("acme"));
        refused("external_id_taken", () -> customers.create(LIVE, CustomerDraft.of("acme")));
        customers.create(Environment.TEST, CustomerDraft.of("acme"));
    }

    @Test
    void customersWithoutExternalIdMayBeMany() {
        CustomerDraft nameless = new CustomerDraft(null, null, null, null, null);
        assertThat(customers.create(LIVE, nameless).id())
                .isNotEqualTo(customers.create(LIVE, nameless).id());
    }

    @Test
    void aChangedExternalIdStaysAsAnAlias() {
        Customer made = customers.create(LIVE, CustomerDraft.of("old"));
        customers.update(LIVE, made.id(), CustomerDraft.of("new"));

        assertThat(customers.get(LIVE, "old").externalId()).isEqualTo("new");
        assertThat(customers.get(LIVE, "new").id()).isEqualTo(made.id());
        assertThat(customers.aliases(LIVE, "new"))
                .containsExactly(new CustomerAlias("old", null, made.createdAtMicros()));
        refused("external_id_taken", () -> customers.create(LIVE, CustomerDraft.of("old")));

        customers.update(LIVE, made.id(), CustomerDraft.of("old"));
        assertThat(customers.aliases(LIVE, "old"))
                .extracting(CustomerAlias::text)
                .containsExactly("new");
    }

    @Test
    void aRefusedUpdateChangesNothing() {
        customers.create(LIVE, CustomerDraft.of("a"));
        Customer b = customers.create(LIVE, new CustomerDraft("b", "B", null, null, null));

        refused("external_id_taken", () -> customers.update(LIVE, b.id(), CustomerDraft.of("a")));
        assertThat(customers.get(LIVE, b.id())).isEqualTo(b);
    }

    @Test
    void anUpdateCanStartFromWhatIsThere() {
        Customer made = customers.create(LIVE, new CustomerDraft("a", "Old", "EUR", null, null));
        clock.advance(Duration.ofMinutes(1));

        Customer changed = customers.update(
                LIVE,
                "a",
                was -> new CustomerDraft(was.externalId(), "New", was.currency(), was.timeZone(), was.properties()));

        assertThat(changed.name()).isEqualTo("New");
        assertThat(changed.currency()).isEqualTo("EUR");
        assertThat(changed.createdAtMicros()).isEqualTo(made.createdAtMicros());
        assertThat(changed.updatedAtMicros()).isGreaterThan(made.updatedAtMicros());
    }

    @Test
    void pendingCustomersAreListedOnlyWhenAskedForAndCanBeConfirmed() {
        customers.create(LIVE, CustomerDraft.of("known"));
        directory.resolve(LIVE, List.of(new CustomerReference("fresh", "Fresh Ltd")), CreatePolicy.CREATE);

        assertThat(externalIds(CustomerFilter.NONE)).containsExactly("known");
        CustomerFilter pending = CustomerFilter.NONE.withStatuses(Set.of(CustomerStatus.AUTOMATICALLY_CREATED));
        assertThat(externalIds(pending)).containsExactly("fresh");

        Customer confirmed = customers.confirm(LIVE, "fresh");
        assertThat(confirmed.status()).isEqualTo(CustomerStatus.ACTIVE);
        assertThat(confirmed.name()).isEqualTo("Fresh Ltd");
        assertThat(externalIds(pending)).isEmpty();
        assertThat(externalIds(CustomerFilter.NONE)).containsExactly("fresh", "known");
    }

    @Test
    void anArchivedCustomerIsStillFoundAndResolved() {
        Customer made = customers.create(LIVE, CustomerDraft.of("acme"));
        assertThat(customers.archive(LIVE, "acme").status()).isEqualTo(CustomerStatus.ARCHIVED);
        assertThat(directory.find(LIVE, "acme").orElseThrow().number()).isEqualTo(made.number());
        assertThat(customers.confirm(LIVE, "acme").status()).isEqualTo(CustomerStatus.ACTIVE);
    }

    @Test
    void filtersNarrowTheListing() {
        customers.create(LIVE, new CustomerDraft("a", "Alpha 100%", "EUR", null, null));
        clock.advance(Duration.ofDays(1));
        Customer b = customers.create(LIVE, new CustomerDraft("b", "Beta_1", "USD", null, null));

        assertThat(externalIds(new CustomerFilter(Set.of(), Set.of("a", "zzz"), null, null, Period.ALWAYS)))
                .containsExactly("a");
        assertThat(externalIds(new CustomerFilter(Set.of(), Set.of(), "USD", null, Period.ALWAYS)))
                .containsExactly("b");
        assertThat(externalIds(new CustomerFilter(Set.of(), Set.of(), null, "BETA_", Period.ALWAYS)))
                .containsExactly("b");
        assertThat(externalIds(new CustomerFilter(Set.of(), Set.of(), null, "0%", Period.ALWAYS)))
                .containsExactly("a");
        assertThat(externalIds(new CustomerFilter(
                        Set.of(), Set.of(), null, null, new Period(b.createdAtMicros(), Long.MAX_VALUE))))
                .containsExactly("b");
    }

    @Test
    void pagesCoverEveryCustomerOnce() {
        for (int i = 0; i < 25; i++) {
            customers.create(LIVE, CustomerDraft.of("c" + i));
        }
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            Page<Customer> page = customers.list(LIVE, CustomerFilter.NONE, new PageRequest(10, 0, cursor));
            assertThat(page.total()).isEqualTo(25);
            page.data().forEach(customer -> seen.add(String.valueOf(customer.externalId())));
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(seen).hasSize(25).doesNotHaveDuplicates().startsWith("c24").endsWith("c0");
        assertThat(customers
                        .list(LIVE, CustomerFilter.NONE, new PageRequest(10, 20, null))
                        .data())
                .hasSize(5);
    }

    @Test
    void aMergedCustomerLeadsToTheOtherUntilItIsUndone() {
        Customer a = customers.create(LIVE, CustomerDraft.of("a"));
        Customer b = customers.create(LIVE, CustomerDraft.of("b"));

        assertThat(customers.merge(LIVE, "a", "b").id()).isEqualTo(b.id());
        assertThat(customers.get(LIVE, "a").id()).isEqualTo(b.id());
        assertThat(customers.get(LIVE, a.id()).id()).isEqualTo(b.id());
        assertThat(externalIds(CustomerFilter.NONE)).containsExactly("b");
        assertThat(directory.expand(LIVE, "a")).containsExactlyInAnyOrder(a.number(), b.number());
        assertThat(customers.aliases(LIVE, "b")).extracting(CustomerAlias::text).containsExactly(a.id(), "a");
        assertThat(customers.names(LIVE, "a"))
                .isEqualTo(new Customers.Names(Set.of(a.number(), b.number()), Set.of("a", "b", a.id(), b.id())));

        assertThat(customers.undoMerge(LIVE, "a").id()).isEqualTo(a.id());
        assertThat(customers.get(LIVE, "a").id()).isEqualTo(a.id());
        assertThat(directory.expand(LIVE, "b")).containsExactly(b.number());
        refused("not_merged", () -> customers.undoMerge(LIVE, "a"));
    }

    @Test
    void chainsCollapseAndAnUndoInTheMiddleSplitsThem() {
        Customer a = customers.create(LIVE, CustomerDraft.of("a"));
        Customer b = customers.create(LIVE, CustomerDraft.of("b"));
        Customer c = customers.create(LIVE, CustomerDraft.of("c"));
        customers.merge(LIVE, "a", "b");
        customers.merge(LIVE, "b", "c");

        assertThat(customers.get(LIVE, "a").id()).isEqualTo(c.id());
        assertThat(directory.mergedInto(LIVE))
                .containsEntry(a.number(), c.number())
                .containsEntry(b.number(), c.number());

        customers.undoMerge(LIVE, "b");
        assertThat(customers.get(LIVE, "a").id()).isEqualTo(b.id());
        assertThat(directory.mergedInto(LIVE)).containsOnlyKeys(a.number());
        assertThat(directory.expand(LIVE, "c")).containsExactly(c.number());
    }

    @Test
    void mergesThatMakeNoSenseAreRefused() {
        customers.create(LIVE, CustomerDraft.of("a"));
        customers.create(LIVE, CustomerDraft.of("b"));
        customers.create(LIVE, CustomerDraft.of("c"));
        customers.merge(LIVE, "a", "b");
        customers.merge(LIVE, "a", "b");
        customers.merge(LIVE, "b", "c");

        refused("merge_with_itself", () -> customers.merge(LIVE, "c", "c"));
        refused("merge_cycle", () -> customers.merge(LIVE, "c", "a"));
        refused("already_merged", () -> customers.merge(LIVE, "a", "c"));
        refused("unknown_customer", () -> customers.merge(LIVE, "nobody", "a"));
        refused("unknown_customer", () -> customers.merge(LIVE, "c", "nobody"));
    }

    @Test
    void erasingLeavesAnEmptyRowAndFreesTheExternalIds() {
        Customer a = customers.create(LIVE, new CustomerDraft("jane@example.com", "Jane", null, null, null));
        Customer b = customers.create(LIVE, CustomerDraft.of("b"));
        customers.merge(LIVE, a.id(), b.id());

        Customer erased = customers.erase(LIVE, "b");
        assertThat(erased.id()).isEqualTo(b.id());
        assertThat(erased.externalId()).isNull();
        assertThat(erased.status()).isEqualTo(CustomerStatus.ARCHIVED);
        refused("unknown_customer", () -> customers.get(LIVE, "jane@example.com"));
        assertThat(directory.find(LIVE, "b")).isEmpty();
        assertThat(customers.export(LIVE, b.id()).toString()).doesNotContain("Jane", "jane");
        assertThat(customers.erase(LIVE, b.id()).id()).isEqualTo(b.id());
    }

    @Test
    void anExportHoldsTheCustomerItsMergedOnesAndItsAliases() {
        customers.create(LIVE, new CustomerDraft("a", "A", null, null, null));
        customers.create(LIVE, new CustomerDraft("b", "B", "EUR", null, null));
        customers.merge(LIVE, "a", "b");

        List<ObjectNode> lines = customers.export(LIVE, "b");
        assertThat(lines)
                .extracting(line -> line.get("type").asString())
                .containsExactly("customer", "merged_customer", "alias", "alias");
        assertThat(lines.getFirst().get("customer").get("created_at").asString())
                .isEqualTo("2026-01-05T12:00:00Z");
    }

    @Test
    void noDataCrossesBetweenEnvironments() {
        Customer live = customers.create(LIVE, CustomerDraft.of("a"));
        refused("unknown_customer", () -> customers.get(Environment.TEST, live.id()));
        refused("unknown_customer", () -> customers.get(Environment.TEST, "a"));
        assertThat(directory.find(Environment.TEST, live.id())).isEmpty();
    }

    private List<String> externalIds(CustomerFilter filter) {
        return customers.list(LIVE, filter, PageRequest.FIRST).data().stream()
                .map(customer -> String.valueOf(customer.externalId()))
                .toList();
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
