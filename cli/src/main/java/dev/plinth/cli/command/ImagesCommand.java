package dev.plinth.cli.command;

import dev.plinth.cli.output.RowFormat;
import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.FlagType;
import dev.plinth.cli.syntax.Operands;
import dev.plinth.core.engine.Engine;
import dev.plinth.core.engine.Image;
import dev.plinth.core.engine.ImageFilters;
import dev.plinth.core.engine.Images;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

final class ImagesCommand implements Action {
    private static final Flag<Boolean> ALL =
            Flag.bool("all", "Show images without a name that others stand on, too").letter('a');
    private static final Flag<Boolean> DIGESTS = Flag.bool("digests", "Show digests");
    private static final Flag<List<String>> FILTER =
            Flag.list(
                            "filter",
                            """
                            Show only images that match: dangling=true|false, label=KEY[=VALUE],
                            before=IMAGE, since=IMAGE, until=TIME, reference=PATTERN\
                            """)
                    .letter('f')
                    .shownAs("filter");
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
                        FILTER,
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
        Failures failures = new Failures(session.terminal());
        Instant now = Instant.now();
        try (Engine engine = session.engine()) {
            ImageFilters filters = filters(engine.images(), arguments, now);
            ImageRows rows = new ImageRows(!arguments.value(NO_TRUNC), now);
            List<Image> images = filters.apply(engine.images().all(failures::add));
            session.terminal().print(format.text(rows.of(images, quiet)));
        }
        return failures.exitCode();
    }

    private static ImageFilters filters(Images images, Arguments arguments, Instant now)
            throws IOException {
        ImageFilters filters = new ImageFilters(images, now);
        for (String filter : arguments.value(FILTER)) {
            int equals = filter.indexOf('=');
            if (equals < 0) {
                throw new InvalidArgument("bad format of filter (expected name=value): " + filter);
            }
            filters.add(filter.substring(0, equals).strip(), filter.substring(equals + 1).strip());
        }
        String wanted = arguments.operand(0);
        return wanted == null ? filters : filters.add("reference", wanted);
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
