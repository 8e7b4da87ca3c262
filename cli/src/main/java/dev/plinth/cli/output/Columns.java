package dev.plinth.cli.output;

import java.util.ArrayList;
import java.util.List;

/// Lines of cells, padded so that cells below each other start in the same column. A tab ends a
/// cell; what follows the last tab of a line is not padded. Neighbouring lines share the width of a
/// column only as long as each of them has it (elastic tab stops, as Go's `tabwriter`, which Docker
/// uses).
public final class Columns {
    private static final int NARROWEST = 10;
    private static final int GAP = 3;

    private Columns() {}

    /// The text with spaces instead of tabs; every line ends with a newline if it did before.
    public static String align(String text) {
        List<List<String>> lines = new ArrayList<>();
        int columns = 0;
        for (int start = 0; start <= text.length(); ) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            List<String> cells = cells(text.substring(start, end));
            lines.add(cells);
            columns = Math.max(columns, cells.size());
            start = end + 1;
        }
        int[][] widths = new int[lines.size()][columns];
        for (int column = 0; column < columns; column++) {
            setWidths(lines, column, widths);
        }
        StringBuilder out = new StringBuilder(text.length() * 2);
        for (int i = 0; i < lines.size(); i++) {
            List<String> cells = lines.get(i);
            for (int column = 0; column < cells.size(); column++) {
                String cell = cells.get(column);
                out.append(cell);
                if (column < cells.size() - 1) {
                    out.repeat(' ', widths[i][column] - length(cell));
                }
            }
            if (i < lines.size() - 1) {
                out.append('\n');
            }
        }
        return out.toString();
    }

    private static void setWidths(List<List<String>> lines, int column, int[][] widths) {
        for (int first = 0; first < lines.size(); ) {
            int end = first;
            int width = NARROWEST;
            while (end < lines.size() && lines.get(end).size() > column + 1) {
                width = Math.max(width, length(lines.get(end).get(column)) + GAP);
                end++;
            }
            for (int i = first; i < end; i++) {
                widths[i][column] = width;
            }
            first = end + 1;
        }
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        int start = 0;
        for (int tab; (tab = line.indexOf('\t', start)) >= 0; start = tab + 1) {
            cells.add(line.substring(start, tab));
        }
        cells.add(line.substring(start));
        return cells;
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
