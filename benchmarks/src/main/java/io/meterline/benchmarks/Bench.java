package io.meterline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What every benchmark is given.
 *
 * @param jar the server's jar, its libraries beside it
 * @param folder where data folders are made and removed
 * @param firstMonth the month of the first event
 * @param rows how many events, 0 for the benchmark's own
 * @param types event types
 * @param properties properties of an event beside its id
 * @param seconds how long what is bounded by time takes
 * @param baselines false to leave the baselines out
 */
record Bench(
        Path jar,
        Path folder,
        YearMonth firstMonth,
        long rows,
        int types,
        int properties,
        int seconds,
        boolean baselines,
        Report report) {

    static final long NO_LIMIT_SECONDS = 100_000;

    Workload workload(long count) {
        return new Workload(count, types, properties, new Months(firstMonth));
    }

    long rowsOr(long usual) {
        return rows == 0 ? usual : rows;
    }

    /** A server on a new data folder, which goes when the server does. */
    Fresh fresh() throws IOException, InterruptedException {
        Path data = Files.createTempDirectory(folder, "meterline-bench-");
        return new Fresh(data, ServerProcess.start(jar, data));
    }

    /** A server and its data folder. */
    static final class Fresh implements AutoCloseable {
        private final Path data;
        private ServerProcess server;

        private Fresh(Path data, ServerProcess server) {
            this.data = data;
            this.server = server;
        }

        ServerProcess server() {
            return server;
        }

        int port() {
            return server.port();
        }

        /** Stops the server in order and starts it again on what it stored. */
        void restart(Path jar) throws IOException, InterruptedException {
            server.close();
            server = ServerProcess.start(jar, data);
        }

        long diskMiB() throws IOException {
            try (Stream<Path> files = Files.walk(data)) {
                return files.filter(Files::isRegularFile)
                                .mapToLong(file -> file.toFile().length())
                                .sum()
                        >> 20;
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            try (Stream<Path> files = Files.walk(data)) {
                List<Path> deepestFirst =
                        files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.delete(file);
                }
            }
            Files.deleteIfExists(data.resolveSibling(data.getFileName() + ".log"));
        }
    }
}
