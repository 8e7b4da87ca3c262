package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Operands;

final class TagCommand implements Action {
    @Override
    public Command command() {
        return Command.named("image tag", "tag")
                .takes(
                        "SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]",
                        Operands.exactly(2, Operands.Names.IMAGE))
                .does("Give an image another name");
    }

    @Override
    public int run(Session session, Arguments arguments) {
        throw new NotSupportedException(arguments.calledAs());
    }
}
