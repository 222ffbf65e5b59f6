package io.meterline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsLoaderTest {

    private static final String LIVE_KEY = "prod_0123456789abcdefghij";
    private static final String TEST_KEY = "test_0123456789abcdefghij";

    @TempDir
    Path folder;

    @Test
    void defaultsAreSafeForALaptop() {
        Settings settings = SettingsLoader.load(Map.of(), Map.of());

        assertThat(settings)
                .isEqualTo(new Settings(
                        Path.of("data"),
                        Path.of("data", "secret.key"),
                        List.of(),
                        new Settings.Http(
                                "127.0.0.1",
                                8080,
                                Duration.ofMinutes(2),
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(2),
                                5_000,
                                Math.max(100L << 20, Runtime.getRuntime().maxMemory() / 4)),
                        new Settings.Bootstrap(null, null),
                        new Settings.Store(
                                200_000, 600L << 20, Runtime.getRuntime().availableProcessors(), 500_000),
                        new Settings.Control(2, 1_000),
                        new Settings.Ready(512L << 20, Duration.ofHours(1)),
                        new Settings.Push(Duration.ofDays(1)),
                        new Settings.Rejected(Duration.ofDays(30), 100_000),
                        new Settings.Imports(2L << 30, 1, 100),
                        new Settings.Loader(
                                Duration.ofMinutes(30), 5_000, new BigDecimal("0.05"), 2, 5, Duration.ofSeconds(30)),
                        new Settings.Sources(null, Path.of("drivers"), 0, 0)));
    }

    @Test
    void everyKeyOfTheFileArrives() throws IOException {
        Path file = file("""
                data: /var/lib/meterline
                secret_key_file: /etc/meterline/secret.key
                egress_addresses: [192.0.2.1, 192.0.2.0/24]
                host: 0.0.0.0
                port: 9000
                http: {idle_timeout: PT75S, read_timeout: PT5S, body_timeout: PT50S, connections: 70, body_memory: 150MB}
                bootstrap:
                  live_key: %s
                  test_key: %s
                store:
                  queue_events: 50000
                  memory_limit: 2GB
                  threads: 3
                control: {readers: 4, queue: 500}
                disk.reserve: 3GB
                push.future_tolerance: PT1H
                rejected: {keep: P7D, max: 1000}
                imports: {max_size: 100 MiB, at_once: 2, queue: 10}
                loader: {statement_timeout: PT5M, batch_rows: 1000, max_bad_share: 0.1, runs_per_connection: 3,
                         retries: 1, far_behind: PT6H, retry_delay: PT2S, files_folder: /srv/usage, drivers_folder: /opt/drivers, max_rows: 1000000, max_bytes: 2GB}
                """.formatted(LIVE_KEY, TEST_KEY));

        assertThat(fromFile(file))
                .isEqualTo(new Settings(
                        Path.of("/var/lib/meterline"),
                        Path.of("/etc/meterline/secret.key"),
                        List.of("192.0.2.1", "192.0.2.0/24"),
                        new Settings.Http(
                                "0.0.0.0",
                                9000,
                                Duration.ofSeconds(75),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(50),
                                70,
                                150_000_000),
                        new Settings.Bootstrap(LIVE_KEY, TEST_KEY),
                        new Settings.Store(50_000, 2_000_000_000, 3, 500_000),
                        new Settings.Control(4, 500),
                        new Settings.Ready(3_000_000_000L, Duration.ofHours(6)),
                        new Settings.Push(Duration.ofHours(1)),
                        new Settings.Rejected(Duration.ofDays(7), 1_000),
                        new Settings.Imports(100 << 20, 2, 10),
                        new Settings.Loader(
                                Duration.ofMinutes(5), 1_000, new BigDecimal("0.1"), 3, 1, Duration.ofSeconds(2)),
                        new Settings.Sources(
                                Path.of("/srv/usage"), Path.of("/opt/drivers"), 1_000_000, 2_000_000_000)));
    }

    @Test
    void aFlagWinsOverTheEnvironmentWhichWinsOverTheFile() throws IOException {
        String file = file("{port: 1, host: a, data: f}").toString();
        Settings settings = SettingsLoader.load(
                Map.of("config", file, "port", "3"), Map.of("METERLINE_PORT", "2", "METERLINE_HOST", "b"));

        assertThat(settings.http().port()).isEqualTo(3);
        assertThat(settings.http().host()).isEqualTo("b");
        assertThat(settings.data()).isEqualTo(Path.of("f"));
    }

    @Test
    void theEnvironmentReachesNestedKeysAndBootstrapKeys() {
        Settings settings = SettingsLoader.load(
                Map.of(),
                Map.of(
                        "METERLINE_STORE_MEMORY_LIMIT", "512MiB",
                        "METERLINE_EGRESS_ADDRESSES", "192.0.2.1, 192.0.2.2",
                        "METERLINE_BOOTSTRAP_LIVE_KEY", LIVE_KEY,
                        "METERLINE_BOOTSTRAP_TEST_KEY", "",
                        "METERLINE_JAVA_OPTS", "-Xmx1g",
                        "METERLINE_TESTS", "all",
                        "HOME", "/root"));

        assertThat(settings.store().memoryLimitBytes()).isEqualTo(536_870_912);
        assertThat(settings.egressAddresses()).containsExactly("192.0.2.1", "192.0.2.2");
        assertThat(settings.bootstrap()).isEqualTo(new Settings.Bootstrap(LIVE_KEY, null));
    }

    @Test
    void aMisspeltVariableIsRefused() {
        assertThatThrownBy(() -> SettingsLoader.load(Map.of(), Map.of("METERLINE_PROT", "1")))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("METERLINE_PROT is unknown")
                .hasMessageContaining("METERLINE_PORT");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            prot: 1                     | prot is unknown; allowed are
            store: {trheads: 1}         | store.trheads is unknown
            config: a.yaml              | config is unknown
            port: 70000                 | port must be from 0 to 65535, not 70000
            port: eighty                | port must be a whole number, not eighty
            port:                       | port has no value
            port: [1, [2]]              | port must be a list of plain values
            {port: 1, port: 2}          | Duplicate
            {store.threads: 1, store: {threads: 2}} | store.threads is given twice
            store: {memory_limit: big}  | store.memory_limit must be a size
            store: {memory_limit: 1}    | store.memory_limit must be from
            rejected: {keep: 30 days}   | rejected.keep must be an ISO 8601 duration
            loader: {max_bad_share: 2}  | loader.max_bad_share must be from 0 to 1
            loader: {files_folder: /}  | loader.files_folder must be a folder that does not contain data
            loader: {max_bad_share: x}  | loader.max_bad_share must be a number
            host: ' '                   | host must be a host name
            bootstrap: {live_key: prod_short} | bootstrap.live_key must be prod_
            bootstrap: {test_key: prod_0123456789abcdefghij} | bootstrap.test_key must be test_
            just text                   | must hold keys and values
            """)
    void aWrongFileIsNamedWithItsKeyAndWhatIsAllowed(String yaml, String expected) throws IOException {
        Path file = file(yaml);

        assertThatThrownBy(() -> fromFile(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void aWrongValueSaysWhereItCameFrom() throws IOException {
        assertThatThrownBy(() -> SettingsLoader.load(Map.of(), Map.of("METERLINE_PORT", "x")))
                .hasMessageEndingWith("(METERLINE_PORT)");
        assertThatThrownBy(() -> SettingsLoader.load(Map.of("store.queue_events", "1"), Map.of()))
                .hasMessageEndingWith("(--store-queue-events)");
        Path file = file("port: x");
        assertThatThrownBy(() -> fromFile(file)).hasMessageEndingWith("(" + file + ")");
    }

    @Test
    void anEmptyFileChangesNothing() throws IOException {
        assertThat(fromFile(file("# nothing yet\n"))).isEqualTo(SettingsLoader.load(Map.of(), Map.of()));
    }

    @Test
    void aNamedFileHasToExist() {
        assertThatThrownBy(() -> SettingsLoader.load(Map.of("config", "/nowhere.yaml"), Map.of()))
                .hasMessage("config must name a YAML file that exists, not /nowhere.yaml");
    }

    @Test
    void fixedKeysDoNotShowInLogs() {
        assertThat(new Settings.Bootstrap(LIVE_KEY, null)).hasToString("Bootstrap[liveKey=set, testKey=none]");
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("meterline.yaml"), yaml);
    }

    private static Settings fromFile(Path file) {
        return SettingsLoader.load(Map.of("config", file.toString()), Map.of());
    }
}
