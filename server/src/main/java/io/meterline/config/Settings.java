package io.meterline.config;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the operator can set, checked. Built by {@link SettingsLoader}; each constructor throws {@link
 * SettingsException} for a value out of range.
 *
 * @param data {@code data}: the folder of all files, default {@code ./data}
 * @param secretKeyFile {@code secret_key_file}: the key that stored secrets are encrypted with, default {@code
 *     secret.key} in the data folder
 * @param egressAddresses {@code egress_addresses}: the addresses that a source's firewall has to let in, shown beside
 *     connections; default none
 */
public record Settings(
        Path data,
        Path secretKeyFile,
        List<String> egressAddresses,
        Http http,
        Bootstrap bootstrap,
        Store store,
        Control control,
        Ready ready,
        Push push,
        Rejected rejected,
        Imports imports,
        Loader loader,
        Sources sources) {

    public Settings {
        egressAddresses = List.copyOf(egressAddresses);
        sources.keepOut("data", data);
        sources.keepOut("secret_key_file", secretKeyFile);
        sources.keepOut("loader.drivers_folder", sources.driversFolder());
        for (String address : egressAddresses) {
            if (address.isBlank() || address.length() > 253) {
                throw new SettingsException(
                        "egress_addresses", "must be a list of IP addresses, address ranges or host names");
            }
        }
    }

    /**
     * Where the server listens.
     *
     * @param host {@code host}: default 127.0.0.1, so that nothing is open to the network unless it is asked for
     * @param port {@code port}: default 8080; 0 takes any free one
     * @param idleTimeout {@code http.idle_timeout}: how long a connection may take from one answer to the headers of its
     *     next request, default PT2M
     * @param readTimeout {@code http.read_timeout}: how long the headers of the first request may take, and how long a body
     *     may pause, default PT30S
     * @param bodyTimeout {@code http.body_timeout}: how long the whole body of a request may take, default PT2M;
     *     a file that is uploaded has a second more for each 16 KiB that came
     * @param connections {@code http.connections}: most connections at once, default 5,000; more wait to be taken
     * @param bodyMemoryBytes {@code http.body_memory}: what the bodies of all requests that are being answered may take
     *     together before further ones get a 503, default a quarter of the heap
     */
    public record Http(
            String host,
            int port,
            Duration idleTimeout,
            Duration readTimeout,
            Duration bodyTimeout,
            int connections,
            long bodyMemoryBytes) {
        public Http {
            if (host.isBlank()) {
                throw new SettingsException("host", "must be a host name or an IP address, as in 127.0.0.1 or 0.0.0.0");
            }
            Checks.range("port", port, 0, 65_535);
            Checks.range("http.idle_timeout", idleTimeout, Duration.ofMillis(100), Duration.ofHours(1));
            Checks.range("http.read_timeout", readTimeout, Duration.ofMillis(100), Duration.ofHours(1));
            Checks.range("http.body_timeout", bodyTimeout, Duration.ofMillis(100), Duration.ofHours(1));
            Checks.range("http.connections", connections, 10, 1_000_000);
            // One body of 32 MiB that is packed takes up to three times as much.
            Checks.range("http.body_memory", bodyMemoryBytes, 100L << 20, 1L << 40);
        }
    }

    /**
     * API keys that exist from the start, with all scopes, for automation. Without them the first start makes random
     * ones.
     *
     * @param liveKey {@code bootstrap.live_key}: {@code prod_} and 20 to 200 letters, digits, {@code _} or {@code -}
     * @param testKey {@code bootstrap.test_key}: {@code test_} and the same
     */
    public record Bootstrap(
            @Nullable String liveKey, @Nullable String testKey) {

        private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{20,200}");

        public Bootstrap {
            check("bootstrap.live_key", "prod_", liveKey);
            check("bootstrap.test_key", "test_", testKey);
        }

        private static void check(String setting, String prefix, @Nullable String key) {
            if (key == null) {
                return;
            }
            if (!key.startsWith(prefix)
                    || !SECRET.matcher(key.substring(prefix.length())).matches()) {
                throw new SettingsException(
                        setting,
                        "must be %s followed by 20 to 200 letters, digits, _ or -; take random ones".formatted(prefix));
            }
        }

        /** Keeps the keys out of logs. */
        @Override
        public String toString() {
            return "Bootstrap[liveKey=%s, testKey=%s]"
                    .formatted(liveKey == null ? "none" : "set", testKey == null ? "none" : "set");
        }
    }

    /**
     * The embedded event store.
     *
     * @param queueEvents {@code store.queue_events}: most events that wait for the writer before pushes get a 503,
     *     default 200,000
     * @param memoryLimitBytes {@code store.memory_limit}: what DuckDB may use, default 600 MiB
     * @param threads {@code store.threads}: threads of DuckDB, default one for each processor
     * @param foldRows {@code store.fold_rows}: after how many new events they are moved into the main tables and the
     *     log is cut, default 500,000; fewer make starts after a crash shorter and writing slower
     */
    public record Store(int queueEvents, long memoryLimitBytes, int threads, int foldRows) {
        public Store {
            Checks.range("store.queue_events", queueEvents, 5_000, 10_000_000);
            Checks.range("store.memory_limit", memoryLimitBytes, 128L << 20, 1L << 40);
            Checks.range("store.threads", threads, 1, 256);
            Checks.range("store.fold_rows", foldRows, 100, 10_000_000);
        }
    }

    /**
     * The embedded control database.
     *
     * @param readers {@code control.readers}: reading connections, each with a thread, default 2
     * @param queue {@code control.queue}: most statements that wait before requests get a 503, default 1,000
     */
    public record Control(int readers, int queue) {
        public Control {
            Checks.range("control.readers", readers, 1, 64);
            Checks.range("control.queue", queue, 10, 100_000);
        }
    }

    /**
     * When the server says that it is not ready.
     *
     * @param reserveBytes {@code disk.reserve}: with less room than this the server is not ready and takes nothing new,
     *     so that what it took can be finished; default 512 MiB, 0 for no such limit
     * @param farBehind {@code loader.far_behind}: how long a run may be due without starting, default PT1H
     */
    public record Ready(long reserveBytes, Duration farBehind) {
        public Ready {
            Checks.range("loader.far_behind", farBehind, Duration.ofMinutes(1), Duration.ofDays(366));
            Checks.range("disk.reserve", reserveBytes, 0, Long.MAX_VALUE);
        }
    }

    /**
     * Pushed events.
     *
     * @param futureTolerance {@code push.future_tolerance}: how far ahead of the clock a timestamp may lie in an
     *     environment that has not set its own, default P1D
     */
    public record Push(Duration futureTolerance) {
        public Push {
            Checks.range("push.future_tolerance", futureTolerance, Duration.ZERO, Duration.ofDays(366));
        }
    }

    /**
     * What was refused and is kept to be looked at.
     *
     * @param keep {@code rejected.keep}: how long, default P30D
     * @param max {@code rejected.max}: how many in each environment, default 100,000; above it the oldest go
     */
    public record Rejected(Duration keep, int max) {
        public Rejected {
            Checks.range("rejected.keep", keep, Duration.ofHours(1), Duration.ofDays(366));
            Checks.range("rejected.max", max, 100, 10_000_000);
        }
    }

    /**
     * Imported files.
     *
     * @param maxBytes {@code imports.max_size}: the largest file, unpacked, default 2 GiB
     * @param atOnce {@code imports.at_once}: how many are imported at once, default 1; more wait
     * @param queue {@code imports.queue}: most that wait or go on before uploads get a 503, default 100; their files
     *     lie in the data folder
     */
    public record Imports(long maxBytes, int atOnce, int queue) {
        public Imports {
            Checks.range("imports.max_size", maxBytes, 1L << 10, 1L << 40);
            Checks.range("imports.at_once", atOnce, 1, 16);
            Checks.range("imports.queue", queue, 1, 1_000);
        }
    }

    /**
     * Data loaders.
     *
     * @param statementTimeout {@code loader.statement_timeout}: how long a query may run, default PT30M
     * @param batchRows {@code loader.batch_rows}: rows read and committed at a time, default 5,000
     * @param maxBadShare {@code loader.max_bad_share}: a run with a greater share of bad rows fails, 0 to 1, default
     *     0.05
     * @param runsPerConnection {@code loader.runs_per_connection}: how many runs read from one connection at a time,
     *     default 2
     * @param retries {@code loader.retries}: how often a run is tried again after a failure that may pass by itself,
     *     default 5
     * @param retryDelay {@code loader.retry_delay}: the wait before the first of those; each later one is twice as long,
     *     up to an hour; default PT30S
     */
    public record Loader(
            Duration statementTimeout,
            int batchRows,
            BigDecimal maxBadShare,
            int runsPerConnection,
            int retries,
            Duration retryDelay) {
        public Loader {
            Checks.range("loader.runs_per_connection", runsPerConnection, 1, 16);
            Checks.range("loader.retries", retries, 0, 20);
            Checks.range("loader.retry_delay", retryDelay, Duration.ofSeconds(1), Duration.ofHours(1));
            Checks.range("loader.statement_timeout", statementTimeout, Duration.ofSeconds(1), Duration.ofDays(1));
            Checks.range("loader.batch_rows", batchRows, 100, 100_000);
            if (maxBadShare.signum() < 0 || maxBadShare.compareTo(BigDecimal.ONE) > 0) {
                throw new SettingsException("loader.max_bad_share", "must be from 0 to 1, not " + maxBadShare);
            }
        }
    }

    /**
     * What rows may be pulled from, and how many.
     *
     * @param filesFolder {@code loader.files_folder}: the folder whose files (SQLite, Parquet, CSV, NDJSON) connections
     *     may name; without it none can
     * @param driversFolder {@code loader.drivers_folder}: the folder of JDBC drivers, default {@code ./drivers}; who can
     *     write into it decides what runs in this server
     * @param maxRows {@code loader.max_rows}: most rows of a run, default 0 for any number; at the limit it fails
     * @param maxBytes {@code loader.max_bytes}: most bytes of a run, default 0 for any number
     */
    public record Sources(@Nullable Path filesFolder, Path driversFolder, int maxRows, long maxBytes) {

        public Sources {
            Checks.range("loader.max_rows", maxRows, 0, Integer.MAX_VALUE);
            Checks.range("loader.max_bytes", maxBytes, 0, Long.MAX_VALUE);
        }

        /** Throws {@link SettingsException} when one of the server's own files would be in the folder for files. */
        void keepOut(String setting, Path own) {
            if (filesFolder != null && real(own).startsWith(real(filesFolder))) {
                throw new SettingsException(
                        "loader.files_folder", "must be a folder that does not contain " + setting + " (" + own + ")");
            }
        }

        // Symbolic links are followed as far as the path exists: what does not exist yet has none.
        private static Path real(Path path) {
            Path absolute = path.toAbsolutePath().normalize();
            try {
                return absolute.toRealPath();
            } catch (IOException e) {
                Path parent = absolute.getParent();
                return parent == null ? absolute : real(parent).resolve(absolute.getFileName());
            }
        }
    }
}
