package dev.plinth.core.dockerfile.words;

import java.util.ArrayList;
import java.util.List;

/// Cuts one line of comma-separated values: a field may stand in double quotes, in which `""` is
/// one.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
public final class CommaList {
    private CommaList() {}

    /// The fields of `line`.
    ///
    /// @throws WordException when a quote stands where it may not
    public static List<String> parse(String line) {
        List<String> fields = new ArrayList<>();
        int at = 0;
        while (true) {
            int end;
            if (line.startsWith("\"", at)) {
                StringBuilder field = new StringBuilder();
                end = at + 1;
                while (true) {
                    int quote = line.indexOf('"', end);
                    if (quote < 0) {
                        throw wrong(at + 1, "extraneous or missing \" in quoted-field");
                    }
                    field.append(line, end, quote);
                    end = quote + 1;
                    if (!line.startsWith("\"", end)) {
                        break;
                    }
                    field.append('"');
                    end++;
                }
                if (end < line.length() && line.charAt(end) != ',') {
                    throw wrong(end - 1, "extraneous or missing \" in quoted-field");
                }
                fields.add(field.toString());
            } else {
                int comma = line.indexOf(',', at);
                end = comma < 0 ? line.length() : comma;
                String field = line.substring(at, end);
                int quote = field.indexOf('"');
                if (quote >= 0) {
                    throw wrong(at + quote, "bare \" in non-quoted-field");
                }
                fields.add(field);
            }
            if (end == line.length()) {
                return fields;
            }
            at = end + 1;
        }
    }

    private static WordException wrong(int at, String what) {
        return new WordException("parse error on line 1, column " + (at + 1) + ": " + what);
    }
}
