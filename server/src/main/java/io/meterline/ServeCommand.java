package io.meterline;

import io.meterline.access.CreatedApiKey;
import io.meterline.config.Settings;
import io.meterline.config.SettingsException;
import io.meterline.config.SettingsLoader;
import io.meterline.http.ListenException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code meterline serve}: runs the server until it is told to stop. */
@Command(
        name = "serve",
        description = "Starts the server.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Settings also come from METERLINE_<NAME> variables and meterline.yaml.",
            "A flag wins over a variable, a variable over the file."
        })
final class ServeCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "where to listen; default 127.0.0.1, this machine only")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "default 8080")
    private @Nullable String port;

    @Option(names = "--data", paramLabel = "FOLDER", description = "the folder of all files; default ./data")
    private @Nullable String data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "settings in YAML; default ./meterline.yaml if it is there")
    private @Nullable String config;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        try {
            Settings settings = SettingsLoader.load(flags(), System.getenv());
            serve(settings);
            return 0;
        } catch (SettingsException e) {
            return refuse(e.getMessage(), Main.WRONG_USAGE);
        } catch (StartException e) {
            return refuse(e.getMessage(), Main.FAILED);
        } catch (ListenException e) {
            return refuse(e.getMessage() + " See --port and --host.", Main.FAILED);
        }
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        put(flags, "host", host);
        put(flags, "port", port);
        put(flags, "data", data);
        put(flags, "config", config);
        return flags;
    }

    private static void put(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }

    private void serve(Settings settings) {
        Server server = Server.start(settings, InstantSource.system());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
        greet(settings.http().host(), server);
        String why = server.gaveUp().join();
        // Stopping in order would wait for what has failed. What was accepted is durable.
        refuse(why + " The process ends, to be started again.", Main.GAVE_UP);
        Runtime.getRuntime().halt(Main.GAVE_UP);
    }

    // A JVM that a signal stops exits with 128 and the signal's number. Stopping in order is success.
    private static void stop(Server server) {
        LOG.info("stopping");
        server.close();
        LOG.info("stopped");
        Runtime.getRuntime().halt(0);
    }

    private void greet(String host, Server server) {
        PrintWriter out = out();
        out.printf("Meterline %s listens on %s (API: /docs)%n", Main.Version.text(), Addresses.of(host, server.port()));
        server.firstSignIn().ifPresent(link -> {
            out.println(
                    "Nobody can sign in to the console yet. This link makes the first administrator, once and within a week:");
            out.println("  " + Addresses.forBrowsers(host, server.port()) + link.path());
        });
        List<CreatedApiKey> keys = server.firstKeys();
        if (!keys.isEmpty()) {
            out.println("This is the first start. These API keys are shown only now; keep them:");
            keys.forEach(
                    key -> out.printf("  %-4s  %s%n", key.key().environment().text(), key.secret()));
        }
        out.flush();
    }

    private int refuse(@Nullable String message, int exitCode) {
        PrintWriter err = spec().commandLine().getErr();
        err.println("meterline: " + message);
        err.flush();
        return exitCode;
    }

    private PrintWriter out() {
        return spec().commandLine().getOut();
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it runs a command");
        }
        return spec;
    }
}
