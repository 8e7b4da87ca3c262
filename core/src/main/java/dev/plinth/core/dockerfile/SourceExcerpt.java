package dev.plinth.core.dockerfile;

import java.util.ArrayList;
import java.util.List;

/// Prints the lines around a place.
final class SourceExcerpt {
    private static final String RULE = "--------------------\n";
    private static final int WIDEST = 1024;

    /// A place of more lines than this is shown by its beginning.
    private static final int TALLEST = 40;

    private SourceExcerpt() {}

    static String of(SourceText source, Place place) {
        int from = place.firstLine();
        int to = Math.min(place.lastLine(), from + TALLEST - 1);
        int padding = place.lastLine() == from ? 4 : 2;
        List<String> lines = lines(source.bytes(), Math.max(1, from - padding), to + padding);
        int first = Math.max(1, from - padding);
        int known = first + lines.size() - 1;
        if (from > known) {
            return "";
        }
        int start = from;
        int end = Math.min(to, known);
        // Each round shows a line more on each side and counts three, or fewer where the file ends.
        for (int shown = 0; shown < padding; shown++) {
            if (start > 1) {
                start--;
                shown++;
            }
            if (end < known) {
                end++;
                shown++;
            }
        }
        StringBuilder out = new StringBuilder();
        out.append(place).append('\n').append(RULE);
        for (int i = start; i <= end; i++) {
            String number = Integer.toString(i);
            out.append(" ".repeat(Math.max(1, 4 - number.length()))).append(number);
            out.append(" | ")
                    .append(i >= from && i <= place.lastLine() ? ">>>" : "   ")
                    .append(' ');
            out.append(lines.get(i - first)).append('\n');
        }
        return out.append(RULE).toString();
    }

    /// The lines from one to another; fewer when the file ends before.
    private static List<String> lines(byte[] bytes, int first, int last) {
        List<String> lines = new ArrayList<>();
        int number = 1;
        int from = 0;
        while (number <= last) {
            int to = from;
            while (to < bytes.length && bytes[to] != '\n') {
                to++;
            }
            if (number >= first) {
                lines.add(shown(ByteText.decode(bytes, from, to)));
            }
            if (to == bytes.length) {
                break;
            }
            from = to + 1;
            number++;
        }
        return lines;
    }

    private static String shown(String line) {
        int length = Math.min(line.length(), WIDEST);
        if (length > 0 && line.length() == length && line.charAt(length - 1) == '\r') {
            length--;
        }
        StringBuilder out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            char c = line.charAt(i);
            boolean control = (c < 0x20 && c != '\t') || (c >= 0x7f && c < 0xa0) || c == '\ufeff';
            boolean lone =
                    Character.isSurrogate(c)
                            && !(Character.isHighSurrogate(c)
                                    && i + 1 < length
                                    && Character.isLowSurrogate(line.charAt(i + 1)))
                            && !(Character.isLowSurrogate(c)
                                    && i > 0
                                    && Character.isHighSurrogate(line.charAt(i - 1)));
            out.append(control || lone ? '?' : c);
        }
        return out.toString();
    }
}
