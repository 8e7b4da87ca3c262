package dev.plinth.core.dockerfile;

import dev.plinth.core.dockerfile.Directives.Directive;
import dev.plinth.core.dockerfile.words.JsonText;
import dev.plinth.core.dockerfile.words.Spaces;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the comments `# name=value` at the top of a file. The first line that is no such comment,
/// or has a name that is not known, ends them.
final class DirectiveReader {
    private static final String SYNTAX = "syntax";
    private static final String ESCAPE = "escape";
    private static final String CHECK = "check";

    private final SourceText source;
    private final int start;
    private int lastLine;

    DirectiveReader(SourceText source, int start) {
        this.source = source;
        this.start = start;
    }

    Directives read() {
        Map<String, Directive> found = new HashMap<>();
        readInto(found, "#", false);
        char escape = '\\';
        Directive escapeDirective = found.get(ESCAPE);
        if (escapeDirective != null) {
            String value = escapeDirective.value();
            if (!value.equals("\\") && !value.equals("`")) {
                throw new DockerfileException(
                        source,
                        escapeDirective.place(),
                        "invalid escape token '" + value + "' does not match ` or \\");
            }
            escape = value.charAt(0);
        }
        // Below a line for the kernel the escape character can no longer be changed, but these can.
        readInto(found, "#", true);
        return new Directives(
                Optional.ofNullable(found.get(SYNTAX)),
                escape,
                Optional.ofNullable(found.get(CHECK)));
    }

    /// The last line that is a directive, 0 when none is. The lines up to it are no comments about
    /// what follows.
    int lastLine() {
        return lastLine;
    }

    /// The frontend that the file asks for in any of the ways there are: a comment with `#` or
    /// `//`, or a file that is a JSON object with the member `syntax`.
    Optional<Directive> syntax() {
        Map<String, Directive> found = new HashMap<>();
        readInto(found, "#", true);
        if (!found.containsKey(SYNTAX)) {
            readInto(found, "//", true);
        }
        Directive directive = found.get(SYNTAX);
        if (directive != null) {
            return Optional.of(directive);
        }
        byte[] bytes = source.bytes();
        if (start < bytes.length && isJsonStart(bytes[start])) {
            String all = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
            return JsonText.member(all, SYNTAX)
                    .map(value -> new Directive(value, source.place(1, 1)));
        }
        return Optional.empty();
    }

    private static boolean isJsonStart(byte b) {
        return b == '{' || b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    private void readInto(Map<String, Directive> found, String comment, boolean afterShebang) {
        Map<String, Directive> seen = new HashMap<>();
        Lines lines = new Lines(source, start);
        while (lines.next()) {
            String line = Spaces.trimLeft(lines.text());
            if (afterShebang && lines.number() == 1 && line.startsWith("#!")) {
                continue;
            }
            String[] pair = split(line, comment);
            if (pair == null) {
                break;
            }
            String name = pair[0].toLowerCase(Locale.ROOT);
            if (!name.equals(SYNTAX) && !name.equals(ESCAPE) && !name.equals(CHECK)) {
                break;
            }
            Place place = source.place(lines.number(), lines.number());
            lastLine = Math.max(lastLine, lines.number());
            if (seen.put(name, new Directive(pair[1], place)) != null) {
                throw new DockerfileException(
                        source, place, "only one " + name + " parser directive can be used");
            }
        }
        found.putAll(seen);
    }

    /// Name and value of `# name = value`; null when the line is something else.
    private static String @Nullable [] split(String line, String comment) {
        if (!line.startsWith(comment)) {
            return null;
        }
        int equals = line.indexOf('=');
        if (equals < 0) {
            return null;
        }
        String name = Spaces.trim(line.substring(comment.length(), equals));
        String value = Spaces.trim(line.substring(equals + 1));
        if (value.isEmpty() || !isName(name)) {
            return null;
        }
        return new String[] {name, value};
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = c >= '0' && c <= '9';
            if (!letter && !(digit && i > 0)) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
