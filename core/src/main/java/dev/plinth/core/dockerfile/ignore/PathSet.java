package dev.plinth.core.dockerfile.ignore;

import java.util.Arrays;

/// The characters between brackets: `a-z`, or with `^` before them all others.
final class PathSet {
    private final boolean inverted;
    private final int end;

    /// Pairs of a first and a last character.
    private int[] ranges = {};

    /// Reads a set.
    ///
    /// @param i behind the opening bracket
    PathSet(String pattern, int i) {
        inverted = pattern.startsWith("^", i);
        int at = inverted ? i + 1 : i;
        while (ranges.length == 0 || !pattern.startsWith("]", at)) {
            at = character(pattern, at);
            int low = pattern.codePointBefore(at);
            int high = low;
            if (pattern.startsWith("-", at)) {
                at = character(pattern, at + 1);
                high = pattern.codePointBefore(at);
            }
            ranges = Arrays.copyOf(ranges, ranges.length + 2);
            ranges[ranges.length - 2] = low;
            ranges[ranges.length - 1] = high;
        }
        end = at + 1;
    }

    /// Behind the closing bracket.
    int end() {
        return end;
    }

    boolean contains(int c) {
        for (int i = 0; i < ranges.length; i += 2) {
            if (c >= ranges[i] && c <= ranges[i + 1]) {
                return !inverted;
            }
        }
        return inverted;
    }

    /// Reads over one character, which may be escaped; there must be something behind it.
    private static int character(String pattern, int from) {
        int at = from;
        if (at >= pattern.length() || pattern.charAt(at) == '-' || pattern.charAt(at) == ']') {
            throw new PatternSyntax();
        }
        if (pattern.charAt(at) == '\\') {
            at++;
        }
        if (at >= pattern.length()) {
            throw new PatternSyntax();
        }
        at += Character.charCount(pattern.codePointAt(at));
        if (at >= pattern.length()) {
            throw new PatternSyntax();
        }
        return at;
    }
}
