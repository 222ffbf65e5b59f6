package io.meterline;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code meterline export}: writes events or usage of the running server to a file. */
@Command(
        name = "export",
        description = "Exports events or usage as CSV, NDJSON or Parquet.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "meterline export events usage.csv --event-type api_calls",
            "meterline export usage --aggregator agg_… --from 2026-01-01T00:00:00Z --to 2026-02-01T00:00:00Z"
        })
final class ExportCommand implements Callable<Integer> {

    private static final String OUT = "-";

    /** What can be exported. */
    enum What {
        events,
        usage
    }

    @Parameters(index = "0", paramLabel = "events|usage", description = "what to export")
    private What what = What.events;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = OUT,
            description = "default: standard output")
    private String file = OUT;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "csv, ndjson or parquet; default: what the name of the file ends with, else csv")
    private @Nullable String format;

    @Option(names = "--event-type", paramLabel = "TYPE", description = "events of one type; default: all")
    private @Nullable String eventType;

    @Option(names = "--source", paramLabel = "SOURCE", description = "events of push, import or loader; default: all")
    private @Nullable String source;

    @Option(
            names = "--customer",
            paramLabel = "ID",
            description = "of one customer, by our id or your own; default: all")
    private @Nullable String customer;

    @Option(names = "--from", paramLabel = "TIME", description = "from this time on, as in 2026-01-01T00:00:00Z")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "before this time")
    private @Nullable String to;

    @Option(names = "--aggregator", paramLabel = "ID", description = "usage: the aggregator, agg_…")
    private @Nullable String aggregator;

    @Option(names = "--mode", paramLabel = "MODE", description = "usage: period or all_time; default period")
    private @Nullable String mode;

    @Option(names = "--window", paramLabel = "SIZE", description = "usage: split by hour, day, week or month")
    private @Nullable String window;

    @Option(names = "--time-zone", paramLabel = "ZONE", description = "usage: whose calendar cuts windows; default UTC")
    private @Nullable String timeZone;

    @Option(names = "--group-by", paramLabel = "NAMES", description = "usage: customer_id or properties, with commas")
    private @Nullable String groupBy;

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec().commandLine().getErr();
        try {
            HttpResponse<InputStream> answer = api.send(
                    api.request("/v1/exports/" + what + query()).GET().build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw ApiOptions.problem(answer.statusCode(), in.readAllBytes());
                }
                receive(in);
            }
            return 0;
        } catch (CommandException e) {
            err.println("meterline: " + e.sentence());
            return Main.FAILED;
        } catch (IOException e) {
            err.println("meterline: The export broke off and is not complete (" + e.getMessage() + "). Try again.");
            return Main.FAILED;
        } finally {
            err.flush();
        }
    }

    private void receive(InputStream in) throws IOException {
        if (file.equals(OUT)) {
            OutputStream out = System.out;
            in.transferTo(out);
            out.flush();
            return;
        }
        // A file that is there under its name is complete.
        Path target = Path.of(file).toAbsolutePath();
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private String query() {
        Map<String, @Nullable String> parameters = new LinkedHashMap<>();
        parameters.put("format", format());
        parameters.put("customer_id", customer);
        switch (what) {
            case events -> {
                refuse("--aggregator", aggregator);
                refuse("--mode", mode);
                refuse("--window", window);
                refuse("--time-zone", timeZone);
                refuse("--group-by", groupBy);
                parameters.put("event_type", eventType);
                parameters.put("source", source);
                parameters.put("timestamp__gte", from);
                parameters.put("timestamp__lt", to);
            }
            case usage -> {
                refuse("--event-type", eventType);
                refuse("--source", source);
                parameters.put("aggregator_id", aggregator);
                parameters.put("from", from);
                parameters.put("to", to);
                parameters.put("mode", mode);
                parameters.put("window", window);
                parameters.put("time_zone", timeZone);
                parameters.put("group_by", groupBy);
            }
        }
        List<String> pairs = new ArrayList<>();
        parameters.forEach((name, value) -> {
            if (value != null) {
                pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return "?" + String.join("&", pairs);
    }

    private String format() {
        if (format != null) {
            return format;
        }
        return io.meterline.file.FileType.ofFileName(file)
                .map(io.meterline.file.FileType::text)
                .orElse("csv");
    }

    private void refuse(String option, @Nullable String value) {
        if (value != null) {
            throw new CommandException("An export of " + what + " takes no " + option + ".");
        }
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it runs a command");
        }
        return spec;
    }
}
