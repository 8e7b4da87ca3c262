package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Operands;
import dev.plinth.core.container.ContainerRecord;
import dev.plinth.core.container.Containers;
import dev.plinth.core.container.RunOptions;
import dev.plinth.core.engine.Engine;
import dev.plinth.core.engine.Image;
import dev.plinth.core.reference.ImageName;
import dev.plinth.linux.SystemCalls;
import java.io.IOException;

final class RunCommand implements Action {
    @Override
    public Command command() {
        return Command.named("container run", "run")
                .takes(
                        "IMAGE [COMMAND] [ARG...]",
                        Operands.atLeast(1, Operands.Names.IMAGE).then(Operands.Names.COMMAND))
                .does("Make a container from an image and run a command in it")
                .flagsThenArguments()
                .with(ContainerFlags.all());
    }

    @Override
    public int run(Session session, Arguments arguments) throws IOException {
        // The first system call takes a while to prepare: beside all that comes before it.
        SystemCalls.prepareInBackground();
        RunOptions options = new RunArguments(session, arguments).options();
        if (options.terminal() && options.openStdin() && !session.terminal().inIsTerminal()) {
            throw new InvalidArgument(
                    "cannot attach stdin to a TTY-enabled container because stdin is not a"
                            + " terminal");
        }
        String name = arguments.operands().getFirst();
        try (Engine engine = session.engine()) {
            Image image = image(session, engine, name);
            Containers containers = engine.containers();
            ContainerRecord made =
                    containers.create(name, image.id(), image.config().config(), options);
            return new Foreground(session.terminal(), containers).run(made);
        }
    }

    private static Image image(Session session, Engine engine, String name) throws IOException {
        return engine.images()
                .find(name)
                .orElseThrow(
                        () -> {
                            String whole = name;
                            if (ImageName.parse(name)
                                    instanceof ImageName.Named(var reference, var _)) {
                                whole = reference.withDefaultTag().familiar();
                                session.terminal()
                                        .warn("Unable to find image '" + whole + "' locally\n");
                                reference.refuseReserved();
                            }
                            return new InvalidArgument(
                                    "no image "
                                            + whole
                                            + " in the store, and this version of plinth does not"
                                            + " pull; bring it in with plinth import, build or"
                                            + " load");
                        });
    }
}
