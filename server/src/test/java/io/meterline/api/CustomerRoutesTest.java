package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import io.meterline.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Customers over HTTP; what they are is tested beside their package. */
final class CustomerRoutesTest {

    private static TestServer server;
    private static ApiClient client;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = TestServer.start(folder);
        client = server.client();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode create(String externalId) {
        Answer created =
                client.post("/v1/customers", Map.of("external_id", externalId, "name", "Name of " + externalId));
        assertThat(created.status()).isEqualTo(201);
        return created.json();
    }

    @Test
    void aCustomerIsFoundByEitherIdAlsoWithASlash() {
        JsonNode created = create("acme/eu");
        String id = created.path("id").asString();
        assertThat(client.get("/v1/customers/" + id).json()).isEqualTo(created);
        assertThat(client.get("/v1/customers/acme%2Feu").json()).isEqualTo(created);
        assertThat(client.get("/v1/customers/acme/eu").status()).isEqualTo(404);
        assertThat(server.client(Environment.TEST).get("/v1/customers/" + id).code())
                .isEqualTo("unknown_customer");
    }

    @Test
    void aChangeKeepsWhatItLeavesOutAndEmptiesWhatIsNull() {
        create("changing");
        Answer changed = client.put(
                "/v1/customers/changing", "{\"name\":null,\"currency\":\"EUR\",\"properties\":{\"n\":1.50}}");
        assertThat(changed.json().path("name").isNull()).isTrue();
        assertThat(changed.json().path("external_id").asString()).isEqualTo("changing");
        assertThat(changed.text()).contains("\"n\":1.50");
        Answer renamed = client.put("/v1/customers/changing", Map.of("external_id", "changed"));
        assertThat(renamed.json().path("currency").asString()).isEqualTo("EUR");
        assertThat(client.get("/v1/customers/changing")
                        .json()
                        .path("external_id")
                        .asString())
                .isEqualTo("changed");
        assertThat(client.get("/v1/customers/changed/aliases")
                        .json()
                        .at("/data/0/alias")
                        .asString())
                .isEqualTo("changing");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThat(client.post("/v1/customers", Map.of("nam", "x")).code()).isEqualTo("unknown_field");
        assertThat(client.post("/v1/customers", Map.of("currency", "EURO")).code())
                .isEqualTo("invalid_customer");
        assertThat(client.post("/v1/customers", Map.of("properties", List.of())).code())
                .isEqualTo("invalid_value");
        assertThat(client.put("/v1/customers/nobody", Map.of("name", 1)).code()).isEqualTo("unknown_customer");
        assertThat(client.get("/v1/customers?status=gone").code()).isEqualTo("invalid_status");
        assertThat(client.get("/v1/customers?created_at__gte=yesterday").code()).isEqualTo("invalid_parameter");
        create("wrong");
        assertThat(client.put("/v1/customers/wrong", Map.of("name", 1)).code()).isEqualTo("invalid_value");
        assertThat(client.post("/v1/customers", Map.of("external_id", "wrong")).code())
                .isEqualTo("external_id_taken");
        assertThat(client.post("/v1/customers/wrong/merge", Map.of()).code()).isEqualTo("required");
    }

    @Test
    void anExponentIsRefusedBeforeItIsExpanded() {
        for (String number : List.of("1e999999999", "-1e21", "1e-999999999", "1e99999999999999")) {
            Answer answer = client.post("/v1/customers", "{\"properties\":{\"n\":" + number + "}}");
            assertThat(answer.status()).as(number + ": " + answer.text()).isEqualTo(400);
        }
        assertThat(client.post("/v1/customers", "{\"properties\":{\"n\":1e3}}").text())
                .contains("\"n\":1000");
    }

    @Test
    void aMergeLeadsToTheOtherAndCanBeTakenBack() {
        JsonNode other = create("other");
        JsonNode merged = create("merged");
        assertThat(client.post("/v1/customers/merged/merge", Map.of("into", "other"))
                        .json()
                        .path("id"))
                .isEqualTo(other.path("id"));
        assertThat(client.get("/v1/customers/merged").json().path("id")).isEqualTo(other.path("id"));
        assertThat(client.delete("/v1/customers/" + merged.path("id").asString() + "/merge")
                        .status())
                .isEqualTo(200);
        assertThat(client.get("/v1/customers/merged").json().path("id")).isEqualTo(merged.path("id"));
    }

    @Test
    void listsAreFilteredAndArchivedOnesStayInThem() {
        create("list-one");
        create("list-two");
        assertThat(client.post("/v1/customers/list-two/archive")
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("archived");
        JsonNode both =
                client.get("/v1/customers?external_id=list-one,list-two").json();
        assertThat(both.at("/meta/total").asInt()).isEqualTo(2);
        JsonNode archived = client.get(
                        "/v1/customers?status=archived&search=LIST-T&created_at__lt=2999-01-01T00:00:00Z")
                .json();
        assertThat(archived.at("/data/0/external_id").asString()).isEqualTo("list-two");
        assertThat(client.post("/v1/customers/list-two/confirm")
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("active");
    }

    @Test
    void creatingAgainWithTheSameIdempotencyKeyGivesTheSameCustomer() {
        ApiClient once = client.with("Idempotency-Key", "customer-once");
        Answer first = once.post("/v1/customers", Map.of("name", "Once"));
        Answer again = once.post("/v1/customers", Map.of("name", "Once"));
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    }
}
