package io.meterline.testing;

import io.meterline.Server;
import io.meterline.config.SettingsLoader;
import io.meterline.event.Environment;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The real server on a free port of this machine, with a key of all scopes for each environment. */
public final class TestServer implements AutoCloseable {

    /** All scopes in live. */
    public static final String LIVE_KEY = "prod_0123456789abcdef0123456789abcdef01234567";

    /** All scopes in test. */
    public static final String TEST_KEY = "test_0123456789abcdef0123456789abcdef01234567";

    private final Server server;
    private final ApiContract contract;

    private TestServer(Server server) {
        this.server = server;
        this.contract = ApiContract.of("http://127.0.0.1:" + server.port());
    }

    /** Starts on the files in a folder, which may hold those of an earlier start. */
    public static TestServer start(Path data) {
        return start(data, Map.of(), InstantSource.system());
    }

    /** The same with more settings, such as {@code store.memory_limit}, and another clock. */
    public static TestServer start(Path data, Map<String, String> settings, InstantSource clock) {
        Map<String, String> flags = new HashMap<>(settings);
        flags.put("data", data.toString());
        flags.put("host", "127.0.0.1");
        flags.put("port", "0");
        Map<String, String> environment =
                Map.of("METERLINE_BOOTSTRAP_LIVE_KEY", LIVE_KEY, "METERLINE_BOOTSTRAP_TEST_KEY", TEST_KEY);
        return new TestServer(Server.start(SettingsLoader.load(flags, environment), clock));
    }

    public int port() {
        return server.port();
    }

    /** Where it listens, without a slash at its end. */
    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** The address of the page that makes the first user of the console. */
    public String setupUrl() {
        return url() + server.firstSignIn().orElseThrow().path();
    }

    /** Calls with the live key. */
    public ApiClient client() {
        return client(Environment.LIVE);
    }

    /** Calls with the key of an environment. */
    public ApiClient client(Environment environment) {
        return client(
                switch (environment) {
                    case LIVE -> LIVE_KEY;
                    case TEST -> TEST_KEY;
                });
    }

    /** Calls with any key. */
    public ApiClient client(String key) {
        return new ApiClient(contract, Map.of("Authorization", "Bearer " + key));
    }

    /** Calls without a key. */
    public ApiClient anonymous() {
        return new ApiClient(contract, Map.of());
    }

    @Override
    public void close() {
        server.close();
    }
}
