package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Operands;
import dev.plinth.core.engine.Engine;
import java.io.IOException;
import java.util.List;

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
    public int run(Session session, Arguments arguments) throws IOException {
        try (Engine engine = session.engine()) {
            List<String> names = arguments.operands();
            engine.images().tag(names.get(0), names.get(1));
            return DONE;
        }
    }
}
