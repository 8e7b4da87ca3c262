package dev.plinth.core.dockerfile.ignore;

import dev.plinth.core.dockerfile.words.WordException;
import dev.plinth.core.error.Quoted;

/// A source of COPY or ADD that has wildcards. Paths are relative, with slashes.
public final class PathPattern {
    private final PathGlob glob;

    private PathPattern(PathGlob glob) {
        this.glob = glob;
    }

    /// Whether a source has wildcards at all; one that has none is a path, backslashes included.
    public static boolean hasWildcards(String source) {
        for (int i = 0; i < source.length(); i++) {
            switch (source.charAt(i)) {
                case '*', '?', '[' -> {
                    return true;
                }
                case '\\' -> i++;
                default -> {}
            }
        }
        return false;
    }

    /// A pattern in which every star stays within one name.
    ///
    /// @throws WordException when it is not well formed
    public static PathPattern of(String pattern) {
        return compile(pattern, false);
    }

    /// A pattern in which two stars go through any folders, as `--parents` has it.
    ///
    /// @throws WordException when it is not well formed
    public static PathPattern ofDeep(String pattern) {
        return compile(pattern, true);
    }

    private static PathPattern compile(String pattern, boolean deep) {
        try {
            return new PathPattern(new PathGlob(pattern, deep));
        } catch (PatternSyntax e) {
            throw new WordException("syntax error in pattern " + Quoted.of(pattern));
        }
    }

    /// Whether a path is as the pattern says.
    public boolean matches(String path) {
        return glob.matches(path);
    }

    /// Whether something inside of a folder could be as the pattern says; if not, the folder need
    /// not be walked.
    public boolean mayMatchBelow(String directory) {
        return glob.mayMatchBelow(directory);
    }
}
