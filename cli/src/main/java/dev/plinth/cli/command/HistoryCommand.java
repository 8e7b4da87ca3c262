package dev.plinth.cli.command;

import dev.plinth.cli.output.RowFormat;
import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.FlagType;
import dev.plinth.cli.syntax.Operands;
import dev.plinth.cli.text.ByteSize;
import dev.plinth.core.engine.Engine;
import dev.plinth.core.engine.HistoryRow;
import dev.plinth.core.engine.Image;
import dev.plinth.core.oci.Rfc3339;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class HistoryCommand implements Action {
    private static final Flag<Boolean> HUMAN =
            Flag.bool("human", "Print sizes and dates for people to read")
                    .letter('H')
                    .byDefault(true);
    private static final Flag<Boolean> NO_TRUNC = Flag.bool("no-trunc", "Print every value whole");
    private static final Flag<Boolean> QUIET = Flag.bool("quiet", "Print only the IDs").letter('q');

    private static final List<RowFormat.Column> COLUMNS =
            List.of(
                    RowFormat.Column.shown("ID", "IMAGE"),
                    RowFormat.Column.shown("CreatedSince", "CREATED"),
                    RowFormat.Column.shown("CreatedBy", "CREATED BY"),
                    RowFormat.Column.shown("Size", "SIZE"),
                    RowFormat.Column.shown("Comment", "COMMENT"),
                    RowFormat.Column.more("CreatedAt", "CREATED AT"));

    @Override
    public Command command() {
        return Command.named("image history", "history")
                .takes("IMAGE", Operands.exactly(1, Operands.Names.IMAGE))
                .does("Show how an image was made")
                .with(
                        Formats.ROWS,
                        HUMAN,
                        NO_TRUNC,
                        Flag.missing(
                                "platform",
                                FlagType.TEXT,
                                "Show the history for this platform, as os[/arch[/variant]]"),
                        QUIET);
    }

    @Override
    public int run(Session session, Arguments arguments) throws IOException {
        RowFormat format =
                RowFormat.of(
                        COLUMNS, arguments.value(Formats.ROWS), arguments.value(QUIET) ? "ID" : "");
        boolean whole = arguments.value(NO_TRUNC);
        boolean human = arguments.value(HUMAN);
        Instant now = Instant.now();
        try (Engine engine = session.engine()) {
            Image image = engine.images().require(arguments.operands().getFirst());
            List<Map<String, Object>> rows = new ArrayList<>();
            for (HistoryRow row : engine.images().history(image)) {
                rows.add(row(row, whole, human, now));
            }
            session.terminal().print(format.text(rows));
            return DONE;
        }
    }

    private static Map<String, Object> row(
            HistoryRow row, boolean whole, boolean human, Instant now) {
        String id = row.image().map(i -> whole ? i.toString() : i.shortHex()).orElse("<missing>");
        String by = row.createdBy().replace('\t', ' ');
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("ID", id);
        fields.put("CreatedSince", Dates.since(row.created(), now, human));
        fields.put("CreatedAt", row.created().map(Rfc3339::format).orElse("N/A"));
        fields.put("CreatedBy", whole || by.length() <= 45 ? by : by.substring(0, 44) + "…");
        fields.put("Size", human ? ByteSize.human(row.size()) : Long.toString(row.size()));
        fields.put("Comment", row.comment());
        return fields;
    }
}
