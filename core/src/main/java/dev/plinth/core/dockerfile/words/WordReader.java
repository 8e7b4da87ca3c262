package dev.plinth.core.dockerfile.words;

import dev.plinth.core.error.Quoted;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One pass over one word. A reader is used once.
final class WordReader {
    private static final int END = -1;

    /// A longer word is shown by its beginning.
    private static final int MOST_SHOWN = 1000;

    private final Words rules;
    private final String source;
    private final Variables variables;
    private final Set<String> used = new LinkedHashSet<>();
    private final Set<String> unset = new LinkedHashSet<>();
    private boolean keepEscapes;
    private int position;
    private int depth;

    WordReader(Words rules, String source, Variables variables) {
        this.rules = rules;
        this.source = source;
        this.variables = variables;
        this.keepEscapes = rules.keepsEscapes();
    }

    Expansion read() {
        Part whole;
        try {
            whole = readUntil(END, rules.keepsEscapes());
        } catch (WordException e) {
            throw new WordException(
                    "failed to process " + Quoted.of(shown()) + ": " + e.getMessage());
        }
        return new Expansion(whole.text, whole.words, used, unset);
    }

    private String shown() {
        return source.length() <= MOST_SHOWN ? source : source.substring(0, MOST_SHOWN) + "...";
    }

    private record Part(String text, List<String> words) {}

    /// Reads up to `stop`, which is taken and left out, or to the end of the word.
    private Part readUntil(int stop, boolean keepingEscapes) {
        if (++depth > Words.DEEPEST) {
            throw new WordException(
                    "substitutions are nested more than " + Words.DEEPEST + " deep");
        }
        boolean before = keepEscapes;
        keepEscapes = keepingEscapes;
        StringBuilder text = new StringBuilder();
        WordList words = new WordList();
        boolean stopped = readInto(text, words, stop);
        if (!stopped && stop != END) {
            throw new WordException(
                    "unexpected end of statement while looking for matching "
                            + Character.toString(stop));
        }
        keepEscapes = before;
        depth--;
        return new Part(text.toString(), words.words());
    }

    private boolean readInto(StringBuilder text, WordList words, int stop) {
        while (peek() != END) {
            int c = peek();
            if (c == stop) {
                next();
                return true;
            }
            if (c == '$') {
                String value = bounded(dollar(), text.length());
                text.append(value);
                words.bare(value);
            } else if (!rules.takesQuotesAsText() && (c == '\'' || c == '"')) {
                String value = c == '"' ? doubleQuoted() : singleQuoted();
                text.append(value);
                words.quoted(value);
            } else if (c == rules.escape()) {
                next();
                if (keepEscapes) {
                    text.appendCodePoint(c);
                    words.quoted(c);
                }
                int escaped = next();
                if (escaped != END) {
                    text.appendCodePoint(escaped);
                    words.quoted(escaped);
                }
            } else {
                next();
                text.appendCodePoint(c);
                words.bare(c);
            }
        }
        return false;
    }

    private String singleQuoted() {
        int open = position;
        int close = source.indexOf('\'', open + 1);
        if (close < 0) {
            position = source.length();
            throw new WordException(
                    "unexpected end of statement while looking for matching single-quote");
        }
        position = close + 1;
        return rules.keepsQuotes()
                ? source.substring(open, close + 1)
                : source.substring(open + 1, close);
    }

    private String doubleQuoted() {
        StringBuilder text = new StringBuilder();
        int quote = next();
        if (rules.keepsQuotes()) {
            text.appendCodePoint(quote);
        }
        while (true) {
            int c = peek();
            if (c == END) {
                throw new WordException(
                        "unexpected end of statement while looking for matching double-quote");
            }
            if (c == '$') {
                text.append(bounded(dollar(), text.length()));
                continue;
            }
            next();
            if (c == '"') {
                if (rules.keepsQuotes()) {
                    text.appendCodePoint(c);
                }
                return text.toString();
            }
            if (c == rules.escape()) {
                if (keepEscapes) {
                    text.appendCodePoint(c);
                }
                int escaped = peek();
                if (escaped == END) {
                    continue;
                }
                // Other characters are not escaped by it: both stay.
                if (escaped == '"' || escaped == '$' || escaped == rules.escape()) {
                    c = next();
                }
            }
            text.appendCodePoint(c);
        }
    }

    private String dollar() {
        next();
        if (peek() == '{') {
            return braced();
        }
        String name = name();
        if (name.isEmpty()) {
            return "$";
        }
        String value = value(name);
        return value == null ? (rules.keepsUnset() ? "$" + name : "") : value;
    }

