package dev.plinth.core.dockerfile;

/// A text that follows an instruction, up to a line that is its name alone.
///
/// @param name the word after `<<`, without quotes
/// @param expand whether variables in it are replaced; false when any part of the name was quoted
/// @param chomp whether it was `<<-`, which takes the tabs at the beginning of every line away
/// @param descriptor the number before `<<`, 0 when there was none
/// @param content its lines as they stand in the file
public record Heredoc(String name, boolean expand, boolean chomp, int descriptor, String content) {
    /// The text that is meant: the content, without leading tabs where those do not count.
    public String text() {
        if (!chomp) {
            return content;
        }
        StringBuilder out = new StringBuilder(content.length());
        boolean lineStart = true;
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (lineStart && c == '\t') {
                continue;
            }
            lineStart = c == '\n';
            out.append(c);
        }
        return out.toString();
    }
}
