package io.meterline.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meterline.loader.source.SourceServer;
import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import io.meterline.testing.RequiresProgram;
import io.meterline.testing.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Tables of a real PostgreSQL, in the shape that pgbench gives them, pulled by the real server: every figure equals the
 * same SQL on the source.
 */
final class RealSourceIT {

    private static final Logger LOG = LoggerFactory.getLogger(RealSourceIT.class);
    private static final Duration RUN = Duration.ofMinutes(5);
    private static final int SCALE = 10;
    private static final String EXACT = "1.000000000000000001";

    private final SourceServer source = SourceServer.shared();

    /** Two tables of the source and the loaders over them. */
    private record Tables(String accounts, String history) {

        String accountsQuery() {
            return """
                    select aid as id, 'customer ' || aid %% 5000 as "customerId", timestamp '2026-01-01' as timestamp,
                           abalance, bid, trim(filler) as filler
                    from %s""".formatted(accounts);
        }

        String historyQuery() {
            return """
                    select id, 'branch ' || bid as "customerId", mtime as timestamp, tid, aid, delta,
                           delta * %s as exact
                    from %s""".formatted(EXACT, history);
        }
    }

    @Test
    void twoSmallTablesAreCountedAsTheirSourceCountsThem(@TempDir Path folder) {
        Tables tables = new Tables("small_accounts", "small_history");
        source.execute("""
                create table small_accounts as
                select a as aid, 1 + a % 10 as bid, a * 7 % 4001 - 2000 as abalance, cast('' as char(84)) as filler
                from generate_series(1, 12000) a;
                create table small_history as
                select h as id, h % 100 as tid, 1 + h % 10 as bid, 1 + h * 31 % 12000 as aid, h * 17 % 9999 - 5000 as delta,
                       timestamp '2026-02-01' + h * interval '1.5 s' as mtime
                from generate_series(1, 7000) h""");

        pullAndCompare(tables, folder);
    }

    @Test
    @Tag("long")
    @RequiresProgram("pgbench")
    void whatPgbenchLeavesBehindIsCountedAsItsSourceCountsIt(@TempDir Path folder)
            throws IOException, InterruptedException {
        pgbench("-i", "-q", "-s", Integer.toString(SCALE));
        source.execute("alter table pgbench_history add column id bigserial");
        pgbench("-c", "4", "-j", "2", "-T", "60");

        pullAndCompare(new Tables("pgbench_accounts", "pgbench_history"), folder);
    }

    private void pullAndCompare(Tables tables, Path folder) {
        try (TestServer server = TestServer.start(folder)) {
            ApiClient client = server.client();
            String connection = connect(client);

            // The first runs bring every row.
            String accounts = load(client, connection, "accounts", tables.accountsQuery());
            String history = load(client, connection, "history", tables.historyQuery());
            JsonNode accountsRun = lastRun(client, accounts, 1);
            JsonNode historyRun = lastRun(client, history, 1);
            assertThat(accountsRun.path("rows_written").asString()).isEqualTo(count(tables.accounts()));
            assertThat(historyRun.path("rows_written").asString()).isEqualTo(count(tables.history()));
            assertEqualsTheSource(client, tables);

            // The second ones change nothing.
            JsonNode again = runAgain(client, accounts, 2);
            assertThat(again.path("rows_written").asLong()).isZero();
            assertThat(again.path("rows_unchanged")).isEqualTo(accountsRun.path("rows_written"));
            assertThat(runAgain(client, history, 2).path("rows_written").asLong())
                    .isZero();
            assertEqualsTheSource(client, tables);

            // What is changed in the source is changed here.
            source.execute(
                    "update %s set abalance = abalance + 123456789 where aid %% 12 = 5;".formatted(tables.accounts())
                            + "delete from %s where id = 1".formatted(tables.history()));
            JsonNode updated = runAgain(client, accounts, 3);
            assertThat(updated.path("rows_corrected").asString())
                    .isEqualTo(
                            source.query("select count(*) from %s where aid %% 12 = 5".formatted(tables.accounts())));
            assertAccounts(client, tables);
            assertThat(client.get("/v1/events/rejected")
                            .json()
                            .at("/meta/total")
                            .asLong())
                    .isZero();
        }
    }

