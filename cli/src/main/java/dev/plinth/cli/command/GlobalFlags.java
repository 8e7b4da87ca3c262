package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.FlagType;
import java.util.List;

/// The flags that stand before the name of a command.
public final class GlobalFlags {
    private static final String NO_DAEMON =
            "is not supported: plinth has no daemon to connect to, it does the work itself";

    public static final Flag<String> CONFIG =
            Flag.text("config", "Folder of the credentials for registries (default \"~/.docker\")");
    public static final Flag<Boolean> DEBUG =
            Flag.bool("debug", "Tell more, and where in the program an error arose").letter('D');
    public static final Flag<String> ROOT =
            Flag.text(
                    "root",
                    "Folder of the store (default \"/var/lib/plinth\", or"
                            + " \"$XDG_DATA_HOME/plinth\" without root privileges)");
    public static final Flag<Boolean> VERSION =
            Flag.bool("version", "Print the version and quit").letter('v');

    private GlobalFlags() {}

    /// The program itself, as a command whose arguments are a command and its arguments.
    public static Command command() {
        return Command.named("plinth")
                .does("Makes base images, and builds, runs and ships what stands on them")
                .flagsThenArguments()
                .with(
                        List.of(
                                CONFIG,
                                DEBUG,
                                ROOT,
                                VERSION,
                                Flag.missing(
                                                "log-level",
                                                FlagType.TEXT,
                                                "How much to tell (\"debug\", \"info\", \"warn\","
                                                        + " \"error\", \"fatal\")")
                                        .letter('l'),
                                daemon("context", FlagType.TEXT).letter('c'),
                                daemon("host", FlagType.LIST).letter('H'),
                                daemon("tls", FlagType.BOOL),
                                daemon("tlscacert", FlagType.TEXT),
                                daemon("tlscert", FlagType.TEXT),
                                daemon("tlskey", FlagType.TEXT),
                                daemon("tlsverify", FlagType.BOOL)));
    }

    private static Flag<?> daemon(String name, FlagType type) {
        return Flag.missing(name, type, "Not for plinth, which has no daemon")
                .refused(NO_DAEMON)
                .hide();
    }
}
