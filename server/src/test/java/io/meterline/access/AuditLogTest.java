package io.meterline.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.control.ControlDatabase;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.control.SettableClock;
import io.meterline.event.CustomerId;
import io.meterline.event.Environment;
import io.meterline.event.Period;
import io.meterline.event.Timestamps;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditLogTest {

    private static final AuditActor ADA = new AuditActor(AuditActor.Kind.USER, "usr_ada", "Ada");
    private static final AuditActor CI = new AuditActor(AuditActor.Kind.KEY, "key_ci", null);
    private static final String CUSTOMER = CustomerId.next(new Random(1));

    private final SettableClock clock = new SettableClock();
    private ControlDatabase database;
    private AuditLog log;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = ControlDatabase.open(folder, 2, 1_000);
        log = new AuditLog(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anEntryIsReadAsItWasWritten() {
        AuditChange change = new AuditChange(
                ADA,
                Environment.TEST,
                "PUT",
                "/v1/products/prd_1",
                "PUT /v1/products/{id}",
                "prd_1",
                "req_1",
                "{\"name\":\"a\"}",
                "{\"name\":\"b\"}");
        log.record(change);

        AuditEntry entry = all().getFirst();
        assertThat(entry.change()).isEqualTo(change);
        assertThat(entry.id()).matches("aud_[0-9a-f]{24}");
        assertThat(entry.atMicros()).isEqualTo(Timestamps.micros(clock.instant()));
        assertThat(entry.erased()).isFalse();
        assertThat(log.find(entry.id())).contains(entry);
        assertThat(log.find("aud_none")).isEmpty();
    }

    @Test
    void whatIsNotThereStaysAway() {
        AuditChange change = new AuditChange(
                AuditActor.COMMAND_LINE, null, "COMMAND", "/users", "users add", null, null, null, null);
        log.record(change);
        assertThat(all().getFirst().change()).isEqualTo(change);
    }

    @Test
    void anActorIsAPersonOrAKey() {
        User user = new User("usr_1", "ada@example.com", "Ada", Role.EDITOR, false, true, 0, null);
        AuditActor person = new AuditActor(AuditActor.Kind.USER, "usr_1", "Ada");
        assertThat(AuditActor.of(user)).isEqualTo(person);
        assertThat(AuditActor.of(Users.principal(user, Environment.LIVE))).isEqualTo(person);
        assertThat(AuditActor.of(new Principal("key_1", null, Environment.LIVE, Scope.ALL, null)))
                .isEqualTo(new AuditActor(AuditActor.Kind.KEY, "key_1", null));
    }

    @Test
    void entriesAreFilteredByWhoWhereWhatAndWhen() {
        record(ADA, Environment.LIVE, "/v1/products/prd_1");
        record(CI, Environment.LIVE, "/v1/productsX");
        long from = anHourLater();
        record(CI, Environment.TEST, "/v1/products/prd_2");
        record(AuditActor.COMMAND_LINE, null, "/users/usr_1");
        long to = anHourLater();
        record(ADA, null, "/users/usr_2");

        assertThat(paths(AuditFilter.ALL)).hasSize(5).startsWith("/users/usr_2");
        assertThat(paths(new AuditFilter("usr_ada", null, null, Period.ALWAYS)))
                .containsExactly("/users/usr_2", "/v1/products/prd_1");
        assertThat(paths(new AuditFilter(null, Environment.LIVE, null, Period.ALWAYS)))
                .containsExactly("/v1/productsX", "/v1/products/prd_1");
        assertThat(paths(new AuditFilter(null, null, "/v1/products/", Period.ALWAYS)))
                .containsExactly("/v1/products/prd_2", "/v1/products/prd_1");
        assertThat(paths(new AuditFilter(null, null, "/v1/pr%", Period.ALWAYS))).isEmpty();
        assertThat(paths(new AuditFilter(null, null, null, new Period(from, to))))
                .containsExactly("/users/usr_1", "/v1/products/prd_2");
        assertThat(paths(new AuditFilter("key_ci", Environment.TEST, "/v1", new Period(from, to))))
                .containsExactly("/v1/products/prd_2");
    }

    @Test
    void pagesGoOnWhereTheOneBeforeEndedWhateverIsAddedMeanwhile() {
        for (int i = 0; i < 25; i++) {
            record(ADA, Environment.LIVE, "/v1/x/" + i);
        }
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            Page<AuditEntry> page = log.list(AuditFilter.ALL, new PageRequest(10, 0, cursor));
            page.data().forEach(entry -> seen.add(entry.change().path()));
            record(CI, Environment.LIVE, "/v1/later");
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(seen)
                .hasSize(25)
                .doesNotHaveDuplicates()
                .startsWith("/v1/x/24")
                .endsWith("/v1/x/0");
        assertThat(log.list(AuditFilter.ALL, PageRequest.FIRST).total()).isEqualTo(28);
    }

    @Test
    void anEntryExpiresAfterFourHundredDays() {
        for (int i = 0; i < 1_100; i++) {
            record(ADA, Environment.LIVE, "/v1/old");
        }
        clock.advance(Duration.ofDays(1));
        record(ADA, Environment.LIVE, "/v1/new");
        clock.advance(Duration.ofDays(399));
        assertThat(all()).isNotEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(paths(AuditFilter.ALL)).containsExactly("/v1/new");
        log.expire();
        assertThat(database.<Long>read(handle -> handle.select("SELECT count(*) FROM audit_log")
                        .mapTo(Long.class)
                        .one()))
                .isEqualTo(1);
    }

    @Test
    void aLongTextIsCutBetweenTwoValuesAndSaysSo() {
        String json = "{\"notes\":[" + "\"a, \\\"quoted\\\" {note}\",".repeat(1_000) + "\"end\"]}";
        record("/v1/x", json, "{\"one\":\"" + "x".repeat(20_000) + "\"}");

        AuditChange kept = all().getFirst().change();
        assertThat(kept.before())
                .startsWith("{\"notes\":[\"a, ")
                .endsWith("{note}\"," + AuditText.CUT + json.length() + " characters")
                .hasSizeBetween(AuditText.MOST - 100, AuditText.MOST + 100);
        assertThat(kept.after()).isEqualTo("{" + AuditText.CUT + "20010 characters");
    }

    @Test
    void pathsAreReadable() {
        record(ADA, Environment.LIVE, "/v1/customers/a%20b%2Bc%C3%A9+d");
        record(ADA, Environment.LIVE, "/v1/customers/100%");
        assertThat(paths(AuditFilter.ALL)).containsExactly("/v1/customers/100%", "/v1/customers/a b+cé+d");
    }

    @Test
    void forgettingACustomerEmptiesWhatIsAboutItAndNothingElse() {
        record("/v1/customers/" + CUSTOMER, "{\"name\":\"1\"}", null);
        record("/v1/customers/Ada%20%22L%22%20100%25/confirm", "{\"name\":\"2\"}", null);
        record("/v1/subscriptions/a", null, "{\"name\":\"3\",\"customer_id\":\"" + CUSTOMER + "\"}");
        record("/v1/subscriptions/b", "{\"external_customer_id\":\"Ada \\\"L\\\" 100%\",\"name\":\"4\"}", null);
        record("/v1/replay", "{\"raw\":\"{\\\"customer_id\\\":\\\"7\\\",\\\"name\\\":\\\"5\\\"}\"}", null);
        log.record(new AuditChange(ADA, Environment.LIVE, "PUT", "/v1/x", "x", "7", null, "{\"name\":\"6\"}", "{}"));
        record("/v1/customers/70/confirm", "kept a", null);
        record("/v1/x", "{\"amount\":\"7\",\"external_id\":\"77\"}", "kept b");
        log.record(new AuditChange(ADA, Environment.TEST, "PUT", "/v1/customers/7", "x", "7", null, "kept c", null));

        Set<String> names = Set.of(CUSTOMER, "Ada \"L\" 100%", "7");
        assertThat(log.forget(Environment.LIVE, names)).isEqualTo(6);

        assertThat(all().stream().filter(AuditEntry::erased)).hasSize(6).allSatisfy(entry -> {
            assertThat(entry.change().before()).isNull();
            assertThat(entry.change().after()).isNull();
        });
        assertThat(all().toString())
                .doesNotContain("\"name\"")
                .doesNotContain("Ada \"L\"")
                .contains("kept a", "kept b", "kept c", "\"amount\":\"7\"")
                .contains("/v1/customers/" + CUSTOMER, "/v1/customers/erased/confirm", "/v1/customers/70/confirm");
        assertThat(all().stream().filter(AuditEntry::erased))
                .extracting(entry -> entry.change().target())
                .containsOnlyNulls();
    }

    @Test
    void ofAnErasureNothingIsKeptThatItErased() {
        record("/v1/customers/ada%40example.com/erase", "{\"name\":\"Ada\"}", "{}");
        record("/v1/customers/" + CUSTOMER + "/erase", "{\"name\":\"Ada\"}", "{}");

        assertThat(paths(AuditFilter.ALL))
                .containsExactly("/v1/customers/" + CUSTOMER + "/erase", "/v1/customers/erased/erase");
        assertThat(all()).allSatisfy(entry -> {
            assertThat(entry.change().before()).isNull();
            assertThat(entry.change().after()).isNull();
        });
    }

    private long anHourLater() {
        clock.advance(Duration.ofHours(1));
        return Timestamps.micros(clock.instant());
    }

    private void record(AuditActor actor, @Nullable Environment environment, String path) {
        log.record(new AuditChange(actor, environment, "PUT", path, "PUT", null, null, null, null));
    }

    private void record(String path, @Nullable String before, @Nullable String after) {
        log.record(new AuditChange(ADA, Environment.LIVE, "PUT", path, "PUT", null, null, before, after));
    }

    private List<AuditEntry> all() {
        return log.list(AuditFilter.ALL, new PageRequest(100, 0, null)).data();
    }

    private List<String> paths(AuditFilter filter) {
        return log.list(filter, new PageRequest(100, 0, null)).data().stream()
                .map(entry -> entry.change().path())
                .toList();
    }
}
