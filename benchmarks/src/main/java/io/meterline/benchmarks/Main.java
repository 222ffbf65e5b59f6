package io.meterline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Chooses the benchmarks to run. */
@Command(
        name = "benchmarks",
        description = "Measures the real server, each figure beside a baseline of the same run.",
        mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {

    /** What can be measured. */
    enum Work {
        push,
        singles,
        corrections,
        pull,
        usage,
        simulate,
        console,
        all
    }

    @Parameters(paramLabel = "WORK", description = "${COMPLETION-CANDIDATES}")
    private Work work = Work.all;

    @Option(names = "--rows", description = "events; default: each benchmark's own")
    private long rows;

    @Option(names = "--types", defaultValue = "3", description = "event types, default ${DEFAULT-VALUE}")
    private int types;

    @Option(names = "--properties", defaultValue = "5", description = "beside the id, default ${DEFAULT-VALUE}")
    private int properties;

    @Option(names = "--seconds", defaultValue = "20", description = "of what is bounded by time")
    private int seconds;

    @Option(names = "--runs", defaultValue = "1", description = "fresh runs, of which the median is printed")
    private int runs;

    @Option(names = "--no-baselines", description = "leaves the baselines out")
    private boolean withoutBaselines;

    @Option(names = "--server", defaultValue = "server/target/meterline-server.jar", description = "the server's jar")
    private Path jar = Path.of("");

    @Option(names = "--folder", description = "where data folders are made; default: of temporary files")
    private @Nullable Path folder;

    private Main() {}

    public static void main(String[] args) {
        System.setProperty("logback.configurationFile", "benchmarks-logback.xml");
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        Report report = new Report(System.out);
        Path temporary = folder == null ? Path.of(System.getProperty("java.io.tmpdir")) : folder;
        // Two whole months and a part of a third would make months unlike; all three lie in the past.
        YearMonth firstMonth = YearMonth.now(Clock.systemUTC()).minusMonths(Workload.MONTHS);
        Bench bench =
                new Bench(jar, temporary, firstMonth, rows, types, properties, seconds, !withoutBaselines, report);
        for (int run = 1; run <= runs; run++) {
            report.say("Run %d of %d, load of the machine before it: %s".formatted(run, runs, load()));
            run(bench);
        }
        report.print();
        return 0;
    }

    private void run(Bench bench) throws IOException, InterruptedException, SQLException {
        switch (work) {
            case push -> new PushBenchmark(bench).run();
            case singles -> new SinglesBenchmark(bench).run();
            case corrections -> new CorrectionsBenchmark(bench).run();
            case pull -> new PullBenchmark(bench).run();
            case usage -> new UsageBenchmark(bench).run();
            case simulate -> new SimulateBenchmark(bench).run();
            case console -> new ConsoleBenchmark(bench).run();
            case all -> {
                new PushBenchmark(bench).run();
                new SinglesBenchmark(bench).run();
                new CorrectionsBenchmark(bench).run();
                new PullBenchmark(bench).run();
                new UsageBenchmark(bench).run();
                new SimulateBenchmark(bench).run();
                new ConsoleBenchmark(bench).run();
            }
        }
    }

    private static String load() throws IOException {
        Path load = Path.of("/proc/loadavg");
        return Files.exists(load) ? Files.readString(load).strip() : "unknown";
    }
}
