package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.FlagType;
import dev.plinth.cli.syntax.Operands;
import dev.plinth.core.engine.Engine;
import dev.plinth.core.engine.Removed;
import dev.plinth.core.oci.Digest;
import java.io.IOException;

final class RmiCommand implements Action {
    private static final Flag<Boolean> FORCE =
            Flag.bool("force", "Remove an image that has several names or that containers use")
                    .letter('f');
    private static final Flag<Boolean> NO_PRUNE =
            Flag.bool("no-prune", "Keep layers that nothing else uses");

    @Override
    public Command command() {
        return Command.named("image rm", "image remove", "rmi")
                .takes("IMAGE [IMAGE...]", Operands.atLeast(1, Operands.Names.IMAGE))
                .does("Remove images")
                .with(
                        FORCE,
                        NO_PRUNE,
                        Flag.missing(
                                "platform",
                                FlagType.STRINGS,
                                "Remove only this platform, as os[/arch[/variant]]"));
    }

    @Override
    public int run(Session session, Arguments arguments) throws IOException {
        Failures failures = new Failures(session.terminal());
        try (Engine engine = session.engine()) {
            for (String name : arguments.operands()) {
                failures.attempt(
                        () -> {
                            Removed removed =
                                    engine.images()
                                            .remove(
                                                    name,
                                                    arguments.value(FORCE),
                                                    !arguments.value(NO_PRUNE));
                            for (String untagged : removed.untagged()) {
                                session.terminal().println("Untagged: " + untagged);
                            }
                            for (Digest deleted : removed.deleted()) {
                                session.terminal().println("Deleted: " + deleted);
                            }
                        });
            }
        }
        return failures.exitCode();
    }
}
