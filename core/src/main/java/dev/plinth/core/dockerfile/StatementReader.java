package dev.plinth.core.dockerfile;

import dev.plinth.core.dockerfile.words.JsonText;
import dev.plinth.core.dockerfile.words.Spaces;
import dev.plinth.core.dockerfile.words.Variables;
import dev.plinth.core.dockerfile.words.WordException;
import dev.plinth.core.dockerfile.words.Words;
import dev.plinth.core.error.Quoted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Joins the lines of a file to statements: comments and continuations are gone, heredocs are with
/// their statement.
final class StatementReader {
    /// More instructions than any image can have; each costs memory.
    static final int MOST = 65536;

    /// Of the comments above an instruction only the last ones are kept.
    static final int MOST_COMMENTS = 1000;

    private static final Words HEREDOC_LINE =
            Words.escapedBy('\\').keepingQuotes().keepingEscapes().keepingUnset();

    private final SourceText source;
    private final char escape;
    private final int directives;
    private final Lines lines;
    private final List<Statement> statements = new ArrayList<>();
    private final List<Place> emptyContinuations = new ArrayList<>();

    /// @param start where the text begins
    /// @param directives the last line that is a directive
    StatementReader(SourceText source, int start, char escape, int directives) {
        this.source = source;
        this.escape = escape;
        this.directives = directives;
        this.lines = new Lines(source, start);
    }

    /// The statements of the file.
    ///
    /// @throws DockerfileException when it has none
    List<Statement> read() {
        Deque<String> comments = new ArrayDeque<>();
        while (lines.next()) {
            String line = Spaces.trimLeft(lines.text());
            if (line.startsWith("#")) {
                String comment = Spaces.trim(line.substring(1));
                if (comment.isEmpty()) {
                    comments.clear();
                } else if (lines.number() > directives) {
                    comments.addLast(comment);
                    if (comments.size() > MOST_COMMENTS) {
                        comments.removeFirst();
                    }
                }
            } else if (!line.isEmpty()) {
                readStatement(line, List.copyOf(comments));
                comments.clear();
            }
        }
        if (statements.isEmpty()) {
            throw new DockerfileException("file with no instructions");
        }
        return statements;
    }

    /// The last lines of the statements that have a blank line within.
    List<Place> emptyContinuations() {
        return emptyContinuations;
    }

    private void readStatement(String first, List<String> comments) {
        int start = lines.number();
        boolean emptyLine = false;
        boolean goesOn = goesOn(first);
        StringBuilder joined = new StringBuilder();
        joined.append(first, 0, goesOn ? continuation(first) : first.length());
        while (goesOn && lines.next()) {
            String line = lines.text();
            String trimmed = Spaces.trimLeft(line);
            if (trimmed.startsWith("#")) {
                continue;
            }
            if (trimmed.isEmpty()) {
                emptyLine = true;
                continue;
            }
            goesOn = goesOn(line);
            joined.append(line, 0, goesOn ? continuation(line) : line.length());
        }
        String text = joined.toString();
        int end = lines.number();
        try {
            add(text, start, comments);
        } catch (WordException e) {
            throw new DockerfileException(source, source.place(start, end), e.getMessage());
        }
        if (emptyLine) {
            emptyContinuations.add(source.place(end, end));
        }
    }

    private void add(String text, int start, List<String> comments) {
        if (!ByteText.isUnicode(text)) {
            throw new WordException(
                    "dockerfile parse error on line " + start + ": the instruction is not UTF-8");
        }
        if (statements.size() == MOST) {
            throw new WordException("dockerfile has more than " + MOST + " instructions");
        }
        Parts parts = parts(text, true);
        List<Heredoc> heredocs = List.of();
        if (text.contains("<<") && parts.takesHeredocs) {
            heredocs = heredocs(text, start);
        }
        Origin origin =
                new Origin(
                        source.place(start, lines.number()),
                        parts.keyword,
                        Spaces.trim(text),
                        heredocs,
                        comments);
        statements.add(
                new Statement(origin, parts.flags, parts.arguments, parts.json, parts.legacy));
    }

    /// What a statement consists of, before its heredocs are known.
    private static final class Parts {
        String keyword = "";
        List<String> flags = List.of();
        List<String> arguments = List.of();
        boolean json;
        boolean legacy;
        boolean takesHeredocs;
    }

