package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.FlagType;
import dev.plinth.core.engine.Archives;
import dev.plinth.core.engine.Engine;
import dev.plinth.core.reference.ImageReference;
import java.io.IOException;
import java.util.List;

final class LoadCommand implements Action {
    private static final Flag<String> INPUT =
            Flag.text("input", "Read this file instead of the standard input").letter('i');
    private static final Flag<Boolean> QUIET = Flag.bool("quiet", "Show no progress").letter('q');

    @Override
    public Command command() {
        return Command.named("image load", "load")
                .does("Take in images from an archive that save made")
                .with(
                        INPUT,
                        Flag.missing(
                                "platform",
                                FlagType.TEXT,
                                "Take in only this platform, as os[/arch[/variant]]"),
                        QUIET);
    }

    @Override
    public int run(Session session, Arguments arguments) throws IOException {
        String input = arguments.value(INPUT);
        if (input.isEmpty() && session.terminal().inIsTerminal()) {
            throw new InvalidArgument("requested load from stdin, but stdin is empty");
        }
        List<Archives.Loaded> images;
        try (Engine engine = session.engine();
                Source in = Source.open(input.isEmpty() ? "-" : input, session.terminal())) {
            images = engine.archives().load(in.stream());
        }
        for (Archives.Loaded image : images) {
            for (ImageReference name : image.names()) {
                session.terminal().println("Loaded image: " + name.familiar());
            }
            if (image.names().isEmpty()) {
                session.terminal().println("Loaded image ID: " + image.id());
            }
        }
        return DONE;
    }
}