    private String braced() {
        next();
        switch (peek()) {
            case END -> throw missingBrace();
            case '{', '}', ':' -> throw new WordException("syntax error: bad substitution");
            default -> {}
        }
        String name = name();
        int c = next();
        boolean emptyIsUnset = c == ':';
        if (emptyIsUnset) {
            c = next();
        }
        if (emptyIsUnset && "-+?#%".indexOf(c) < 0) {
            untilBrace(keepEscapes);
            throw unsupported(":" + Character.toString(c));
        }
        return switch (c) {
            case END -> throw missingBrace();
            case '}' -> {
                String value = value(name);
                yield value == null ? (rules.keepsUnset() ? "${" + name + "}" : "") : value;
            }
            case '-', '+', '?' -> chosen(name, c, emptyIsUnset);
            case '#', '%' -> {
                if (emptyIsUnset) {
                    throw unsupported(":" + Character.toString(c));
                }
                yield trimmed(name, c);
            }
            case '/' -> replaced(name);
            default -> throw unsupported(Character.toString(c));
        };
    }

    /// `${name:-word}` and its relatives.
    private String chosen(String name, int modifier, boolean emptyIsUnset) {
        String word = untilBrace(keepEscapes);
        String value = value(name);
        if (value == null && rules.keepsUnset()) {
            return "${"
                    + name
                    + (emptyIsUnset ? ":" : "")
                    + Character.toString(modifier)
                    + word
                    + "}";
        }
        boolean missing = value == null || (emptyIsUnset && value.isEmpty());
        if (modifier == '+') {
            return missing ? "" : word;
        }
        if (!missing) {
            return String.valueOf(value);
        }
        if (modifier == '-') {
            return word;
        }
        String message = "is not allowed to be " + (value == null ? "unset" : "empty");
        throw new WordException(name + ": " + (word.isEmpty() ? message : word));
    }

    /// `${name#pattern}` and `${name%pattern}`, doubled for the longest match.
    private String trimmed(String name, int modifier) {
        String word = untilBrace(true);
        String value = value(name);
        if (value == null) {
            if (rules.keepsUnset()) {
                return "${" + name + Character.toString(modifier) + word + "}";
            }
            value = "";
        }
        boolean longest = !word.isEmpty() && word.charAt(0) == modifier;
        ShellPattern pattern = ShellPattern.of(longest ? word.substring(1) : word);
        return modifier == '#'
                ? pattern.withoutPrefix(value, longest)
                : pattern.withoutSuffix(value, longest);
    }

    /// `${name/pattern/replacement}` and `${name//pattern/replacement}`.
    private String replaced(String name) {
        boolean all = peek() == '/';
        if (all) {
            next();
        }
        String word;
        try {
            word = readUntil('/', true).text;
        } catch (WordException e) {
            throw peek() == END ? new WordException("syntax error: missing '/' in ${}") : e;
        }
        String replacement = untilBrace(true);
        String value = value(name);
        if (value == null) {
            if (rules.keepsUnset()) {
                return "${" + name + "/" + word + "/" + replacement + "}";
            }
            value = "";
        }
        ShellPattern pattern = ShellPattern.of(word);
        return pattern.replaced(value, replacement, all, rules.longest());
    }

    private String untilBrace(boolean keepingEscapes) {
        try {
            return readUntil('}', keepingEscapes).text;
        } catch (WordException e) {
            throw peek() == END ? missingBrace() : e;
        }
    }

    /// A name of letters, digits and `_`; or digits alone; or one of the shell's special
    /// characters.
    private String name() {
        int from = position;
        int c = peek();
        if (isDigit(c)) {
            while (isDigit(peek())) {
                next();
            }
        } else if (c != END && "@*#?-$!".indexOf(c) >= 0) {
            next();
        } else {
            while (isNamePart(peek())) {
                next();
            }
        }
        return source.substring(from, position);
    }

    private static boolean isDigit(int c) {
        return c != END && Character.isDigit(c);
    }

    private static boolean isNamePart(int c) {
        return c == '_' || (c != END && Character.isLetterOrDigit(c));
    }

    private @Nullable String value(String name) {
        String value = variables.value(name);
        (value == null ? unset : used).add(name);
        return value;
    }

    /// A value, if there is room for it behind what is there already.
    private String bounded(String value, int before) {
        if (value.length() + (long) before > rules.longest() + (long) source.length()) {
            throw tooLong();
        }
        return value;
    }

    static WordException tooLong() {
        return new WordException("the result is too long");
    }

    private static WordException missingBrace() {
        return new WordException("syntax error: missing '}'");
    }

    private static WordException unsupported(String modifier) {
        return new WordException("unsupported modifier (" + modifier + ") in substitution");
    }

    private int peek() {
        return position < source.length() ? source.codePointAt(position) : END;
    }

    private int next() {
        int c = peek();
        if (c != END) {
            position += Character.charCount(c);
        }
        return c;
    }
}
