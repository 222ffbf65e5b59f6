package io.meterline.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import io.meterline.testing.FileForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Where the sample company's orders come from: files that a data loader reads, some of whose rows are set aside; a loader
 * whose file is gone; and a file that was uploaded twice, with and without a fault.
 */
final class SampleLoaders {

    private static final Duration MOST = Duration.ofSeconds(60);
    private static final int ORDERS = 400;
    private static final String HEADER = "timestamp,event_type,customer_id,record/id,record/amount,record/region\n";

    private final ApiClient api;
    private final Path files;
    private final Instant now;

    private SampleLoaders(ApiClient api, Path files, Instant now) {
        this.api = api;
        this.files = files;
        this.now = now;
    }

    /** @param files {@code loader.files_folder} of the server */
    static void fill(ApiClient api, Path files, Instant now) {
        new SampleLoaders(api, files, now).fill();
    }

    private void fill() {
        write("orders.csv", orders());
        write("refunds.csv", orders());
        String connection = id(
                api.post("/v1/connections", Map.of("name", "exports of the shop", "provider", "duckdb", "path", "")));
        String orders = loader(connection, "Orders", "orders");
        awaitRun(orders, "succeeded");
        api.post("/v1/loaders/" + orders + "/run");
        awaitRun(orders, "succeeded");
        String refunds = loader(connection, "Refunds", "refunds");
        awaitRun(refunds, "succeeded");
        remove("refunds.csv");
        api.post("/v1/loaders/" + refunds + "/run");
        awaitRun(refunds, "failed");
        upload("november.csv", HEADER + line("4711", "12.50") + line("4712", "99"));
        upload("october.csv", HEADER + line("4711", "12.50") + "soon,orders,globex,4713,1,eu\n");
    }

    private String loader(String connection, String name, String type) {
        return id(api.post(
                "/v1/loaders",
                Map.of(
                        "name",
                        name,
                        "connection_id",
                        connection,
                        "event_type",
                        type,
                        "refresh",
                        "PT1H",
                        "query",
                        "SELECT id, customer AS \"customerId\", used_at AS timestamp,\n       amount, region\nFROM read_csv(file('%s.csv'),\n  types = {'used_at': 'VARCHAR', 'amount': 'DECIMAL(18,2)'})"
                                .formatted(type))));
    }

    private String orders() {
        StringBuilder rows = new StringBuilder("id,customer,used_at,amount,region\n");
        for (int i = 0; i < ORDERS; i++) {
            Instant at = now.minus(Duration.ofHours(i + 1L));
            rows.append("ord-%04d,%s,%s,%d.%02d,%s%n"
                    .formatted(
                            i,
                            i % 3 == 0 ? "globex" : "initech",
                            i % 150 == 7 ? "soon" : at.toString(),
                            20 + i * 7 % 400,
                            i * 13 % 100,
                            i % 2 == 0 ? "eu-west-1" : "us-east-1"));
        }
        return rows.toString();
    }

    private String line(String id, String amount) {
        return "%s,orders,globex,%s,%s,eu-west-1%n".formatted(now.minusSeconds(60), id, amount);
    }

    private void upload(String name, String content) {
        Answer queued = api.with("Content-Type", FileForm.TYPE)
                .send(
                        "POST",
                        "/v1/imports",
                        new FileForm()
                                .file("file", name, content.getBytes(UTF_8))
                                .bytes());
        await().atMost(MOST)
                .until(() -> !api.get("/v1/imports/" + id(queued))
                        .json()
                        .path("finished_at")
                        .isNull());
    }

    private void awaitRun(String loader, String status) {
        await().atMost(MOST).until(() -> {
            JsonNode run = api.get("/v1/loaders/" + loader).json().path("last_run");
            return run.path("status").asString("").equals(status);
        });
    }

    private void write(String name, String content) {
        try {
            Files.writeString(files.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remove(String name) {
        try {
            Files.delete(files.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String id(Answer made) {
        assertThat(made.status()).as(made.text()).isLessThan(300);
        return made.json().path("id").asString();
    }
}
