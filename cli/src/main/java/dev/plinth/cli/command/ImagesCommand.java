package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.FlagType;
import dev.plinth.cli.syntax.Operands;

final class ImagesCommand implements Action {
    private static final Flag<Boolean> ALL =
            Flag.bool("all", "Show images without a name that others stand on, too").letter('a');
    private static final Flag<Boolean> DIGESTS = Flag.bool("digests", "Show digests");
    private static final Flag<Boolean> NO_TRUNC = Flag.bool("no-trunc", "Print every value whole");
    private static final Flag<Boolean> QUIET =
            Flag.bool("quiet", "Print only the image IDs").letter('q');

    @Override
    public Command command() {
        return Command.named("image ls", "image list", "images")
                .takes("[REPOSITORY[:TAG]]", Operands.between(0, 1, Operands.Names.IMAGE))
                .does("List images")
                .with(
                        ALL,
                        DIGESTS,
                        Flag.missing("filter", FlagType.LIST, "Show only images that match")
                                .letter('f')
                                .shownAs("filter"),
                        Formats.ROWS,
                        NO_TRUNC,
                        QUIET,
                        Flag.missing(
                                "tree",
                                FlagType.BOOL,
                                "Show the platforms of each image below it"));
    }

    @Override
    public int run(Session session, Arguments arguments) {
        throw new NotSupportedException(arguments.calledAs());
    }
}
