package dev.plinth.cli.template;

/// A piece of a template's text.
///
/// @param text as it was written; for [Kind#TEXT] after trimming, for [Kind#ERROR] what is wrong
record Token(Kind kind, int at, String text) {
    enum Kind {
        TEXT,
        LEFT,
        RIGHT,
        SPACE,
        IDENTIFIER,
        KEYWORD,
        FIELD,
        DOT,
        VARIABLE,
        STRING,
        CHARACTER,
        NUMBER,
        PIPE,
        COMMA,
        DECLARE,
        ASSIGN,
        OPEN,
        CLOSE,
        ERROR,
        END
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean isKeyword(String word) {
        return kind == Kind.KEYWORD && text.equals(word);
    }
}
