package dev.plinth.core.dockerfile;

import dev.plinth.core.dockerfile.words.Spaces;
import dev.plinth.core.dockerfile.words.Variables;
import dev.plinth.core.dockerfile.words.WordException;
import dev.plinth.core.dockerfile.words.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the word that announces a heredoc: `<<EOF`, `<<-"EOF"`, `3<< EOF`.
final class HeredocName {
    private static final Words PLAIN = Words.escapedBy('\\').keepingUnset();
    private static final Words QUOTED = PLAIN.keepingQuotes();

    private HeredocName() {}

    /// Whether a word is only the sign, so that the name is in the next one.
    static boolean isBareSign(String word) {
        return word.endsWith("<<") && digits(word) == word.length() - 2;
    }

    /// What the word announces, without content; null when it is some other word.
    static @Nullable Heredoc parse(String word) {
        int at = digits(word);
        if (!word.startsWith("<<", at)) {
            return null;
        }
        int descriptor = descriptor(word.substring(0, at));
        at += 2;
        boolean chomp = word.startsWith("-", at);
        String rest = Spaces.trimLeft(word.substring(chomp ? at + 1 : at));
        if (rest.isEmpty() || rest.indexOf('<') >= 0) {
            return null;
        }
        List<String> names;
        List<String> written;
        try {
            names = PLAIN.expand(rest, Variables.NONE).words();
            written = QUOTED.expand(rest, Variables.NONE).words();
        } catch (WordException _) {
            return null;
        }
        if (names.size() != 1 || written.size() != 1) {
            return null;
        }
        String name = names.getFirst();
        return new Heredoc(name, name.equals(written.getFirst()), chomp, descriptor, "");
    }

    private static int digits(String word) {
        int at = 0;
        while (at < word.length() && word.charAt(at) >= '0' && word.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static int descriptor(String digits) {
        return digits.isEmpty() || digits.length() > 9 ? 0 : Integer.parseInt(digits);
    }
}
