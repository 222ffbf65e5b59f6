package io.meterline.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code meterline serve} as a process of its own, which can be killed. Its log goes to a file beside the data. */
public final class ServerProcess implements AutoCloseable {

    private static final Pattern GREETING = Pattern.compile("listens on (http://[^ ]+) ");

    private final Process process;
    private final String base;

    private ServerProcess(Process process, String base) {
        this.process = process;
        this.base = base;
    }

    /**
     * Starts on the files in a folder and waits until it listens, on a free port, with {@link TestServer#LIVE_KEY}.
     *
     * @param settings as in {@code store.fold_rows}
     * @param wrapper a command that the server is run with, as in {@code strace -f}; may be empty
     */
    public static ServerProcess start(Path data, Map<String, String> settings, List<String> wrapper) {
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx400m", "--enable-native-access=ALL-UNNAMED", "-cp", classPath()));
        command.addAll(List.of("io.meterline.Main", "serve", "--port", "0", "--data", data.toString()));
        File log = data.resolveSibling(data.getFileName() + ".log").toFile();
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().keySet().removeIf(name -> name.startsWith("METERLINE_"));
        builder.environment().put("METERLINE_BOOTSTRAP_LIVE_KEY", TestServer.LIVE_KEY);
        builder.environment().put("METERLINE_BOOTSTRAP_TEST_KEY", TestServer.TEST_KEY);
        settings.forEach((key, value) ->
                builder.environment().put("METERLINE_" + key.replace('.', '_').toUpperCase(Locale.ROOT), value));
        try {
            Process process = builder.start();
            return new ServerProcess(process, greeting(process, log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens, as in {@code http://127.0.0.1:43210}. */
    public String base() {
        return base;
    }

    /** Waits until it has ended by itself, and says how. */
    public int exitCode(Duration within) {
        return process.onExit()
                .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
                .join()
                .exitValue();
    }

    /** SIGKILL to it and to what it was started with; returns once it is gone. */
    public void kill() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }

    @Override
    public void close() {
        kill();
    }

    /** The class path of the tests, also where Surefire hands it on in its own property. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static String greeting(Process process, File log) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        String line;
        while ((line = out.readLine()) != null) {
            Matcher greeting = GREETING.matcher(line);
            if (greeting.find()) {
                return greeting.group(1);
            }
            said.append(line).append('\n');
        }
        process.destroyForcibly();
        throw new IOException("The server did not start. It said: " + said + " See " + log);
    }
}
