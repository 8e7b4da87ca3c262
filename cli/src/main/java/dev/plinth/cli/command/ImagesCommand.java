package dev.plinth.cli.command;

import dev.plinth.cli.output.RowFormat;
import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.FlagType;
import dev.plinth.cli.syntax.Operands;
import dev.plinth.core.engine.Engine;
import dev.plinth.core.engine.Image;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
    public int run(Session session, Arguments arguments) throws IOException {
        boolean quiet = arguments.value(QUIET);
        RowFormat format =
                RowFormat.of(
                        columns(arguments.value(DIGESTS)),
                        arguments.value(Formats.ROWS),
                        quiet ? "ID" : "");
        try (Engine engine = session.engine()) {
            ImageRows rows = new ImageRows(!arguments.value(NO_TRUNC), Instant.now());
            List<Image> images = engine.images()
                            .all(e -> session.terminal().warn("plinth: " + e.getMessage() + "\n"));
            session.terminal().print(format.text(rows.of(images, arguments.operand(0), quiet)));
            return DONE;
        }
    }

    private static List<RowFormat.Column> columns(boolean digests) {
        List<RowFormat.Column> columns = new ArrayList<>();
        columns.add(RowFormat.Column.shown("Repository", "REPOSITORY"));
        columns.add(RowFormat.Column.shown("Tag", "TAG"));
        columns.add(new RowFormat.Column("Digest", "DIGEST", digests));
        columns.add(RowFormat.Column.shown("ID", "IMAGE ID"));
        columns.add(RowFormat.Column.shown("CreatedSince", "CREATED"));
        columns.add(RowFormat.Column.shown("Size", "SIZE"));
        columns.add(RowFormat.Column.more("CreatedAt", "CREATED AT"));
        columns.add(RowFormat.Column.more("Containers", "CONTAINERS"));
        columns.add(RowFormat.Column.more("SharedSize", "SHARED SIZE"));
        columns.add(RowFormat.Column.more("UniqueSize", "UNIQUE SIZE"));
        columns.add(RowFormat.Column.more("VirtualSize", "VIRTUAL SIZE"));
        return columns;
    }
}
