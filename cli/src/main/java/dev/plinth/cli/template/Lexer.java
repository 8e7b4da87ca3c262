package dev.plinth.cli.template;

import dev.plinth.cli.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// Cuts a template into tokens. What is wrong becomes an [Kind#ERROR] token, so that an earlier
/// error of the parser wins, as in Go.
final class Lexer {
    private static final String LEFT = "{{";
    private static final String RIGHT = "}}";
    private static final String SPACES = " \t\r\n";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int depth;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(Source source) {
        Lexer lexer = new Lexer(source.text());
        try {
            lexer.read();
            lexer.tokens.add(new Token(Kind.END, source.text().length(), "EOF"));
        } catch (LexicalError e) {
            lexer.tokens.add(new Token(Kind.ERROR, e.at, String.valueOf(e.getMessage())));
        }
        return lexer.tokens;
    }

    private void read() throws LexicalError {
        boolean trimLeft = false;
        while (at < text.length()) {
            int open = text.indexOf(LEFT, at);
            int end = open < 0 ? text.length() : open;
            int start = trimLeft ? skipSpaces(at) : at;
            boolean trimRight = open >= 0 && isTrimMark(open + 2);
            int cut = end;
            while (trimRight && cut > start && isSpace(cut - 1)) {
                cut--;
            }
            if (cut > start) {
                add(Kind.TEXT, start, text.substring(start, cut));
            }
            if (open < 0) {
                return;
            }
            at = open + 2 + (trimRight ? 2 : 0);
            if (text.startsWith("/*", at)) {
                trimLeft = comment();
            } else {
                add(Kind.LEFT, open, LEFT);
                depth = 0;
                trimLeft = action();
            }
        }
    }

    /// Reads past a comment and its delimiters; true when spaces after it go as well.
    private boolean comment() throws LexicalError {
        int close = text.indexOf("*/", at);
        if (close < 0) {
            throw new LexicalError(at, "unclosed comment");
        }
        at = close + 2;
        boolean trim = isTrimEnd(at);
        if (!trim && !text.startsWith(RIGHT, at)) {
            throw new LexicalError(at, "comment ends before closing delimiter");
        }
        at += trim ? 4 : 2;
        return trim;
    }

    /// Reads an action to its end; true when spaces after it go as well.
    private boolean action() throws LexicalError {
        while (true) {
            boolean trim = isTrimEnd(at);
            if (trim || text.startsWith(RIGHT, at)) {
                if (depth > 0) {
                    throw new LexicalError(at, "unclosed left paren");
                }
                int mark = trim ? at + 2 : at;
                add(Kind.RIGHT, mark, RIGHT);
                at = mark + 2;
                return trim;
            }
            if (at >= text.length()) {
                throw new LexicalError(at, "unclosed action");
            }
            token(text.charAt(at));
        }
    }

    private void token(char c) throws LexicalError {
        int start = at;
        if (SPACES.indexOf(c) >= 0) {
            while (at < text.length() && isSpace(at) && !isTrimEnd(at)) {
                at++;
            }
            add(Kind.SPACE, start, " ");
        } else if (c == '"') {
            quoted(c, Kind.STRING, "unterminated quoted string");
        } else if (c == '\'') {
            quoted(c, Kind.CHARACTER, "unterminated character constant");
        } else if (c == '`') {
            int close = text.indexOf('`', at + 1);
            if (close < 0) {
                throw new LexicalError(at, "unterminated raw quoted string");
            }
            take(Kind.STRING, close + 1);
        } else if (c == '$') {
            takeWord(Kind.VARIABLE, wordEnd(at + 1));
        } else if (c == '.' && !isDigit(at + 1)) {
            int end = wordEnd(at + 1);
            if (end == at + 1) {
                take(Kind.DOT, end);
            } else {
                takeWord(Kind.FIELD, end);
            }
        } else if (isDigit(at) || c == '.' || ((c == '+' || c == '-') && isNumberAfterSign())) {
            number();
        } else if (isLetter(at)) {
            int end = wordEnd(at);
            takeWord(isKeyword(text.substring(at, end)) ? Kind.KEYWORD : Kind.IDENTIFIER, end);
        } else {
            sign(c);
        }
    }

