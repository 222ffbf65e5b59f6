package io.meterline;

import io.meterline.access.AuditActor;
import io.meterline.access.AuditChange;
import io.meterline.access.AuditLog;
import io.meterline.access.Passwords;
import io.meterline.access.SignInLink;
import io.meterline.access.SignInLinks;
import io.meterline.access.User;
import io.meterline.access.Users;
import io.meterline.config.Settings;
import io.meterline.config.SettingsException;
import io.meterline.config.SettingsLoader;
import io.meterline.control.ControlDatabase;
import io.meterline.event.RuleException;
import io.meterline.event.Timestamps;
import io.meterline.http.Json;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Which data folder a {@code users} command works on. It opens the control database itself, beside a server that may be running
 * on it: whoever may read the folder needs no other permission, which is what helps who is locked out.
 */
final class UserOptions {

    private static final int READERS = 1;
    private static final int QUEUE = 16;

    @Option(names = "--data", paramLabel = "FOLDER", description = "the folder of all files; default ./data")
    private @Nullable String data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "settings in YAML; default ./meterline.yaml if it is there")
    private @Nullable String config;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:METERLINE_URL}",
            description =
                    "where browsers reach the server, for links; default METERLINE_URL, else host and port of the settings")
    private @Nullable String url;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** What a command does. */
    @FunctionalInterface
    interface Work {
        void run(Opened opened);
    }

    /** What a command works with. */
    record Opened(Users users, SignInLinks links, AuditLog audit, String address, PrintWriter out) {

        /** Prints a link that has just been made. */
        void show(String what, SignInLink link) {
            out.printf(
                    "%s, once and until %s:%n", what, Timestamps.text(link.expiresAtMicros() / 1_000_000 * 1_000_000));
            out.println("  " + address + link.path());
        }

        void note(String action, User user) {
            String after = Json.mapper()
                    .writeValueAsString(
                            Map.of("id", user.id(), "email", user.email(), "name", user.name(), "role", user.role()));
            audit.record(new AuditChange(
                    AuditActor.COMMAND_LINE,
                    null,
                    "COMMAND",
                    "/users/" + user.id(),
                    action,
                    user.id(),
                    null,
                    null,
                    after));
        }
    }

    /** Opens what is there, works, and closes it. Returns the exit code. */
    int run(Work work) {
        CommandSpec known = spec;
        if (known == null) {
            throw new IllegalStateException("picocli sets the spec before it runs a command");
        }
        PrintWriter out = known.commandLine().getOut();
        PrintWriter err = known.commandLine().getErr();
        try {
            open(SettingsLoader.load(flags(), System.getenv()), work, out);
            return 0;
        } catch (SettingsException e) {
            err.println("meterline: " + e.getMessage());
            return Main.WRONG_USAGE;
        } catch (CommandException e) {
            err.println("meterline: " + e.sentence());
            return Main.FAILED;
        } catch (RuleException e) {
            err.println("meterline: " + e.sentence() + " (" + e.code() + ")");
            return Main.FAILED;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private void open(Settings settings, Work work, PrintWriter out) {
        String address = address(settings.http());
        String folder = settings.data().toAbsolutePath().normalize().toString();
        switch (ControlDatabase.state(settings.data())) {
            case MISSING ->
                throw new CommandException("No server has been started on " + folder
                        + " yet. Its first start prints a link to sign in with.");
            case UNREADABLE ->
                throw new CommandException("The files in " + folder + " cannot be written by this user of the machine."
                        + " Run this as the one that the server runs as.");
            case OLDER ->
                throw new CommandException(
                        "The files in " + folder
                                + " are of an earlier version. Start the server of this version once, or use the earlier meterline.");
            case NEWER ->
                throw new CommandException("The files in " + folder
                        + " are of a later version. Use the meterline that the server was started with.");
            case CURRENT -> {}
        }
        InstantSource clock = InstantSource.system();
        try (ControlDatabase database = ControlDatabase.join(settings.data(), READERS, QUEUE);
                Passwords passwords = new Passwords()) {
            work.run(new Opened(
                    new Users(database, clock),
                    new SignInLinks(database, passwords, clock),
                    new AuditLog(database, clock),
                    address,
                    out));
        }
    }

    private String address(Settings.Http http) {
        if (url != null && !url.isBlank()) {
            return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        }
        if (http.port() == 0) {
            throw new CommandException(
                    "The settings leave the port open. Say with --url where browsers reach the server.");
        }
        return Addresses.forBrowsers(http.host(), http.port());
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        if (data != null) {
            flags.put("data", data);
        }
        if (config != null) {
            flags.put("config", config);
        }
        return flags;
    }
}
