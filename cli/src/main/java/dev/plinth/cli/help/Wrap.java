package dev.plinth.cli.help;

/// Text in a column of the screen, broken between words as the help of Docker's commands is.
final class Wrap {
    /// Narrower columns are not worth wrapping in.
    private static final int NARROWEST = 24;

    /// How far a last line may stick out, so that no single short word is left over.
    private static final int SLACK = 5;

    private Wrap() {}

    /// The text, whose first line starts at column `indent` and whose other lines are indented to
    /// it.
    static String text(String text, int indent, int width) {
        if (width - indent < NARROWEST) {
            return text.replace("\n", "\n" + " ".repeat(indent));
        }
        int room = width - indent - SLACK;
        StringBuilder out = new StringBuilder();
        String rest = text;
        while (!rest.isEmpty()) {
            int end = lineEnd(rest, room);
            if (!out.isEmpty()) {
                out.append('\n').repeat(' ', indent);
            }
            out.append(rest, 0, end);
            rest = end == rest.length() ? "" : rest.substring(end + 1);
        }
        return out.toString();
    }

    private static int lineEnd(String text, int room) {
        int newline = text.indexOf('\n');
        int end = newline < 0 ? text.length() : newline;
        if (end <= room + SLACK) {
            return end;
        }
        int space = text.lastIndexOf(' ', room - 1);
        if (space <= 0) {
            space = text.indexOf(' ');
        }
        return space <= 0 || space > end ? end : space;
    }
}
