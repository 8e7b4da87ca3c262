package dev.plinth.core.dockerfile;

import dev.plinth.core.dockerfile.words.Spaces;
import java.util.ArrayList;
import java.util.List;

/// Cuts the text of an instruction into words. Quotes and escapes keep words together.
final class LineWords {
    private LineWords() {}

    /// The flags at the beginning of `text`, and the rest.
    record Flagged(List<String> flags, String rest) {}

    /// Takes the words that begin with `--` from the beginning; a lone `--` ends them. Quotes and
    /// escape characters are taken away. Only the white space of ASCII separates flags.
    static Flagged takeFlags(String text, char escape) {
        List<String> flags = new ArrayList<>();
        int at = 0;
        while (true) {
            while (at < text.length() && isAsciiSpace(text.charAt(at))) {
                at++;
            }
            if (!text.startsWith("--", at)) {
                return new Flagged(flags, Spaces.trim(text.substring(at)));
            }
            StringBuilder word = new StringBuilder();
            char quote = 0;
            for (; at < text.length(); at++) {
                char c = text.charAt(at);
                if (quote == 0 && isAsciiSpace(c)) {
                    break;
                } else if (quote == 0 && (c == '\'' || c == '"')) {
                    quote = c;
                } else if (quote != 0 && c == quote) {
                    quote = 0;
                } else if (c != escape) {
                    word.append(c);
                } else if (at + 1 < text.length()) {
                    word.append(text.charAt(++at));
                }
            }
            if (word.length() == 2) {
                return new Flagged(flags, Spaces.trim(text.substring(at)));
            }
            flags.add(word.toString());
        }
    }

    /// Cuts at white space outside of quotes. Words keep their quotes and escapes.
    static List<String> quoted(String text, char escape) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && Spaces.isSpace(c)) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                continue;
            }
            if (c == escape && quote != '\'') {
                if (i + 1 == text.length()) {
                    // An escape character with nothing behind it is dropped.
                    break;
                }
                word.append(c).append(text.charAt(++i));
                continue;
            }
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
            word.append(c);
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /// Cuts at blanks and tabs, whatever the quotes.
    static List<String> plain(String text) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || isBlank(text.charAt(i))) {
                if (i > from) {
                    words.add(text.substring(from, i));
                }
                from = i + 1;
            }
        }
        return words;
    }

    /// The first word and the rest, cut at the first blanks; the rest is empty when there is none.
    static String[] first(String text) {
        int end = 0;
        while (end < text.length() && !isBlank(text.charAt(end))) {
            end++;
        }
        int next = end;
        while (next < text.length() && isBlank(text.charAt(next))) {
            next++;
        }
        return new String[] {text.substring(0, end), text.substring(next)};
    }

    private static boolean isAsciiSpace(char c) {
        return isBlank(c) || c == '\n';
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == 0x0b || c == '\f' || c == '\r';
    }
}
