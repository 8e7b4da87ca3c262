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

    /// How many letters were added, left out, changed or swapped with their neighbour.
    private static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            edits[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            edits[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int least = Math.min(edits[i - 1][j], edits[i][j - 1]) + 1;
                least = Math.min(least, edits[i - 1][j - 1] + (same ? 0 : 1));
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, edits[i - 2][j - 2] + 1);
                }
                edits[i][j] = least;
            }
        }
        return edits[a.length()][b.length()];
    }
}
