package io.meterline;

import io.meterline.file.FileType;
import java.io.FileNotFoundException;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code meterline import}: sends a file to the running server and waits until it is imported. */
@Command(
        name = "import",
        description = "Imports events from a CSV, NDJSON or Parquet file.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "All or nothing: a file with a line that is wrong imports nothing, unless --partial.",
            "Ends with 0 when every event was taken, with 1 and the numbered errors when not."
        })
final class ImportCommand implements Callable<Integer> {

    private static final long FIRST_WAIT_MILLIS = 50;
    private static final long LONGEST_WAIT_MILLIS = 1_000;

    @Parameters(paramLabel = "FILE", description = "the file; may be gzip")
    private Path file = Path.of("");

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "csv, ndjson or parquet; default: what the name ends with")
    private @Nullable String type;

    @Option(names = "--partial", description = "take the good events and set the others aside")
    private boolean partial;

    @Option(names = "--replace", description = "the versions in the file win whatever their timestamps")
    private boolean replace;

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = err();
        try {
            JsonNode done = follow(upload());
            return report(done, err);
        } catch (CommandException e) {
            err.println("meterline: " + e.sentence());
            return Main.FAILED;
        } finally {
            err.flush();
        }
    }

    private JsonNode upload() throws InterruptedException {
        if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
            throw new CommandException("There is no file " + file + " that can be read.");
        }
        String name = String.valueOf(file.getFileName());
        if (type == null && FileType.ofFileName(name).isEmpty()) {
            throw new CommandException("Name the type of " + name + " with --type csv, ndjson or parquet.");
        }
        String boundary = "meterline-" + UUID.randomUUID();
        return api.json(api.request("/v1/imports")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                // A connection that breaks off may be tried again without a second import.
                .header("Idempotency-Key", boundary)
                .POST(form(boundary, name))
                .build());
    }

    private BodyPublisher form(String boundary, String name) {
        StringBuilder head = new StringBuilder();
        field(head, boundary, "partial", Boolean.toString(partial));
        field(head, boundary, "replace", Boolean.toString(replace));
        if (type != null) {
            field(head, boundary, "type", type);
        }
        String quoted =
                name.replace("\\", "_").replace("\"", "_").replace("\r", "_").replace("\n", "_");
        head.append("--")
                .append(boundary)
                .append("\r\nContent-Disposition: form-data; name=\"file\"; filename=\"")
                .append(quoted)
                .append("\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        try {
            return BodyPublishers.concat(
                    BodyPublishers.ofString(head.toString()),
                    BodyPublishers.ofFile(file),
                    BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
        } catch (FileNotFoundException e) {
            throw new CommandException("There is no file " + file + " that can be read.");
        }
    }

    private static void field(StringBuilder form, String boundary, String name, String value) {
        form.append("--")
                .append(boundary)
                .append("\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n");
    }

    @SuppressWarnings("SystemConsoleNull") // Since 25 it is null again where there is no terminal.
    private JsonNode follow(JsonNode queued) throws InterruptedException {
        boolean isTerminal = System.console() != null && System.console().isTerminal();
        String id = queued.path("id").asString();
        JsonNode one = queued;
        long wait = FIRST_WAIT_MILLIS;
        while (one.path("finished_at").isNull()) {
            if (isTerminal) {
                err().printf(
                                "\r%-10s %3d %%  %,d events",
                                one.path("status").asString(),
                                one.path("percent").asInt(),
                                one.path("events_read").asLong());
                err().flush();
            }
            Thread.sleep(wait);
            wait = Math.min(LONGEST_WAIT_MILLIS, wait * 2);
            one = api.json(api.request("/v1/imports/" + id).GET().build());
        }
        if (isTerminal) {
            err().print("\r" + " ".repeat(50) + "\r");
        }
        return one;
    }

    private int report(JsonNode done, PrintWriter err) {
        long failed = done.path("events_failed").asLong();
        for (JsonNode error : done.path("errors")) {
            String path = error.path("path").asString();
            err.printf(
                    "%s:%d: %s%s (%s)%n",
                    file,
                    error.path("line").asLong(),
                    path.isEmpty() ? "" : path + ": ",
                    error.path("message").asString(),
                    error.path("code").asString());
        }
        if (failed > done.path("errors").size()) {
            err.printf("… and %,d more%n", failed - done.path("errors").size());
        }
        boolean succeeded = done.path("status").asString().equals("succeeded");
        if (!succeeded) {
            err.printf(
                    "meterline: %s (%s)%n",
                    done.at("/error/message").asString(), done.at("/error/code").asString());
        }
        PrintWriter out = spec().commandLine().getOut();
        out.printf(
                "%s %s: %d created, %d corrected, %d ignored, %d refused%n",
                done.path("id").asString(),
                done.path("status").asString(),
                done.path("events_created").asLong(),
                done.path("events_corrected").asLong(),
                done.path("events_ignored").asLong(),
                failed);
        out.flush();
        return succeeded && failed == 0 ? 0 : Main.FAILED;
    }

    private PrintWriter err() {
        return spec().commandLine().getErr();
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it runs a command");
        }
        return spec;
    }
}
