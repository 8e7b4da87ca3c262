package dev.plinth.core.dockerfile.words;

/// Replaces the variables in words and takes their quotes and escapes away, by the rules of the
/// Dockerfile language: `$name`, `${name}` and the modifiers `:-` `-` `:+` `+` `:?` `?` `#` `##`
/// `%` `%%` `/` `//`; single quotes keep everything, double quotes keep all but variables and what
/// is escaped.
///
/// A `Words` has no state: it may be used again and by several threads.
///
/// @see <a href="https://docs.docker.com/reference/dockerfile/#environment-replacement">Environment
///   replacement</a>
public final class Words {
    /// How deep `${a:-${b:-…}}` may go. Nobody writes this much; a file that does would otherwise
    /// use up the stack.
    static final int DEEPEST = 200;

    /// How much longer a word may become, and how much a heredoc. Variables that hold one another's
    /// values twice over would otherwise grow without end.
    static final int LONGEST_WORD = 1 << 20;

    static final int LONGEST_TEXT = 1 << 25;

    private final char escape;
    private final boolean keepQuotes;
    private final boolean keepEscapes;
    private final boolean quotesAreText;
    private final boolean keepUnset;

    private Words(
            char escape,
            boolean keepQuotes,
            boolean keepEscapes,
            boolean quotesAreText,
            boolean keepUnset) {
        this.escape = escape;
        this.keepQuotes = keepQuotes;
        this.keepEscapes = keepEscapes;
        this.quotesAreText = quotesAreText;
        this.keepUnset = keepUnset;
    }

    /// The rules for the words of instructions.
    ///
    /// @param escape the file's escape character, a backslash or a backtick
    public static Words escapedBy(char escape) {
        return new Words(escape, false, false, false, false);
    }

    /// The same rules, but quotes are ordinary characters, inside of which variables are replaced:
    /// for the text of heredocs.
    public Words withQuotesAsText() {
        return new Words(escape, keepQuotes, keepEscapes, true, keepUnset);
    }

    /// The same rules, but a use of a variable that is not set stays as it was written.
    public Words keepingUnset() {
        return new Words(escape, keepQuotes, keepEscapes, quotesAreText, true);
    }

    /// The same rules, but quotes and escapes still have their effect and yet stay in the result.
    public Words keepingQuotes() {
        return new Words(escape, true, true, quotesAreText, keepUnset);
    }

    /// `word` with its variables replaced.
    ///
    /// @throws WordException when the word ends inside quotes or braces, has a modifier there is
    ///   not, or asks with `:?` for a variable that is not set
    public Expansion expand(String word, Variables variables) {
        return new WordReader(this, word, variables).read();
    }

    int longest() {
        return quotesAreText ? LONGEST_TEXT : LONGEST_WORD;
    }

    char escape() {
        return escape;
    }

    boolean keepsQuotes() {
        return keepQuotes;
    }

    boolean keepsEscapes() {
        return keepEscapes;
    }

    boolean takesQuotesAsText() {
        return quotesAreText;
    }

    boolean keepsUnset() {
        return keepUnset;
    }
}
