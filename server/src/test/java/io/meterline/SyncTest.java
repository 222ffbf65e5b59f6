package io.meterline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.RequiresProgram;
import io.meterline.testing.ServerProcess;
import io.meterline.testing.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No event is acknowledged before the disk has it: what the kernel is asked for, in order. */
@RequiresProgram("strace")
final class SyncTest {

    private static final int EVENTS = 30;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    // Calls that take long are told in two lines, at their beginning and at their end.
    private static final Pattern LOG_WRITE =
            Pattern.compile("(write|writev|pwrite64|pwritev)\\(\\d+<[^>]*/events-\\d+\\.wal>.*");
    private static final Pattern SYNC_BEGINS = Pattern.compile("(fsync|fdatasync)\\(\\d+<[^>]*/events-\\d+\\.wal>.*");
    private static final Pattern SYNC_ENDS = Pattern.compile(".*(fsync|fdatasync).*\\) += 0.*");
    private static final Pattern CREATED = Pattern.compile("(write|writev|sendto|sendmsg)\\(.*HTTP/1.1 201 .*");

    @TempDir
    Path folder;

    @Test
    void logIsSyncedBetweenItsLastWriteAndTheAnswer() throws Exception {
        // Given
        Path trace = folder.resolve("trace");
        List<String> strace = List.of(
                "strace",
                "-f",
                "-y",
                "-s",
                "64",
                "--seccomp-bpf",
                "-o",
                trace.toString(),
                "-e",
                "trace=fsync,fdatasync,write,writev,pwrite64,pwritev,sendto,sendmsg");

        // When
        try (ServerProcess server = ServerProcess.start(folder.resolve("data"), Map.of(), strace)) {
            for (int i = 0; i < EVENTS; i++) {
                push(server.base(), i);
            }
        }

        // Then
        assertThat(answersAfterASync(trace)).isEqualTo(EVENTS);
    }

    /** How many answers there are; fails at one without a write and a whole sync of the log since the one before. */
    private static int answersAfterASync(Path trace) throws IOException {
        int answers = 0;
        String syncing = "";
        boolean written = false;
        boolean synced = false;
        for (String line : Files.readAllLines(trace, StandardCharsets.ISO_8859_1)) {
            String[] parts = line.split(" +", 2);
            String thread = parts[0];
            String call = parts[1];
            if (LOG_WRITE.matcher(call).matches()) {
                written = true;
                synced = false;
            } else if (SYNC_BEGINS.matcher(call).matches()) {
                synced = written && SYNC_ENDS.matcher(call).matches();
                syncing = synced ? "" : thread;
            } else if (thread.equals(syncing) && SYNC_ENDS.matcher(call).matches()) {
                synced = written;
                syncing = "";
            } else if (CREATED.matcher(call).matches()) {
                assertThat(written && synced)
                        .as("write and sync before answer %d: %s", answers, line)
                        .isTrue();
                answers++;
                written = false;
                synced = false;
            }
        }
        return answers;
    }

    private static void push(String base, int id) throws IOException, InterruptedException {
        String event = """
                {"customer_id":"acme","event_type":"sales","timestamp":"2026-01-05T21:56:52Z","record":{"id":%d}}""".formatted(id);
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/v1/events"))
                .header("Authorization", "Bearer " + TestServer.LIVE_KEY)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(event))
                .build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