    private String connect(ApiClient client) {
        Answer answer = client.post(
                "/v1/connections",
                Map.of("name", "pgbench", "url", "postgres://reader:s3cret@localhost:" + source.port() + "/postgres"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        source.execute("grant select on all tables in schema public to reader");
        return answer.json().path("id").asString();
    }

    private static String load(ApiClient client, String connection, String name, String query) {
        Answer answer = client.post(
                "/v1/loaders",
                Map.of(
                        "name",
                        name,
                        "connection_id",
                        connection,
                        "event_type",
                        name,
                        "query",
                        query,
                        "refresh",
                        "manual"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    private static JsonNode runAgain(ApiClient client, String loader, int expected) {
        assertThat(client.post("/v1/loaders/" + loader + "/run").status()).isEqualTo(202);
        return lastRun(client, loader, expected);
    }

    private static JsonNode lastRun(ApiClient client, String loader, int expected) {
        JsonNode run = await().atMost(RUN)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> client.get("/v1/loaders/" + loader + "/runs").json(),
                        runs -> runs.path("data").size() == expected
                                && runs.at("/data/0").hasNonNull("finished_at"))
                .at("/data/0");
        LOG.info("{}", run);
        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("succeeded");
        assertThat(run.path("rows_set_aside").asLong()).isZero();
        return run;
    }

    private void assertEqualsTheSource(ApiClient client, Tables tables) {
        assertAccounts(client, tables);
        for (String column : List.of("delta", "exact")) {
            assertThat(groups(client, "history", column)).isEqualTo(rows("""
                            select 'branch ' || bid || ' ' || count(*) || ' ' || trim_scale(sum(%s))
                            from %s group by bid order by 1""".formatted(
                            column.equals("exact") ? "delta * " + EXACT : column, tables.history())));
        }
    }

    private void assertAccounts(ApiClient client, Tables tables) {
        JsonNode sum = usage(client, "accounts", "sum", "abalance", "");
        assertThat(sum.path("value").asString()).isEqualTo(number("sum(abalance)", tables));
        assertThat(sum.path("events").asString()).isEqualTo(count(tables.accounts()));
        assertThat(value(client, "max", "abalance")).isEqualTo(number("max(abalance)", tables));
        assertThat(value(client, "min", "abalance")).isEqualTo(number("min(abalance)", tables));
        assertThat(value(client, "count_distinct", "abalance")).isEqualTo(number("count(distinct abalance)", tables));
        assertThat(value(client, "average", "abalance"))
                .isEqualTo(number("round(sum(abalance)::numeric(60, 30) / count(*), 18)", tables));
        assertThat(usage(client, "accounts", "sum", "abalance", ",\"customer_id\":\"customer 17\"")
                        .path("value")
                        .asString())
                .isEqualTo(number("sum(abalance) filter (where aid % 5000 = 17)", tables));
    }

    private static String value(ApiClient client, String operation, String property) {
        return usage(client, "accounts", operation, property, "").path("value").asString();
    }

    /** "customer count sum" of each customer, in order. */
    private static List<String> groups(ApiClient client, String eventType, String property) {
        List<String> groups = new ArrayList<>();
        for (JsonNode group : usage(client, eventType, "sum", property, ",\"group_by\":[\"customer_id\"]")
                .path("groups")) {
            groups.add("%s %s %s"
                    .formatted(
                            group.at("/key/external_customer_id").asString(),
                            group.path("events").asLong(),
                            group.path("value").asString()));
        }
        groups.sort(String::compareTo);
        return groups;
    }

    private static JsonNode usage(ApiClient client, String eventType, String operation, String property, String more) {
        Answer answer = client.post("/v1/usage/query", """
                {"aggregator":{"name":"a","event_type":"%s","operation":"%s","property":"%s"},
                 "mode":"all_time","to":"2200-01-01T00:00:00Z"%s}""".formatted(eventType, operation, property, more));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private @Nullable String count(String table) {
        return source.query("select count(*) from " + table);
    }

    private @Nullable String number(String expression, Tables tables) {
        return source.query("select trim_scale(%s) from %s".formatted(cast(expression), tables.accounts()));
    }

    private static String cast(String expression) {
        return "cast(" + expression + " as numeric)";
    }

    private List<String> rows(String sql) {
        String joined = source.query(
                "select string_agg(row, '|' order by row collate \"C\") from (%s) as rows (row)".formatted(sql));
        return List.of(String.valueOf(joined).split("\\|", -1));
    }

    private void pgbench(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("pgbench", "-h", "localhost", "-p", Integer.toString(source.port()), "-U", "postgres"));
        command.addAll(List.of(arguments));
        command.add("postgres");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
