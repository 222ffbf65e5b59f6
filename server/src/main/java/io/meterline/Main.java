package io.meterline;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Turns arguments into a command and runs it. The exit code is 0, 1 for a failure, 2 for wrong usage or settings. */
@Command(
        name = "meterline",
        description = "Usage metering: events in, exact usage out.",
        subcommands = {
            ServeCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            UsersCommand.class,
            TrainCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

    static final int FAILED = 1;

    /** The server gave up what only a new start may help (EX_SOFTWARE of sysexits.h). */
    static final int GAVE_UP = 70;

    static final int WRONG_USAGE = CommandLine.ExitCode.USAGE;

    @Spec
    private @Nullable CommandSpec spec;

    private Main() {}

    public static void main(String[] args) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    @Override
    public void run() {
        CommandLine line = spec == null ? commandLine() : spec.commandLine();
        throw new CommandLine.ParameterException(line, "Name a command. To start the server: meterline serve");
    }

    /** The version of the jar. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            return List.of("meterline " + text()).toArray(String[]::new);
        }

        static String text() {
            String version = Main.class.getPackage().getImplementationVersion();
            return version == null ? "(not packaged)" : version;
        }
    }
}
