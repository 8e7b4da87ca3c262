package dev.plinth.cli.command;

import dev.plinth.cli.output.RowFormat;
import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.FlagType;
import dev.plinth.core.engine.ContainerSummary;
import dev.plinth.core.engine.Engine;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

final class PsCommand implements Action {
    private static final Flag<Boolean> ALL =
            Flag.bool("all", "Show containers that have ended, too").letter('a');
    private static final Flag<Long> LAST =
            Flag.number("last", "Show this many of the newest containers, running or not")
                    .letter('n')
                    .byDefault(-1L);
    private static final Flag<Boolean> LATEST =
            Flag.bool("latest", "Show the newest container, running or not").letter('l');
    private static final Flag<Boolean> NO_TRUNC = Flag.bool("no-trunc", "Print every value whole");
    private static final Flag<Boolean> QUIET =
            Flag.bool("quiet", "Print only the container IDs").letter('q');

    @Override
    public Command command() {
        return Command.named("container ls", "container list", "container ps", "ps")
                .does("List containers")
                .with(
                        ALL,
                        Flag.missing("filter", FlagType.LIST, "Show only containers that match")
                                .letter('f')
                                .shownAs("filter"),
                        Formats.ROWS,
                        LAST,
                        LATEST,
                        NO_TRUNC,
                        QUIET,
                        Flag.missing("size", FlagType.BOOL, "Show how big their files are")
                                .letter('s'));
    }

    @Override
    public int run(Session session, Arguments arguments) throws IOException {
        boolean whole = arguments.value(NO_TRUNC);
        RowFormat format =
                RowFormat.of(
                        ContainerRows.COLUMNS,
                        arguments.value(Formats.ROWS),
                        arguments.value(QUIET) ? "ID" : "");
        long last = arguments.value(LATEST) ? 1 : arguments.value(LAST);
        boolean all = arguments.value(ALL) || last >= 0;
        try (Engine engine = session.engine()) {
            ContainerRows rows = new ContainerRows(!whole, Instant.now());
            List<Map<String, Object>> shown = new ArrayList<>();
            for (ContainerSummary container : engine.containerList()) {
                if (last >= 0 && shown.size() == last) {
                    break;
                }
                if (all || container.state().isRunning()) {
                    shown.add(rows.row(container));
                }
            }
            session.terminal().print(format.text(shown));
            return DONE;
        }
    }
}
