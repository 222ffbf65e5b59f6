package io.meterline.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.loader.source.JdbcServer;
import io.meterline.testing.ApiClient.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Connections over HTTP; every exchange is held against the API document. */
final class ConnectionApiTest extends LoaderHttp {

    @Test
    void aConnectionIsMadeFromAUrlAndShownWithoutItsPassword() {
        Answer created = client.post("/v1/connections", Map.of("name", "replica", "url", url("s3cret")));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text()).doesNotContain("s3cret");
        assertThat(created.json().path("url").asString()).contains("reader:***@localhost");
        assertThat(created.json().at("/egress_addresses/0").asString()).isEqualTo("192.0.2.7");
        assertThat(created.json().at("/recommended/grants").toString()).contains("GRANT SELECT");
        String path = "/v1/connections/" + created.json().path("id").asString();
        assertThat(client.get(path).json()).isEqualTo(created.json());
        JsonNode tested = client.post(path + "/test").json();
        assertThat(tested.path("ok").asBoolean()).isTrue();
        assertThat(tested.path("server").asString()).matches("PostgreSQL \\d+(\\.\\d+)*");
        assertThat(client.get("/v1/connections").json().at("/meta/total").asInt())
                .isEqualTo(1);
        assertThat(client.delete(path).status()).isEqualTo(204);
        assertThat(client.get(path).code()).isEqualTo("connection_not_found");
    }

    @Test
    void aConnectionIsReplacedOnceItsNewAddressAnswers() {
        Answer made = client.post("/v1/connections", Map.of("name", "replica", "url", url("s3cret")));
        String path = "/v1/connections/" + made.json().path("id").asString();

        Answer dead = client.put(path, Map.of("name", "moved", "url", "postgres://a:b@127.0.0.1:1/shop"));
        Answer other = client.put(path, Map.of("name", "moved", "url", "mysql://a:b@127.0.0.1:1/shop"));

        assertThat(dead.code()).isEqualTo("connection_refused");
        assertThat(other.code()).isEqualTo("provider_fixed");
        assertThat(client.get(path).json()).isEqualTo(made.json());
        Answer replaced = client.put(path, Map.of("name", "moved", "url", url("s3cret")));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.text()).contains("moved").doesNotContain("s3cret");
        assertThat(replaced.json().path("created_at")).isEqualTo(made.json().path("created_at"));
        assertThat(client.get(path).json()).isEqualTo(replaced.json());
        assertThat(client.post(path + "/test").status()).isEqualTo(200);
        assertThat(client.put("/v1/connections/con_none", Map.of("name", "any", "url", url("s3cret")))
                        .code())
                .isEqualTo("connection_not_found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mysql://a:b@127.0.0.1:1/shop | connection_refused",
                "mariadb://a:b@127.0.0.1:1/shop | connection_refused",
                "sqlserver://a:b@127.0.0.1:1/shop | connection_refused",
                "clickhouse://a:b@127.0.0.1:1/shop | connection_refused",
                "postgresql://a:b@127.0.0.1:1/shop | connection_refused",
                "jdbc:nothing://127.0.0.1/shop | driver_missing",
                "oracle://a:b@127.0.0.1:1/shop | invalid_url",
                "db.example.com/shop | invalid_url",
            })
    void aUrlSaysWhichProviderItIs(String url, String code) {
        assertThat(client.post("/v1/connections", Map.of("name", "any", "url", url))
                        .code())
                .isEqualTo(code);
    }

    @Test
    void aPathNeedsTheProviderThatReadsIt() {
        Answer answer = client.post("/v1/connections", Map.of("name", "files", "path", "exports"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("duckdb or sqlite");
    }

    @Test
    void aCertificateAloneNamesTheModeThatIsMissing() {
        Answer answer = client.post(
                "/v1/connections", Map.of("name", "replica", "url", url("s3cret"), "tls", Map.of("ca", "any")));

        assertThat(answer.json().at("/errors/0/path").asString()).isEqualTo("tls.mode");
    }

    @Test
    void aConnectionIsMadeFromFields() {
        Answer created = client.post(
                "/v1/connections",
                Map.of(
                        "name",
                        "fields",
                        "provider",
                        "postgres",
                        "host",
                        "localhost",
                        "port",
                        fixture.server.port(),
                        "database",
                        "postgres",
                        "user",
                        "reader",
                        "password",
                        "s3cret",
                        "tls",
                        "disable"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("tls").asString()).isEqualTo("disable");
    }

    @Test
    void aDriverThatWasDroppedInIsReadAndItsUrlNeverShown() {
        try (JdbcServer server = JdbcServer.h2(folder)) {
            server.execute("CREATE TABLE calls AS SELECT x AS \"id\", 'acme' AS \"customerId\","
                    + " TIMESTAMP WITH TIME ZONE '2026-01-05 00:00:00Z' AS \"timestamp\" FROM SYSTEM_RANGE(1, 7)");
            String url = server.owner().url() + ";SCHEMA=PUBLIC";
            Answer created = client.post(
                    "/v1/connections",
                    Map.of("name", "any", "provider", "jdbc", "url", url, "user", "sa", "password", "0wner"));

            assertThat(created.status()).as(created.text()).isEqualTo(201);
            assertThat(created.text()).doesNotContain("0wner").doesNotContain("PUBLIC");
            assertThat(created.json().path("url").asString())
                    .startsWith("jdbc:h2:tcp://")
                    .endsWith("/shop***");
            assertThat(created.json().path("user").asString()).isEqualTo("sa");
            String id = created.json().path("id").asString();
            assertThat(client.post("/v1/connections/" + id + "/test").status()).isEqualTo(200);
            String query = "SELECT * FROM calls WHERE \"id\" > :cursor";
            Answer loader = client.post(
                    "/v1/loaders",
                    Map.of(
                            "name",
                            "calls",
                            "connection_id",
                            id,
                            "event_type",
                            "orders",
                            "query",
                            query,
                            "cursor",
                            Map.of("column", "id")));
            Loader stored = fixture.loaders
                    .get(LoaderFixture.LIVE, loader.json().path("id").asString())
                    .loader();
            assertThat(fixture.lastRun(stored).counts().written()).isEqualTo(7);
            assertThat(fixture.runAgain(stored).counts().read()).isZero();
        }
    }

    @Test
    void aDatabaseThatCannotBeOpenedIsA422AndNothingIsStored() {
        Answer refused = client.post("/v1/connections", Map.of("name", "wrong", "url", url("s3cre7")));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("authentication_failed");
        assertThat(refused.text()).doesNotContain("s3cre7");
        assertThat(client.get("/v1/connections").json().at("/meta/total").asInt())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"a\",\"provider\":\"sqlserver\",\"url\":\"sqlserver://a:b@c.invalid/d\"} | 422 | host_unknown",
                "{\"name\":\"a\",\"provider\":\"sqlserver\",\"url\":\"sqlserver://a:b@c/d;encrypt=false?sslmode=x\"} | 400 | invalid_tls",
                "{\"name\":\"a\",\"provider\":\"jdbc\"} | 400 | required",
                "{\"name\":\"a\",\"provider\":\"jdbc\",\"url\":\"jdbc:sqlite:control.db\"} | 400 | invalid_url",
                "{\"name\":\"a\",\"provider\":\"jdbc\",\"url\":\"jdbc:x://a/b?logFile=c\"} | 400 | url_not_allowed",
                "{\"name\":\"a\",\"provider\":\"jdbc\",\"url\":\"jdbc:x://a/b\",\"tls\":\"require\"} | 400 | invalid_value",
                "{\"name\":\"a\",\"provider\":\"jdbc\",\"url\":\"jdbc:x://a/b\"} | 422 | driver_missing",
                "{\"name\":\"a\",\"provider\":\"paper\"} | 400 | unknown_provider",
                "{\"name\":\"a\",\"url\":\"postgres://a:b@c/d\",\"ssh\":{\"host\":\"x\",\"user\":\"u\"}} | 400 | invalid_ssh",
                "{\"name\":\"a\",\"url\":\"postgres://a:b@c/d\",\"host\":\"c\"} | 400 | invalid_value",
                "{\"name\":\"a\",\"url\":\"postgres://a:b@c/d?socketFactory=evil\"} | 400 | unknown_url_parameter",
                "{\"name\":\"a\",\"url\":\"postgres://a:p@ss@c/d\"} | 400 | invalid_url",
                "{\"name\":\"a\",\"url\":\"postgres://c/d\"} | 400 | invalid_url",
                "{\"name\":\"a\",\"url\":\"postgres://a:b@c\"} | 400 | invalid_url",
                "{\"name\":\"a\",\"url\":\"http://a:b@c/d\"} | 400 | invalid_url",
                "{\"name\":\"a\"} | 400 | required",
                "{\"url\":\"postgres://a:b@c/d\"} | 400 | required",
                "{\"name\":\" \",\"url\":\"postgres://a:b@c/d\"} | 400 | invalid_name",
                "{\"name\":\"a\",\"host\":\"c/d?x\",\"database\":\"d\",\"user\":\"u\"} | 400 | invalid_host",
            })
    void aMalformedConnectionIsRefused(String body, int status, String code) {
        Answer answer = client.post("/v1/connections", body);

        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }

    private String url(String password) {
        return "postgres://reader:" + password + "@localhost:" + fixture.server.port() + "/postgres";
    }
}
