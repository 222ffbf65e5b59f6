package io.meterline.config;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads settings: a flag wins over an environment variable, which wins over the file, which wins over the default.
 *
 * <p>The variable of a key is {@code METERLINE_} and the key in capitals, dots as underscores: {@code
 * METERLINE_STORE_MEMORY_LIMIT} sets {@code store.memory_limit}.
 */
public final class SettingsLoader {

    private static final String DEFAULT_FILE = "meterline.yaml";

    // Read by the launcher, the tests, the logging and the other commands, not as settings.
    private static final List<String> OTHER_VARIABLES = List.of(
            "METERLINE_JAVA_OPTS",
            "METERLINE_TESTS",
            "METERLINE_URL",
            "METERLINE_KEY",
            "METERLINE_CONFIG",
            "METERLINE_LOG_FORMAT",
            "METERLINE_LOG_LEVEL");

    private SettingsLoader() {}

    /**
     * The settings of a start.
     *
     * @param flags values by key, as in {@code port} or {@code store.memory_limit}; {@code config} names the file
     * @param environment the whole environment of the process; only {@code METERLINE_*} is looked at
     * @throws SettingsException naming the key, the allowed values and where the wrong one came from
     */
    public static Settings load(Map<String, String> flags, Map<String, String> environment) {
        String named = flags.getOrDefault("config", environment.getOrDefault("METERLINE_CONFIG", ""));
        Path file = Path.of(named.isEmpty() ? DEFAULT_FILE : named);
        if (!named.isEmpty() && !Files.isRegularFile(file)) {
            throw new SettingsException("config", "must name a YAML file that exists, not " + file);
        }
        Map<String, String> inFile = Files.isRegularFile(file) ? SettingsFile.read(file) : Map.of();
        Map<String, String> valueFlags = new HashMap<>(flags);
        valueFlags.remove("config");
        SettingValues values = new SettingValues(valueFlags, environment, inFile, file.toString());
        try {
            Settings settings = build(values);
            values.refuseUnknown(OTHER_VARIABLES);
            return settings;
        } catch (SettingsException e) {
            String origin = values.origin(e.key());
            throw origin.equals("default") ? e : e.from(origin);
        }
    }

    private static long bodyMemory() {
        return Math.max(100L << 20, Runtime.getRuntime().maxMemory() / 4);
    }

    private static Settings build(SettingValues values) {
        Path data = values.path("data", Path.of("data"));
        return new Settings(
                data,
                values.path("secret_key_file", data.resolve("secret.key")),
                values.list("egress_addresses"),
                new Settings.Http(
                        values.text("host", "127.0.0.1"),
                        values.whole("port", 8080),
                        values.duration("http.idle_timeout", Duration.ofMinutes(2)),
                        values.duration("http.read_timeout", Duration.ofSeconds(30)),
                        values.duration("http.body_timeout", Duration.ofMinutes(2)),
                        values.whole("http.connections", 5_000),
                        values.size("http.body_memory", bodyMemory())),
                new Settings.Bootstrap(values.given("bootstrap.live_key"), values.given("bootstrap.test_key")),
                new Settings.Store(
                        values.whole("store.queue_events", 200_000),
                        values.size("store.memory_limit", 600L << 20),
                        values.whole("store.threads", Runtime.getRuntime().availableProcessors()),
                        values.whole("store.fold_rows", 500_000)),
                new Settings.Control(values.whole("control.readers", 2), values.whole("control.queue", 1_000)),
                new Settings.Ready(
                        values.size("disk.reserve", 512L << 20),
                        values.duration("loader.far_behind", Duration.ofHours(1))),
                new Settings.Push(values.duration("push.future_tolerance", Duration.ofDays(1))),
                new Settings.Rejected(
                        values.duration("rejected.keep", Duration.ofDays(30)), values.whole("rejected.max", 100_000)),
                new Settings.Imports(
                        values.size("imports.max_size", 2L << 30),
                        values.whole("imports.at_once", 1),
                        values.whole("imports.queue", 100)),
                new Settings.Loader(
                        values.duration("loader.statement_timeout", Duration.ofMinutes(30)),
                        values.whole("loader.batch_rows", 5_000),
                        values.decimal("loader.max_bad_share", new BigDecimal("0.05")),
                        values.whole("loader.runs_per_connection", 2),
                        values.whole("loader.retries", 5),
                        values.duration("loader.retry_delay", Duration.ofSeconds(30))),
                new Settings.Sources(
                        values.optionalPath("loader.files_folder"),
                        values.path("loader.drivers_folder", Path.of("drivers")),
                        values.whole("loader.max_rows", 0),
                        values.size("loader.max_bytes", 0)));
    }
}