    private Parts parts(String text, boolean outermost) {
        Parts parts = new Parts();
        String[] split = LineWords.first(Spaces.trim(text));
        parts.keyword = split[0];
        LineWords.Flagged flagged = LineWords.takeFlags(split[1], escape);
        parts.flags = flagged.flags();
        String rest = flagged.rest();
        @Nullable Keyword keyword = Keyword.find(parts.keyword);
        if (keyword == null || rest.isEmpty()) {
            return parts;
        }
        switch (keyword) {
            case ADD, COPY, VOLUME -> {
                parts.arguments = jsonOr(parts, rest, LineWords.plain(rest));
                parts.takesHeredocs = keyword != Keyword.VOLUME && !parts.json;
            }
            case RUN -> {
                parts.arguments = jsonOr(parts, rest, List.of(rest));
                parts.takesHeredocs = !parts.json;
            }
            case CMD, ENTRYPOINT, SHELL -> parts.arguments = jsonOr(parts, rest, List.of(rest));
            case ARG -> parts.arguments = LineWords.quoted(rest, escape);
            case ENV, LABEL -> parts.arguments = pairs(parts, keyword, rest);
            case EXPOSE, FROM -> parts.arguments = LineWords.plain(rest);
            case HEALTHCHECK -> parts.arguments = healthcheck(parts, rest);
            case MAINTAINER, STOPSIGNAL, USER, WORKDIR -> parts.arguments = List.of(rest);
            case ONBUILD -> {
                // Only the instruction's name counts here, and whether it is well formed; an
                // ONBUILD
                // in an ONBUILD is refused later, so it is not looked into, however deep it goes.
                parts.arguments = List.of(LineWords.first(rest)[0]);
                if (outermost) {
                    parts.takesHeredocs = parts(rest, false).takesHeredocs;
                }
            }
        }
        return parts;
    }

    private static List<String> jsonOr(Parts parts, String rest, List<String> otherwise) {
        Optional<List<String>> strings = JsonText.strings(rest);
        parts.json = strings.isPresent();
        return strings.orElse(otherwise);
    }

    private static List<String> healthcheck(Parts parts, String rest) {
        int end = 0;
        while (end < rest.length() && !Spaces.isSpace(rest.charAt(end))) {
            end++;
        }
        String command = Spaces.trimLeft(rest.substring(end));
        List<String> arguments = new ArrayList<>();
        arguments.add(rest.substring(0, end));
        if (!command.isEmpty()) {
            arguments.addAll(jsonOr(parts, command, List.of(command)));
        }
        return arguments;
    }

    /// Names and values, alternating.
    private List<String> pairs(Parts parts, Keyword keyword, String rest) {
        List<String> words = LineWords.quoted(rest, escape);
        List<String> pairs = new ArrayList<>();
        if (words.isEmpty()) {
            return pairs;
        }
        if (words.getFirst().indexOf('=') < 0) {
            String[] split = LineWords.first(rest);
            if (split[1].isEmpty()) {
                throw new WordException(keyword + " must have two arguments");
            }
            parts.legacy = true;
            pairs.add(split[0]);
            pairs.add(split[1]);
            return pairs;
        }
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw new WordException(
                        "Syntax error - can't find = in "
                                + Quoted.of(word)
                                + ". Must be of the form: name=value");
            }
            pairs.add(word.substring(0, equals));
            pairs.add(word.substring(equals + 1));
        }
        return pairs;
    }

    private List<Heredoc> heredocs(String text, int start) {
        List<String> words;
        try {
            words = HEREDOC_LINE.expand(text, Variables.NONE).words();
        } catch (WordException e) {
            // Quotes that do not pair are the shell's business; but then no heredoc can be found.
            return List.of();
        }
        List<Heredoc> heredocs = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (HeredocName.isBareSign(word) && i + 1 < words.size()) {
                i++;
                word += words.get(i);
            }
            Heredoc named = HeredocName.parse(word);
            if (named == null) {
                continue;
            }
            StringBuilder content = new StringBuilder();
            boolean ended = false;
            while (!ended && lines.next()) {
                String line = lines.text();
                ended = (named.chomp() ? withoutTabs(line) : line).equals(named.name());
                if (!ended) {
                    content.append(lines.whole());
                }
            }
            if (!ended) {
                throw new DockerfileException(
                        source, source.place(start, lines.number()), "unterminated heredoc");
            }
            heredocs.add(
                    new Heredoc(
                            named.name(),
                            named.expand(),
                            named.chomp(),
                            named.descriptor(),
                            content.toString()));
        }
        return heredocs;
    }

    private static String withoutTabs(String line) {
        int from = 0;
        while (from < line.length() && line.charAt(from) == '\t') {
            from++;
        }
        return line.substring(from);
    }

    /// Whether a line ends with one escape character, perhaps with blanks behind it.
    private boolean goesOn(String line) {
        int at = continuation(line);
        return at >= 0 && (at == 0 || line.charAt(at - 1) != escape);
    }

    /// Where the escape character at the end of a line stands, or -1.
    private int continuation(String line) {
        int at = line.length() - 1;
        while (at >= 0 && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at--;
        }
        return at >= 0 && line.charAt(at) == escape ? at : -1;
    }
}
