package io.meterline;

import io.meterline.access.Role;
import io.meterline.access.User;
import io.meterline.event.RuleException;
import io.meterline.event.Timestamps;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code meterline users}: the people who may sign in to the console, also while the server is running. */
@Command(
        name = "users",
        description = "Lists and invites people, and makes links for who is locked out.",
        subcommands = {UsersCommand.ListThem.class, UsersCommand.Add.class, UsersCommand.Reset.class},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "meterline users add ada@example.com --role admin",
            "meterline users reset ada@example.com",
            "",
            "Works on the files of --data, whether the server is running or not."
        })
final class UsersCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandLine line = spec == null ? Main.commandLine() : spec.commandLine();
        throw new CommandLine.ParameterException(line, "Name a command: list, add or reset.");
    }

    /** {@code meterline users list}. */
    @Command(name = "list", description = "Lists everybody.", mixinStandardHelpOptions = true)
    static final class ListThem implements Callable<Integer> {

        private static final String LINE = "%-32s  %-20s  %-6s  %-8s  %s%n";

        @Mixin
        private UserOptions options = new UserOptions();

        @Override
        public Integer call() {
            return options.run(opened -> {
                List<User> users = opened.users().list();
                if (users.isEmpty()) {
                    opened.out().println("There is nobody yet. The start of the server prints a link to sign in with.");
                    return;
                }
                opened.out().printf(LINE, "E-MAIL", "NAME", "ROLE", "STATE", "LAST SEEN");
                users.forEach(user -> opened.out()
                        .printf(LINE, user.email(), user.name(), user.role().text(), state(user), lastSeen(user)));
            });
        }

        private static String state(User user) {
            if (user.disabled()) {
                return "disabled";
            }
            return user.joined() ? "active" : "invited";
        }

        private static String lastSeen(User user) {
            Long seen = user.lastSeenAtMicros();
            return seen == null ? "never" : Timestamps.text(seen / 1_000_000 * 1_000_000);
        }
    }

    /** {@code meterline users add}. */
    @Command(
            name = "add",
            description = "Adds a person and prints a link to choose a password with.",
            mixinStandardHelpOptions = true)
    static final class Add implements Callable<Integer> {

        @Parameters(paramLabel = "EMAIL", description = "what they sign in with; nothing is sent to it")
        private String email = "";

        @Option(names = "--role", paramLabel = "ROLE", required = true, description = "viewer, editor or admin")
        private String role = "";

        @Option(names = "--name", paramLabel = "NAME", description = "default: what stands before the @")
        private @Nullable String name;

        @Mixin
        private UserOptions options = new UserOptions();

        @Override
        public Integer call() {
            return options.run(opened -> {
                User user = opened.users().invite(email, name, Role.of(role));
                opened.note("users add", user);
                opened.show(
                        user.email() + " can sign in with this link",
                        opened.links().invite(user.id()));
            });
        }
    }

    /** {@code meterline users reset}. */
    @Command(
            name = "reset",
            description = "Prints a link with which somebody chooses a new password.",
            mixinStandardHelpOptions = true)
    static final class Reset implements Callable<Integer> {

        @Parameters(paramLabel = "EMAIL", description = "whom the link is for")
        private String email = "";

        @Mixin
        private UserOptions options = new UserOptions();

        @Override
        public Integer call() {
            return options.run(opened -> {
                User user = opened.users()
                        .byEmail(email)
                        .orElseThrow(() -> new RuleException(
                                RuleException.Kind.NOT_FOUND,
                                "user_not_found",
                                "There is no user %s. See meterline users list.".formatted(email)));
                opened.show("A new password for " + user.email(), opened.links().reset(user.id()));
                opened.note("users reset", user);
            });
        }
    }
}
