package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.access.IdempotencyKeys;
import io.meterline.access.Principal;
import io.meterline.access.Scope;
import io.meterline.control.ControlDatabase;
import io.meterline.customer.CreatePolicy;
import io.meterline.customer.CustomerDirectory;
import io.meterline.customer.CustomerReference;
import io.meterline.customer.Resolution;
import io.meterline.event.Environment;
import io.meterline.http.HttpOptions;
import io.meterline.http.HttpServer;
import io.meterline.http.Json;
import io.meterline.http.Routes;
import io.meterline.meter.Aggregators;
import io.meterline.meter.DirectoryLookup;
import io.meterline.meter.UsageService;
import io.meterline.store.ReferenceEventStore;
import io.meterline.store.TestEvents;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Aggregators and usage over HTTP, with the reference store behind them. */
final class UsageRoutesTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String JANUARY = "from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z";

    @TempDir
    Path folder;

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-02-15T12:00:00Z"));
    private final ReferenceEventStore store = new ReferenceEventStore(clock);
    private ControlDatabase database;
    private CustomerDirectory directory;
    private HttpServer server;
    private int lastId;

    @BeforeEach
    void start() {
        database = ControlDatabase.open(folder, 2, 100);
        directory = new CustomerDirectory(database, clock);
        Aggregators aggregators = new Aggregators(database, clock);
        UsageService usage = new UsageService(store, new DirectoryLookup(directory), clock);
        Routes routes = new Routes()
                .add(new AggregatorRoutes(aggregators))
                .add(new UsageRoutes(aggregators, usage))
                .add(new UsageEventRoutes(aggregators, usage, directory));
        Principal principal = new Principal("key_1", "test", Environment.LIVE, Set.of(Scope.READ, Scope.WRITE), null);
        server = HttpServer.start(
                HttpOptions.local(),
                routes,
                key -> principal,
                new IdempotencyKeys(database, clock),
                (route, status, nanos) -> {});
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    @Test
    void anAggregatorIsCreatedEditedListedAndArchived() throws Exception {
        // When
        JsonNode created = send("POST", "/v1/aggregators", """
                {"name":"Calls","event_type":"calls","operation":"count"}""", 201);
        String id = created.get("id").stringValue();
        JsonNode edited = send("PUT", "/v1/aggregators/" + id, """
                {"name":"Calls","event_type":"calls","operation":"sum","property":"n"}""", 200);

        // Then
        assertThat(created).hasToString("""
                {"id":"%s","name":"Calls","event_type":"calls","operation":"count","property":null,"filter":null,\
                "unit_name":null,"percentile":null,"carry_over":false,"formula":null,"version":1,"status":"active",\
                "created_at":"2026-02-15T12:00:00Z","updated_at":"2026-02-15T12:00:00Z"}""".formatted(id));
        assertThat(edited.get("version").intValue()).isEqualTo(2);
        assertThat(get("/v1/aggregators/" + id)).isEqualTo(edited);
        assertThat(get("/v1/aggregators/" + id + "/versions/1")).isEqualTo(created);
        assertThat(get("/v1/aggregators/" + id + "/versions").at("/meta/total").intValue())
                .isEqualTo(2);
        assertThat(get("/v1/aggregators?event_type=calls").get("data")).hasSize(1);

        send("DELETE", "/v1/aggregators/" + id, null, 200);
        assertThat(get("/v1/aggregators").get("data")).isEmpty();
        assertThat(get("/v1/aggregators?status=archived").get("data")).hasSize(1);
        assertThat(get("/v1/aggregators?status__in=active,archived").get("data"))
                .hasSize(1);
        JsonNode refused = send("PUT", "/v1/aggregators/" + id, """
                {"name":"Calls","event_type":"calls","operation":"count"}""", 422);
        assertThat(refused.get("code").stringValue()).isEqualTo("aggregator_archived");
        for (String version : List.of("3", "0", "x", "99999999999")) {
            assertThat(send("GET", "/v1/aggregators/" + id + "/versions/" + version, null, 404)
                            .get("code")
                            .stringValue())
                    .isEqualTo("unknown_version");
        }
    }

    @Test
    void usageOfACustomerIsExactTextInTheDocumentedShape() throws Exception {
        // Given
        String acme = customer("acme");
        push("acme", "2026-01-05T10:00:00Z", "amount", "0.1");
        push("acme", "2026-01-06T10:00:00Z", "amount", TestEvents.number("12345678901234567890.000000000000000001"));
        push("acme", "2026-01-07T10:00:00Z", "amount", true);
        push("other", "2026-01-06T10:00:00Z", "amount", 5);
        String id = aggregator("""
                {"name":"Sum","event_type":"usage","operation":"sum","property":"amount","unit_name":"EUR"}""");

        // When
        JsonNode byExternalId = get("/v1/customers/acme/usage/" + id + "?" + JANUARY);
        JsonNode byOurId = get("/v1/customers/" + acme + "/usage/" + id + "?" + JANUARY);
        JsonNode all = get("/v1/customers/acme/usage?" + JANUARY);

        // Then
        assertThat(byExternalId).hasToString("""
                {"aggregator_id":"%s","from":"2026-01-01T00:00:00Z","to":"2026-02-01T00:00:00Z","mode":"period",\
                "unit_name":"EUR","value":"12345678901234567890.100000000000000001","events":2,\
                "excluded":[{"reason":"property_not_numeric","events":1}],"coerced":{"events":1},"groups":[],\
                "windows":[],"meta":{"total":0,"taken":0,"skipped":0,"next_cursor":null}}""".formatted(id));
        assertThat(byOurId).isEqualTo(byExternalId);
        assertThat(all.get("data").get(0)).isEqualTo(byExternalId);
        assertThat(all.at("/meta/total").intValue()).isEqualTo(1);
    }

    @Test
    void usageOfAnAggregatorIsGroupedWindowedAndPaged() throws Exception {
        // Given
        String acme = customer("acme");
        String beta = customer("beta");
        push("acme", "2026-01-31T22:30:00Z", "amount", 1);
        push("acme", "2026-01-31T23:30:00Z", "amount", 2);
        push("beta", "2026-01-31T23:30:00Z", "amount", 4);
        String id = aggregator("""
                {"name":"Sum","event_type":"usage","operation":"sum","property":"amount"}""");
        String asked = "/v1/aggregators/" + id
                + "/usage?from=2025-12-31T23:00:00Z&to=2026-02-28T23:00:00Z&window=month&time_zone=Europe/Paris"
                + "&group_by=customer_id&take=1";

        // When
        JsonNode first = get(asked);
        JsonNode second = get(asked + "&cursor=" + first.at("/meta/next_cursor").stringValue());

        // Then
        assertThat(first.get("windows")).hasToString("""
                [{"from":"2025-12-31T23:00:00Z","to":"2026-01-31T23:00:00Z","value":"1","events":1},\
                {"from":"2026-01-31T23:00:00Z","to":"2026-02-28T23:00:00Z","value":"6","events":2}]""");
        assertThat(first.get("groups")).hasToString("""
                [{"key":{"customer_id":"%s","external_customer_id":"beta"},"value":"4","events":1,"windows":[\
                {"from":"2025-12-31T23:00:00Z","to":"2026-01-31T23:00:00Z","value":null,"events":0},\
                {"from":"2026-01-31T23:00:00Z","to":"2026-02-28T23:00:00Z","value":"4","events":1}]}]""".formatted(beta));
        assertThat(second.at("/groups/0/key/customer_id").stringValue()).isEqualTo(acme);
        assertThat(second.at("/meta/next_cursor").isNull()).isTrue();
        assertThat(get(asked + "&customer_id=acme").get("value").stringValue()).isEqualTo("3");
    }

    @Test
    void anAggregatorIsTriedBeforeItIsSaved() throws Exception {
        push("acme", "2026-01-05T10:00:00Z", "price", 2, "quantity", "1.5", "region", "eu");

        JsonNode answer = send("POST", "/v1/usage/query", """
                {"aggregator":{"event_type":"usage","operation":"formula","formula":"price * quantity"},
                 "mode":"period","from":"2026-01-01T00:00:00Z","to":"2026-01-06T00:00:00+01:00","window":"week",
                 "time_zone":"Europe/Paris","group_by":["region"],"customer_id":"acme","take":10}""", 200);
        JsonNode allTime = send("POST", "/v1/usage/query", """
                {"aggregator":{"event_type":"usage","operation":"count"},"mode":"all_time","group_by":"region, id"}""", 200);

        assertThat(answer.get("aggregator_id").isNull()).isTrue();
        assertThat(answer.get("value").stringValue()).isEqualTo("3");
        assertThat(answer.get("windows")).hasSize(2);
        assertThat(answer.at("/groups/0/key/region").stringValue()).isEqualTo("eu");
        assertThat(allTime.get("from").isNull()).isTrue();
        assertThat(allTime.get("to").stringValue()).isEqualTo("2026-02-15T12:00:00Z");
        assertThat(allTime.get("mode").stringValue()).isEqualTo("all_time");
        assertThat(allTime.at("/groups/0/key")).hasSize(2);
    }

    @Test
    void aWeightedSumOfAllTimeIsNamedInTheListAndRefusedAlone() throws Exception {
        customer("acme");
        String id = aggregator("""
                {"name":"Level","event_type":"usage","operation":"weighted_sum","property":"x"}""");

        JsonNode list = get("/v1/customers/acme/usage?mode=all_time");
        JsonNode refused = send("GET", "/v1/customers/acme/usage/" + id + "?mode=all_time", null, 422);

        assertThat(list.at("/data/0/error/code").stringValue()).isEqualTo("operation_needs_period");
        assertThat(list.at("/data/0/aggregator_id").stringValue()).isEqualTo(id);
        assertThat(refused.get("code").stringValue()).isEqualTo("operation_needs_period");
    }

    @Test
    void theEventsBehindAFigureAreListed() throws Exception {
        // Given
        customer("acme");
        push("acme", "2026-01-05T10:00:00Z", "amount", 1, "region", "eu");
        push("acme", "2026-01-06T10:00:00Z", "amount", 2, "region", "us");
        push("acme", "2026-01-07T10:00:00Z", "amount", "none", "region", "eu");
        String definition = """
                {"name":"Sum","event_type":"usage","operation":"sum","property":"amount"}""";
        String id = aggregator(definition);

        // When
        JsonNode events = get("/v1/customers/acme/usage/" + id + "/events?" + JANUARY);
        JsonNode same = get("/v1/customers/acme/usage/events?aggregator_id=" + id + "&" + JANUARY);
        JsonNode ofAll = get("/v1/aggregators/" + id + "/usage/events?order=asc&take=1&" + JANUARY);
        JsonNode next = get("/v1/aggregators/" + id + "/usage/events?order=asc&take=1&cursor="
                + ofAll.at("/meta/next_cursor").stringValue() + "&" + JANUARY);
        JsonNode ofGroup = get("/v1/aggregators/" + id + "/usage/events?record.region=eu&" + JANUARY);
        JsonNode tried = send("POST", "/v1/usage/events", """
                {"aggregator":%s,"from":"2026-01-01T00:00:00Z","to":"2026-02-01T00:00:00Z"}""".formatted(definition), 200);

        // Then
        assertThat(events.at("/meta/total").intValue()).isEqualTo(2);
        assertThat(events.at("/data/0/timestamp").stringValue()).isEqualTo("2026-01-06T10:00:00Z");
        assertThat(events.at("/data/0/external_customer_id").stringValue()).isEqualTo("acme");
        assertThat(same).isEqualTo(events);
        assertThat(tried).isEqualTo(events);
        assertThat(ofAll.at("/data/0/timestamp").stringValue()).isEqualTo("2026-01-05T10:00:00Z");
        assertThat(next.at("/data/0/timestamp").stringValue()).isEqualTo("2026-01-06T10:00:00Z");
        assertThat(next.at("/meta/next_cursor").isNull()).isTrue();
        assertThat(ofGroup.at("/meta/total").intValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/customers/nobody/usage?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z | 404 | unknown_customer
            /v1/customers/acme/usage                                        | 400 | missing_period
            /v1/customers/acme/usage?from=2026-01-01T00:00:00Z              | 400 | missing_period
            /v1/customers/acme/usage?from=yesterday                         | 400 | invalid_parameter
            /v1/customers/acme/usage?mode=all_time&window=day               | 400 | window_not_allowed
            /v1/customers/acme/usage?mode=all_time&from=2026-01-01T00:00:00Z | 400 | from_not_allowed
            /v1/customers/acme/usage?mode=forever                           | 400 | invalid_parameter
            /v1/customers/acme/usage?colour=red                             | 400 | unknown_parameter
            /v1/customers/acme/usage?mode=all_time&time_zone=Mars           | 400 | invalid_parameter
            /v1/customers/acme/usage?mode=all_time&take=101                 | 400 | invalid_parameter
            /v1/customers/acme/usage?mode=all_time&group_by=a,b,c,d,e,f     | 400 | invalid_group_by
            /v1/customers/acme/usage/agg_x?mode=all_time                    | 404 | unknown_aggregator
            /v1/customers/acme/usage/events?mode=all_time                   | 400 | missing_parameter
            /v1/aggregators/agg_x/usage?mode=all_time                       | 404 | unknown_aggregator
            /v1/aggregators?status=gone                                     | 400 | invalid_parameter
            /v1/aggregators/agg_x                                           | 404 | unknown_aggregator
            """)
    void whatIsAskedWronglyIsAProblem(String path, int status, String code) throws Exception {
        customer("acme");

        assertThat(send("GET", path, null, status).get("code").stringValue()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {"mode":"all_time"}                                                     | aggregator           | required
            {"aggregator":7}                                                        | aggregator           | wrong_type
            {"aggregator":{"event_type":"t","operation":"nope"}}                    | aggregator.operation | unknown_operation
            {"aggregator":{"event_type":"t","operation":"count","filter":{"conditional":"and","fields":[{"property":"a","operator":"~","value":1}]}}} | aggregator.filter.fields[0].operator | unknown_operator
            {"aggregator":{"event_type":"t","operation":"count"}}                   | from                 | missing_period
            {"aggregator":{"event_type":"t","operation":"count"},"mode":"all_time","time_zone":"Mars"}  | time_zone | invalid_value
            {"aggregator":{"event_type":"t","operation":"count"},"mode":"all_time","group_by":[7]}      | group_by  | invalid_value
            {"aggregator":{"event_type":"t","operation":"count"},"mode":"all_time","group_by":{"a":"b"}} | group_by | invalid_value
            {"aggregator":{"event_type":"t","operation":"count"},"mode":"all_time","cursor":"x","skip":1} | cursor  | invalid_value
            {"aggregator":{"event_type":"t","operation":"count"},"colour":1}        | colour               | unknown_field
            """)
    void aMalformedQueryIsAProblemWithItsPath(String body, String path, String code) throws Exception {
        JsonNode problem = send("POST", "/v1/usage/query", body, 400);

        assertThat(problem.get("code").stringValue()).isEqualTo(code);
        assertThat(problem.at("/errors/0/path").stringValue()).isEqualTo(path);
    }

    private String customer(String externalId) {
        Resolution resolution = directory
                .resolve(Environment.LIVE, List.of(CustomerReference.of(externalId)), CreatePolicy.CREATE)
                .get(externalId);
        return ((Resolution.Resolved) Objects.requireNonNull(resolution)).canonicalId();
    }

    private void push(String customer, String at, Object... properties) {
        Resolution resolution = directory
                .resolve(Environment.LIVE, List.of(CustomerReference.of(customer)), CreatePolicy.CREATE)
                .get(customer);
        TestEvents.Builder event = TestEvents.event("usage")
                .id("r" + lastId++)
                .customer(((Resolution.Resolved) Objects.requireNonNull(resolution)).number())
                .at(at);
        for (int i = 0; i < properties.length; i += 2) {
            event.with(String.valueOf(properties[i]), properties[i + 1]);
        }
        store.append(Environment.LIVE, List.of(event.build()));
    }

    private String aggregator(String json) throws Exception {
        return send("POST", "/v1/aggregators", json, 201).get("id").stringValue();
    }

    private JsonNode get(String path) throws Exception {
        return send("GET", path, null, 200);
    }

    private JsonNode send(String method, String path, @Nullable String body, int status)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer key")
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return Json.mapper().readTree(response.body());
    }
}
