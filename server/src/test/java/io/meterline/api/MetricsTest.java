package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.ApiClient;
import io.meterline.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures that the guide promises are there, under these names, and no others. */
final class MetricsTest {

    private static final Path GUIDE = Path.of("../docs/guides/operating.md");
    private static final Pattern IN_THE_GUIDE = Pattern.compile("^\\| `(meterline_[a-z_]+)", Pattern.MULTILINE);
    private static final Pattern FAMILY = Pattern.compile("^# TYPE (meterline_[a-z_]+) ", Pattern.MULTILINE);

    @Test
    void theFiguresOfTheGuideAreThereAndNoOthers(@TempDir Path folder) throws IOException {
        try (TestServer server = TestServer.start(folder)) {
            ApiClient client = server.client();
            assertThat(client.post("/v1/events", event("2026-01-05T21:56:52Z")).status())
                    .isEqualTo(201);
            assertThat(client.post("/v1/events", event("ACTIVE_DATE")).status()).isEqualTo(400);
            // A read waits until everything counts.
            assertThat(client.get("/v1/events").status()).isEqualTo(200);

            String scrape = server.anonymous().get("/metrics").text();

            Set<String> families = matches(FAMILY, scrape);
            assertThat(families).isEqualTo(matches(IN_THE_GUIDE, Files.readString(GUIDE)));
            assertThat(lines(scrape))
                    .contains(
                            "meterline_ingest_accepted_total{environment=\"live\",source=\"push\"} 1.0",
                            "meterline_ingest_refused_total{code=\"invalid_timestamp\"} 1.0",
                            "meterline_ingest_refused_total{code=\"invalid_record\"} 0.0",
                            "meterline_store_events_total 1.0",
                            "meterline_store_queued_events 0.0",
                            "meterline_store_unapplied_events 0.0",
                            "meterline_store_waiting_reads 0.0",
                            "meterline_store_refused_total{reason=\"disk_full\"} 0.0",
                            "meterline_store_commits_seconds_count 1",
                            "meterline_loader_runs_total{status=\"failed\"} 0.0",
                            "meterline_loader_behind_seconds 0.0",
                            "meterline_ready{check=\"control\"} 1.0",
                            "meterline_ready{check=\"disk\"} 1.0",
                            "meterline_ready{check=\"events\"} 1.0",
                            "meterline_ready{check=\"loaders\"} 1.0");
        }
    }

    @Test
    void nothingThatACallerSentIsInThem(@TempDir Path folder) {
        try (TestServer server = TestServer.start(folder)) {
            server.client().post("/v1/events", event("2026-01-05T21:56:52Z"));
            server.client().get("/v1/customers/ada-lovelace");
            assertThat(server.anonymous().get("/metrics").text()).doesNotContain("ada-lovelace");
        }
    }

    private static Map<String, Object> event(String timestamp) {
        return Map.of(
                "customer_id", "ada-lovelace", "event_type", "call", "timestamp", timestamp, "record", Map.of("id", 1));
    }

    private static Set<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(name -> !name.endsWith("_max"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> lines(String scrape) {
        return Arrays.asList(scrape.split("\n", -1));
    }
}
