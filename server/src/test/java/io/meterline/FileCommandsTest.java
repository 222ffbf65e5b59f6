package io.meterline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.TestServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code meterline import} and {@code meterline export} against a running server. */
final class FileCommandsTest {

    private static final String HEADER = "timestamp,event_type,customer_id,record/id,record/amount\n";

    @TempDir
    static Path folder;

    private static TestServer server;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        server = TestServer.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", "http://127.0.0.1:" + server.port(), "--key", TestServer.LIVE_KEY));
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    @Test
    void whatWasImportedCanBeExported() throws IOException {
        String file = HEADER + "2026-01-05T00:00:00Z,\"cli\",\"acme\",1,12.5\n";
        assertThat(run("import", write("usage.csv", file))).as(err.toString()).isZero();
        assertThat(out.toString()).contains("succeeded: 1 created, 0 corrected, 0 ignored, 0 refused");

        Path exported = folder.resolve("exported.csv");
        assertThat(run("export", "events", exported.toString(), "--event-type", "cli"))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(exported)).isEqualTo(file);
        assertThat(exported.resolveSibling("exported.csv.part")).doesNotExist();
    }

    @Test
    void anExportMayBeOfOneSource() throws IOException {
        assertThat(run("import", write("usage.csv", HEADER + "2026-01-05T00:00:00Z,sources,acme,1,12.5\n")))
                .isZero();
        Path exported = folder.resolve("exported.csv");

        assertThat(run("export", "events", exported.toString(), "--event-type", "sources", "--source", "push"))
                .as(err.toString())
                .isZero();
        assertThat(exported).content().doesNotContain("acme");
        assertThat(run("export", "events", exported.toString(), "--event-type", "sources", "--source", "import"))
                .isZero();
        assertThat(exported).content().contains("acme");
    }

    @Test
    void wrongLinesAreNumberedAndTheCodeIsOne() throws IOException {
        String file = write("wrong.csv", HEADER + "2026-01-05T00:00:00Z,wrong,acme,1,1\nnever,wrong,acme,2,2\n");
        assertThat(run("import", file)).isEqualTo(1);
        assertThat(err.toString())
                .contains(file + ":3: timestamp: ", "(invalid_timestamp)", "nothing was imported", "(invalid_events)");

        assertThat(run("import", file, "--partial")).isEqualTo(1);
        assertThat(out.toString()).contains("succeeded: 1 created, 0 corrected, 0 ignored, 1 refused");
    }

    @Test
    void theTypeIsNamedWhereTheNameSaysNone() throws IOException {
        String file = write("usage.txt", HEADER + "2026-01-05T00:00:00Z,named,acme,1,1\n");
        assertThat(run("import", file)).isEqualTo(1);
        assertThat(err.toString()).contains("--type csv, ndjson or parquet");
        assertThat(run("import", file, "--type", "csv")).isZero();
    }

    @Test
    void usageIsExportedInTheFormatOfTheFilesName() {
        String id = server.client()
                .post("/v1/aggregators", java.util.Map.of("name", "calls", "event_type", "calls", "operation", "count"))
                .json()
                .path("id")
                .asString();
        Path file = folder.resolve("usage.ndjson");
        assertThat(run("export", "usage", file.toString(), "--aggregator", id, "--mode", "all_time"))
                .as(err.toString())
                .isZero();
        assertThat(file).content().contains("\"value\":0,\"events\":0");
    }

    @Test
    void whatTheServerRefusesIsSaid() throws IOException {
        assertThat(run("export", "events", "--customer", "nobody")).isEqualTo(1);
        assertThat(err.toString()).contains("(unknown_customer)");
        assertThat(run("export", "events", "--window", "day")).isEqualTo(1);
        assertThat(run("export", "usage", "--source", "push")).isEqualTo(1);
        assertThat(run("import", folder.resolve("missing.csv").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("There is no file");
    }

    private static String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