    private void sign(char c) throws LexicalError {
        switch (c) {
            case '|' -> take(Kind.PIPE, at + 1);
            case ',' -> take(Kind.COMMA, at + 1);
            case '=' -> take(Kind.ASSIGN, at + 1);
            case '(' -> {
                take(Kind.OPEN, at + 1);
                depth++;
            }
            case ')' -> {
                if (--depth < 0) {
                    throw new LexicalError(at, "unexpected right paren");
                }
                take(Kind.CLOSE, at + 1);
            }
            case ':' -> {
                if (!text.startsWith(":=", at)) {
                    throw new LexicalError(at, "expected :=");
                }
                take(Kind.DECLARE, at + 2);
            }
            default ->
                    throw new LexicalError(
                            at,
                            "unrecognized character in action: " + unicode(text.codePointAt(at)));
        }
    }

    private void quoted(char quote, Kind kind, String unterminated) throws LexicalError {
        int i = at + 1;
        while (i < text.length() && text.charAt(i) != quote && text.charAt(i) != '\n') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        if (i >= text.length() || text.charAt(i) == '\n') {
            throw new LexicalError(at, unterminated);
        }
        take(kind, i + 1);
    }

    private void number() throws LexicalError {
        int end = at + 1;
        while (end < text.length()
                && (isLetter(end)
                        || isDigit(end)
                        || text.charAt(end) == '.'
                        || isExponentSign(end))) {
            end++;
        }
        take(Kind.NUMBER, end);
    }

    private boolean isExponentSign(int i) {
        char c = text.charAt(i);
        char before = text.charAt(i - 1);
        boolean hex = text.startsWith("0x", at) || text.startsWith("0X", at);
        return (c == '+' || c == '-') && !hex && (before == 'e' || before == 'E');
    }

    /// Takes a word, which must be followed by something that cannot be part of one.
    private void takeWord(Kind kind, int end) throws LexicalError {
        if (end < text.length()
                && !isSpace(end)
                && ".,|:)(=".indexOf(text.charAt(end)) < 0
                && !text.startsWith(RIGHT, end)) {
            throw new LexicalError(end, "bad character " + unicode(text.codePointAt(end)));
        }
        take(kind, end);
    }

    private void take(Kind kind, int end) {
        add(kind, at, text.substring(at, end));
        at = end;
    }

    private void add(Kind kind, int start, String word) {
        tokens.add(new Token(kind, start, word));
    }

    private boolean isTrimMark(int i) {
        return i + 1 < text.length() && text.charAt(i) == '-' && isSpace(i + 1);
    }

    private boolean isTrimEnd(int i) {
        return i < text.length() && isSpace(i) && text.startsWith("-" + RIGHT, i + 1);
    }

    private int skipSpaces(int i) {
        int next = i;
        while (next < text.length() && isSpace(next)) {
            next++;
        }
        return next;
    }

    private boolean isSpace(int i) {
        return SPACES.indexOf(text.charAt(i)) >= 0;
    }

    private boolean isDigit(int i) {
        return i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }

    private boolean isNumberAfterSign() {
        return isDigit(at + 1) || (at + 1 < text.length() && text.charAt(at + 1) == '.');
    }

    private boolean isLetter(int i) {
        return text.charAt(i) == '_' || Character.isLetter(text.charAt(i));
    }

    private int wordEnd(int start) {
        int end = start;
        while (end < text.length() && (isLetter(end) || Character.isDigit(text.charAt(end)))) {
            end++;
        }
        return end;
    }

    private static boolean isKeyword(String word) {
        return switch (word) {
            case "if",
                    "else",
                    "end",
                    "range",
                    "with",
                    "break",
                    "continue",
                    "nil",
                    "define",
                    "template",
                    "block" ->
                    true;
            default -> false;
        };
    }

    private static String unicode(int c) {
        StringBuilder hex =
                new StringBuilder(Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT));
        while (hex.length() < 4) {
            hex.insert(0, '0');
        }
        return "U+" + hex + " '" + Character.toString(c) + "'";
    }

    /// Ends the reading; never seen outside this class.
    private static final class LexicalError extends Exception {
        private static final long serialVersionUID = 1;

        private final int at;

        LexicalError(int at, String message) {
            super(message, null, false, false);
            this.at = at;
        }
    }
}
