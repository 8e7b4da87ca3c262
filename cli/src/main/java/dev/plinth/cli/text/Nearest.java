package dev.plinth.cli.text;

import org.jspecify.annotations.Nullable;

/// The known word that somebody who made a slip of the fingers most likely meant.
public final class Nearest {
    private Nearest() {}

    /// ` (did you mean IT?)` for the nearest of `words`, or nothing when none is near.
    public static String hint(String found, Iterable<String> words, String prefix) {
        String nearest = among(found, words);
        return nearest == null ? "" : " (did you mean " + prefix + nearest + "?)";
    }

    /// The word fewest edits away, the first of several: one edit, or two in words of six letters.
    public static @Nullable String among(String found, Iterable<String> words) {
        String nearest = null;
        int least = found.length() < 2 ? 0 : found.length() < 6 ? 2 : 3;
        for (String word : words) {
            if (Math.abs(word.length() - found.length()) < least) {
                int distance = distance(found, word);
                if (distance < least) {
                    least = distance;
                    nearest = word;
                }
            }
        }
        return nearest;
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
