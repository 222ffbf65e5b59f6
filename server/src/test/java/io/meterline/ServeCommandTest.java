package io.meterline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.config.SettingsLoader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line: what it says, with which code it ends, and a whole life of the real process. */
final class ServeCommandTest {

    private static final Pattern ADDRESS = Pattern.compile("listens on (http://127\\.0\\.0\\.1:\\d+)");
    private static final Pattern LIVE_KEY = Pattern.compile("live +(prod_\\S+)");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void aMistypedCommandIsAnsweredWithTheOneThatWasMeant() {
        assertThat(run("serv")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("Did you mean: meterline serve");
    }

    @Test
    void noCommandIsAnsweredWithTheOneToStartWith() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("meterline serve");
    }

    @Test
    void aWrongSettingStopsTheStartWithItsPathAndTheAllowedValues(@TempDir Path folder) {
        assertThat(run("serve", "--data", folder.toString(), "--port", "99999")).isEqualTo(2);
        assertThat(err.toString()).contains("port must be from 0 to 65535", "--port");
    }

    @Test
    void aFolderIsHeldByOneServer(@TempDir Path folder) {
        Map<String, String> flags = Map.of("data", folder.toString(), "port", "0");
        try (Server first = Server.start(SettingsLoader.load(flags, Map.of()), InstantSource.system())) {
            assertThat(first.port()).isPositive();
            assertThat(run("serve", "--data", folder.toString(), "--port", "0")).isEqualTo(1);
        }
        assertThat(err.toString()).contains("Another Meterline is running");
    }

    @Test
    void aPortThatIsTakenIsSaid(@TempDir Path folder) {
        Map<String, String> flags = Map.of("data", folder.resolve("a").toString(), "port", "0");
        try (Server first = Server.start(SettingsLoader.load(flags, Map.of()), InstantSource.system())) {
            String port = Integer.toString(first.port());
            assertThat(run("serve", "--data", folder.resolve("b").toString(), "--port", port))
                    .isEqualTo(1);
        }
        assertThat(err.toString()).contains("port is in use");
    }

    @Test
    void theProcessShowsItsFirstKeysServesAndStopsWithZero(@TempDir Path folder) throws Exception {
        Process process = start(folder);
        try (BufferedReader lines = reader(process)) {
            String greeting = greeting(lines);
            assertThat(greeting)
                    .containsPattern(find(ADDRESS, greeting) + "/console/setup\\?token=[A-Za-z0-9_-]{43}\n");
            HttpRequest request = HttpRequest.newBuilder(URI.create(find(ADDRESS, greeting) + "/v1/settings"))
                    .header("Authorization", "Bearer " + find(LIVE_KEY, greeting))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);

            process.destroy();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of("serve", "--data", folder.toString(), "--port", "0"));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String greeting(BufferedReader lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            text.append(line).append('\n');
            if (line.strip().startsWith("test ")) {
                return text.toString();
            }
        }
        throw new AssertionError("the process ended before it was ready: " + text);
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }
}
