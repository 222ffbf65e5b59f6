package io.meterline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.access.AuditEntry;
import io.meterline.access.AuditFilter;
import io.meterline.access.AuditLog;
import io.meterline.access.Passwords;
import io.meterline.access.Role;
import io.meterline.access.Sessions;
import io.meterline.access.SignInLink;
import io.meterline.access.SignInLinks;
import io.meterline.access.User;
import io.meterline.access.Users;
import io.meterline.config.SettingsLoader;
import io.meterline.control.ControlDatabase;
import io.meterline.control.PageRequest;
import io.meterline.testing.ServerProcess;
import io.meterline.testing.TestServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code meterline users}, beside a running server and without one. */
final class UsersCommandTest {

    private static final Pattern LINK = Pattern.compile("(http\\S+)/console/link\\?token=([A-Za-z0-9_-]{43})\n");
    private static final String PASSWORD = "correct horse battery";
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    Path folder;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    private int users(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("users"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", folder.resolve("data").toString(), "--url", "https://meter.example.com/"));
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    @Test
    void whoIsLockedOutComesInAgainWhileTheServerIsRunning() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder.resolve("data"), Map.of(), List.of())) {
            assertThat(users("add", "Ada@example.com", "--role", "admin", "--name", "Ada"))
                    .as(err.toString())
                    .isZero();
            assertThat(out.toString()).contains("ada@example.com can sign in with this link, once and until 20");
            redeem(PASSWORD);

            assertThat(users("list")).isZero();
            assertThat(out.toString()).containsPattern("ada@example.com +Ada +admin +active +never");

            assertThat(users("reset", "ada@example.com")).as(err.toString()).isZero();
            assertThat(out.toString()).contains("A new password for ada@example.com");
            redeem("another fine day");

            assertThat(settings(server)).isEqualTo(200);
        }
    }

    @Test
    void theCommandNeedsNoServer() {
        server().close();
        assertThat(users("list")).isZero();
        assertThat(out.toString()).contains("There is nobody yet.");
        assertThat(users("add", "ada@example.com", "--role", "viewer")).isZero();
        assertThat(users("list")).isZero();
        assertThat(out.toString()).containsPattern("ada@example.com +ada +viewer +invited +never");
    }

    @Test
    void whatTheCommandDidIsInTheAuditLog() {
        server().close();
        users("add", "ada@example.com", "--role", "admin");
        users("reset", "ada@example.com");
        try (ControlDatabase database = open()) {
            List<AuditEntry> entries = new AuditLog(database, CLOCK)
                    .list(AuditFilter.ALL, PageRequest.FIRST)
                    .data();
            assertThat(entries)
                    .extracting(entry -> entry.change().action())
                    .containsExactly("users reset", "users add");
            assertThat(entries.getFirst().change().actor().name()).isEqualTo("command line");
            assertThat(entries.getFirst().change().after()).contains("\"email\":\"ada@example.com\"");
        }
    }

    @Test
    void whatCannotBeDoneIsSaid() {
        assertThat(users("list")).isEqualTo(1);
        assertThat(err.toString()).contains("No server has been started on");
        assertThat(folder.resolve("data")).doesNotExist();

        server().close();
        assertThat(users("add", "ada", "--role", "admin")).isEqualTo(1);
        assertThat(err.toString()).contains("(invalid_email)");
        assertThat(users("add", "ada@example.com", "--role", "root")).isEqualTo(1);
        assertThat(err.toString()).contains("(invalid_role)");
        assertThat(users("add", "ada@example.com")).isEqualTo(2);
        assertThat(users("reset", "nobody@example.com")).isEqualTo(1);
        assertThat(err.toString()).contains("(user_not_found)");
        users("add", "ada@example.com", "--role", "admin");
        assertThat(users("add", "ada@example.com", "--role", "admin")).isEqualTo(1);
        assertThat(err.toString()).contains("(email_taken)");
        assertThat(users()).isEqualTo(2);
    }

    @Test
    void filesOfAnotherVersionAreLeftAlone() {
        server().close();
        change("DELETE FROM flyway_schema_history WHERE version = (SELECT max(version) FROM flyway_schema_history)");
        assertThat(users("list")).isEqualTo(1);
        assertThat(err.toString()).contains("of an earlier version");

        change("UPDATE flyway_schema_history SET version = '999' WHERE version = '060'");
        assertThat(users("list")).isEqualTo(1);
        assertThat(err.toString()).contains("of a later version");
    }

    private void change(String sql) {
        try (ControlDatabase database = ControlDatabase.join(folder.resolve("data"), 1, 10)) {
            database.write(handle -> handle.execute(sql));
        }
    }

    @Test
    void eachStartMakesALinkUntilThereIsAUser() {
        SignInLink first;
        try (Server server = server()) {
            first = server.firstSignIn().orElseThrow();
        }
        try (Server server = server();
                ControlDatabase database = open();
                Passwords passwords = new Passwords()) {
            SignInLink second = server.firstSignIn().orElseThrow();
            SignInLinks links = new SignInLinks(database, passwords, CLOCK);
            assertThat(links.find(first.token())).isEmpty();
            assertThat(links.redeem(second.token(), "ada@example.com", null, PASSWORD)
                            .role())
                    .isEqualTo(Role.ADMIN);
        }
        try (Server server = server()) {
            assertThat(server.firstSignIn()).isEmpty();
        }
    }

    @Test
    void aLinkLeadsToWhatABrowserCanReach() {
        assertThat(Addresses.forBrowsers("127.0.0.1", 8080)).isEqualTo("http://127.0.0.1:8080");
        assertThat(Addresses.forBrowsers("0.0.0.0", 8080)).isEqualTo("http://localhost:8080");
        assertThat(Addresses.forBrowsers("::", 8080)).isEqualTo("http://localhost:8080");
        assertThat(Addresses.forBrowsers("2001:db8::1", 80)).isEqualTo("http://[2001:db8::1]:80");
    }

    // As the console does it.
    private void redeem(String password) {
        Matcher link = LINK.matcher(out.toString());
        assertThat(link.find()).as(out.toString()).isTrue();
        assertThat(link.group(1)).isEqualTo("https://meter.example.com");
        try (ControlDatabase database = open();
                Passwords passwords = new Passwords()) {
            User user = new SignInLinks(database, passwords, CLOCK).redeem(link.group(2), password);
            Sessions sessions = new Sessions(database, passwords, CLOCK);
            String token = sessions.signIn(user.email(), password, "192.0.2.1").token();
            assertThat(sessions.find(token)).isPresent();
            database.write(handle -> handle.execute("UPDATE users SET last_seen_at = NULL"));
            assertThat(new Users(database, CLOCK).byId(user.id()).joined()).isTrue();
        }
    }

    private ControlDatabase open() {
        return ControlDatabase.join(folder.resolve("data"), 1, 10);
    }

    private Server server() {
        Map<String, String> flags = Map.of("data", folder.resolve("data").toString(), "port", "0");
        return Server.start(SettingsLoader.load(flags, Map.of()), CLOCK);
    }

    private static int settings(ServerProcess server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.base() + "/v1/settings"))
                .header("Authorization", "Bearer " + TestServer.LIVE_KEY)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
