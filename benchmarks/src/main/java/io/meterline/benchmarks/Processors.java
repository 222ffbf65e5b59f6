package io.meterline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much of the machine's processors others took while something was measured. A figure of a machine that was not
 * quiet is a lower bound; this says of which.
 */
final class Processors {

    private static final Path STAT = Path.of("/proc/stat");
    private static final int IDLE = 3;
    private static final int WAITING = 4;
    private static final int STOLEN = 7;

    private final long[] before = ticks();
    private final Duration oursBefore = ours();

    Processors() throws IOException {}

    /** Percent of all processors since this was made; 0 where there is no /proc. Call it while the server runs. */
    double percentTakenByOthers() throws IOException {
        long[] now = ticks();
        long all = 0;
        for (int i = 0; i < now.length; i++) {
            all += now[i] - before[i];
        }
        if (all <= 0) {
            return 0;
        }
        long free = now[IDLE] - before[IDLE] + now[WAITING] - before[WAITING];
        // A tick is a hundredth of a second on every Linux that Java runs on.
        long oursTicks = ours().minus(oursBefore).toMillis() / 10;
        return Math.max(0, all - free - oursTicks) * 100.0 / all;
    }

    /** Of this process and of those that it started. */
    private static Duration ours() {
        return Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.current().descendants())
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static long[] ticks() throws IOException {
        if (!Files.exists(STAT)) {
            return new long[0];
        }
        List<Long> ticks = new ArrayList<>();
        for (String word : Files.readAllLines(STAT).getFirst().split(" +", -1)) {
            if (!word.startsWith("cpu")) {
                ticks.add(Long.parseLong(word));
            }
        }
        return ticks.stream().limit(STOLEN + 1L).mapToLong(Long::longValue).toArray();
    }
}
