package dev.plinth.cli.output;

import dev.plinth.cli.template.Template;
import dev.plinth.cli.text.JsonText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a list (images, containers, history) is printed: as a table, as JSON lines, or by a template
/// for each row, which is what `--format` and `--quiet` choose between.
public final class RowFormat {
    private static final String TABLE = "table";

    /// A value every row has.
    ///
    /// @param field its name in templates
    /// @param header what stands above it in a table
    /// @param shown whether the table that is printed without `--format` has it
    public record Column(String field, String header, boolean shown) {
        public static Column shown(String field, String header) {
            return new Column(field, header, true);
        }

        /// One that only templates and JSON show.
        public static Column more(String field, String header) {
            return new Column(field, header, false);
        }
    }

    private final List<Column> columns;
    private final boolean isTable;
    private final boolean isJson;
    private final @Nullable Template template;

    private RowFormat(
            List<Column> columns, boolean isTable, boolean isJson, @Nullable Template template) {
        this.columns = List.copyOf(columns);
        this.isTable = isTable;
        this.isJson = isJson;
        this.template = template;
    }

    /// The format that the flags ask for.
    ///
    /// @param format the value of `--format`; empty when it was not given
    /// @param quiet the field that alone is printed when there is no format; empty to print all
    /// @throws dev.plinth.cli.template.TemplateException when the format is no template
    public static RowFormat of(List<Column> columns, String format, String quiet) {
        if (format.isEmpty() || format.equals(TABLE)) {
            return quiet.isEmpty()
                    ? new RowFormat(columns, true, false, null)
                    : new RowFormat(List.of(Column.shown(quiet, "")), false, false, null);
        }
        if (format.equals("json")) {
            return new RowFormat(columns, false, true, null);
        }
        boolean isTable = format.startsWith(TABLE);
        String text = isTable ? format.substring(TABLE.length()).strip() : format;
        text = text.replace("\\t", "\t").replace("\\n", "\n");
        return new RowFormat(columns, isTable, false, Template.parse("", text));
    }

    /// The text for the rows, each of which has all the columns' fields.
    public String text(Iterable<? extends Map<String, ?>> rows) {
        StringBuilder out = new StringBuilder();
        if (isTable) {
            out.append(header()).append('\n');
        }
        for (Map<String, ?> row : rows) {
            out.append(line(row)).append('\n');
        }
        return isTable ? Columns.align(out.toString()) : out.toString();
    }

    private String line(Map<String, ?> row) {
        if (isJson) {
            return JsonText.compact(row);
        }
        if (template != null) {
            return template.fill(row, Template.Missing.FAILS);
        }
        StringBuilder line = new StringBuilder();
        for (Column column : columns) {
            if (column.shown()) {
                line.append(line.isEmpty() ? "" : "\t").append(row.get(column.field()));
            }
        }
        return line.toString();
    }

    private String header() {
        if (template != null) {
            Map<String, Object> headers = new HashMap<>();
            for (Column column : columns) {
                headers.put(column.field(), column.header());
            }
            return template.fillHeader(headers);
        }
        StringBuilder line = new StringBuilder();
        for (Column column : columns) {
            if (column.shown()) {
                line.append(line.isEmpty() ? "" : "\t").append(column.header());
            }
        }
        return line.toString();
    }
}
