package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Operands;

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
    public int run(Session session, Arguments arguments) {
        throw new NotSupportedException(arguments.calledAs());
    }
}
