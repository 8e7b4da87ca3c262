package dev.plinth.core.error;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Finds what somebody probably meant: the known word that is at most two edits (insert, delete or
/// replace one character) away from what was written.
public final class NearestWord {
    /// A word that is further away than this is no typing mistake.
    private static final int FARTHEST = 2;

    /// A word longer than this is not compared: nothing known is that long, and the work would grow
    /// with its square.
    private static final int LONGEST = 256;

    private NearestWord() {}

    /// The known word nearest to `written`, whatever the case of its letters; the first of several
    /// equally near ones. Empty when none is near, or when one is the same apart from its case:
    /// then the trouble was not in the spelling.
    public static Optional<String> ignoringCase(String written, Collection<String> known) {
        return nearest(written, known, true);
    }

    /// The known word nearest to `written`, for words in which case matters.
    public static Optional<String> of(String written, Collection<String> known) {
        return nearest(written, known, false);
    }

    /// ` (did you mean x?)`, or nothing: to be put behind a message.
    public static String hint(Optional<String> nearest) {
        return nearest.map(word -> " (did you mean " + word + "?)").orElse("");
    }

    private static Optional<String> nearest(
            String written, Collection<String> known, boolean ignoreCase) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        String wanted = ignoreCase ? written.toLowerCase(Locale.ROOT) : written;
        String best = null;
        int bestDistance = FARTHEST + 1;
        for (String word : known) {
            String candidate = ignoreCase ? word.toLowerCase(Locale.ROOT) : word;
            if (candidate.equals(wanted)) {
                return Optional.empty();
            }
            if (Math.abs(candidate.length() - wanted.length()) >= bestDistance) {
                continue;
            }
            int distance = distance(wanted, candidate);
            if (distance < bestDistance) {
                best = word;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /// The Levenshtein distance of two words.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int replaced = a.charAt(i - 1) == b.charAt(j - 1) ? diagonal : diagonal + 1;
                row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
