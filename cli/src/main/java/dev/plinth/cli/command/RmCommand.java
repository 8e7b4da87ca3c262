package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.FlagType;
import dev.plinth.cli.syntax.Operands;
import dev.plinth.core.container.Containers;
import dev.plinth.core.engine.Engine;
import java.io.IOException;

final class RmCommand implements Action {
    private static final Flag<Boolean> FORCE =
            Flag.bool("force", "Kill containers that are running").letter('f');

    @Override
    public Command command() {
        return Command.named("container rm", "container remove", "rm")
                .takes("CONTAINER [CONTAINER...]", Operands.atLeast(1, Operands.Names.CONTAINER))
                .does("Remove containers")
                .with(
                        FORCE,
                        Flag.missing("link", FlagType.BOOL, "Remove the link of this name")
                                .letter('l'),
                        Flag.missing(
                                        "volumes",
                                        FlagType.BOOL,
                                        "Remove the containers' volumes without a name, too")
                                .letter('v'));
    }

    @Override
    public int run(Session session, Arguments arguments) throws IOException {
        Failures failures = new Failures(session.terminal());
        boolean force = arguments.value(FORCE);
        try (Engine engine = session.engine()) {
            Containers containers = engine.containers();
            for (String name : arguments.operands()) {
                failures.attempt(
                        () -> {
                            containers.remove(containers.find(name).id(), force);
                            session.terminal().println(name);
                        });
            }
        }
        return failures.exitCode();
    }
}
