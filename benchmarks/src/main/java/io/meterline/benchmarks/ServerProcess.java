package io.meterline.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real server in a process of its own, started as {@code ./meterline serve} starts it. */
final class ServerProcess implements AutoCloseable {

    static final String KEY = "prod_benchmark0123456789abcdef";

    private static final long START_TIMEOUT_NANOS = TimeUnit.MINUTES.toNanos(3);

    private final Process process;
    private final int port;
    private final long readyMillis;
    private final Path log;

    private ServerProcess(Process process, Path log, int port, long readyMillis) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.readyMillis = readyMillis;
    }

    static ServerProcess start(Path jar, Path data) throws IOException, InterruptedException {
        int port = freePort();
        Path launcher = jar.toAbsolutePath().resolveSibling("../../meterline").normalize();
        Path log = data.resolveSibling(data.getFileName() + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        launcher.toString(), "serve", "--port", "" + port, "--data", data.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("METERLINE_BOOTSTRAP_LIVE_KEY", KEY);
        long start = System.nanoTime();
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        while (!isReady(port)) {
            if (!process.isAlive() || System.nanoTime() - start > START_TIMEOUT_NANOS) {
                process.destroyForcibly();
                throw new IOException("the server did not start; see the log beside " + data);
            }
            Thread.sleep(5);
        }
        return new ServerProcess(process, log, port, (System.nanoTime() - start) / 1_000_000);
    }

    int port() {
        return port;
    }

    /** From the start of the process to the first green {@code /health/ready}. */
    long readyMillis() {
        return readyMillis;
    }

    /** The path that a server without users printed at its last start, to make the first one. */
    String firstSignIn() throws IOException {
        return Pattern.compile("/console/setup\\?token=\\S+")
                .matcher(Files.readString(log))
                .results()
                .reduce((_, later) -> later)
                .orElseThrow(() -> new IOException("the server printed no link to sign in with"))
                .group();
    }

    /** {@code VmRSS} now or {@code VmHWM}, its highest, in MiB; 0 where there is no /proc. */
    long memoryMiB(String field) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        Matcher line = Pattern.compile(field + ":\\s+(\\d+) kB").matcher(Files.readString(status));
        return line.find() ? Long.parseLong(line.group(1)) / 1024 : 0;
    }

    /** Processor time used so far, in milliseconds. */
    long cpuMillis() {
        return process.toHandle()
                .info()
                .totalCpuDuration()
                .map(d -> d.toMillis())
                .orElse(0L);
    }

    private static boolean isReady(int port) {
        byte[] request = "GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (HttpConnection connection = new HttpConnection(port)) {
            return connection.send(request, request.length, false).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("the server did not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
