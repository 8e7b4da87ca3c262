package dev.plinth.cli.command;

import dev.plinth.cli.output.RowFormat;
import dev.plinth.cli.output.RowFormat.Column;
import dev.plinth.cli.text.Spans;
import dev.plinth.core.container.ContainerRecord;
import dev.plinth.core.container.ContainerState;
import dev.plinth.core.engine.ContainerSummary;
import dev.plinth.core.oci.Rfc3339;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rows of a list of containers.
final class ContainerRows {
    static final List<RowFormat.Column> COLUMNS =
            List.of(
                    Column.shown("ID", "CONTAINER ID"),
                    Column.shown("Image", "IMAGE"),
                    Column.shown("Command", "COMMAND"),
                    Column.shown("RunningFor", "CREATED"),
                    Column.shown("Status", "STATUS"),
                    Column.shown("Ports", "PORTS"),
                    Column.shown("Names", "NAMES"),
                    Column.more("CreatedAt", "CREATED AT"),
                    Column.more("State", "STATE"),
                    Column.more("Networks", "NETWORKS"));

    private static final int COMMAND_WIDTH = 20;

    private final boolean truncate;
    private final Instant now;

    ContainerRows(boolean truncate, Instant now) {
        this.truncate = truncate;
        this.now = now;
    }

    Map<String, Object> row(ContainerSummary container) {
        ContainerRecord record = container.record();
        Map<String, Object> row = new LinkedHashMap<>();
        String id = record.id().hex();
        row.put("ID", truncate ? id.substring(0, 12) : id);
        row.put("Image", record.imageName());
        row.put("Command", command(record));
        row.put("RunningFor", Dates.since(Optional.of(record.created()), now, true));
        row.put("Status", status(container.state()));
        row.put("Ports", "");
        row.put("Names", record.name().text());
        row.put("CreatedAt", Rfc3339.format(record.created()));
        row.put("State", container.state().status().text());
        row.put("Networks", record.definition().host().network().text());
        return row;
    }

    private String command(ContainerRecord record) {
        String command = String.join(" ", record.definition().arguments());
        return '"'
                + (truncate && command.length() > COMMAND_WIDTH
                        ? command.substring(0, COMMAND_WIDTH - 1) + "…"
                        : command)
                + '"';
    }

    private String status(ContainerState state) {
        return switch (state.status()) {
            case CREATED -> "Created";
            case RUNNING -> "Up " + Spans.human(Duration.between(state.started().orElse(now), now));
            case EXITED ->
                    "Exited ("
                            + state.exitCode()
                            + ")"
                            + state.finished()
                                    .map(at -> " " + Dates.since(Optional.of(at), now, true))
                                    .orElse("");
        };
    }
}
