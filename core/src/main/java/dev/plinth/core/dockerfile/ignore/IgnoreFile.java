package dev.plinth.core.dockerfile.ignore;

import dev.plinth.core.dockerfile.words.SlashPath;
import dev.plinth.core.dockerfile.words.Spaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rules of an ignore file: which paths of a build context are left out. The last line that
/// matches a path, or a folder it is in, decides; a line that begins with `!` takes the path in
/// again.
///
/// Paths are relative to the context, with slashes and without `.` or `..`. An instance never
/// changes and may be used by several threads.
///
/// @see <a href="https://docs.docker.com/build/concepts/context/#dockerignore-files">.dockerignore
///   files</a>
public final class IgnoreFile {
    /// A file of more characters is refused.
    public static final int LARGEST = 4 << 20;

    private static final IgnoreFile NONE = new IgnoreFile(List.of());

    private final List<Rule> rules;

    private IgnoreFile(List<Rule> rules) {
        this.rules = rules;
    }

    /// A line that says something about paths.
    ///
    /// @param file the name of the file
    /// @param number counted from 1
    /// @param text the line without white space at its ends
    /// @param negated whether it takes paths in again
    public record Line(String file, int number, String text, boolean negated) {
        /// `.dockerignore:3`.
        @Override
        public String toString() {
            return file + ":" + number;
        }
    }

    private record Rule(Line line, PathGlob glob) {}

    /// Rules that leave nothing out.
    public static IgnoreFile none() {
        return NONE;
    }

    /// The rules that a file holds.
    ///
    /// @param text the file's text, with or without a byte order mark
    /// @param name what messages call the file
    /// @throws IgnoreFileException when a line is no pattern
    public static IgnoreFile parse(String text, String name) {
        if (text.length() > LARGEST) {
            throw new IgnoreFileException(
                    name, 1, name + " is larger than " + (LARGEST >> 20) + " MiB");
        }
        List<Rule> rules = new ArrayList<>();
        int number = 0;
        int from = text.startsWith("\ufeff") ? 1 : 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            number++;
            if (text.charAt(from) != '#') {
                add(rules, name, number, Spaces.trim(text.substring(from, to)), true);
            }
            from = to + 1;
        }
        return new IgnoreFile(rules);
    }

    /// The rules that `--exclude` flags are.
    ///
    /// @throws IgnoreFileException when one is no pattern
    public static IgnoreFile ofExcludes(List<String> patterns) {
        List<Rule> rules = new ArrayList<>();
        for (String pattern : patterns) {
            add(rules, "--exclude", 1, Spaces.trim(pattern), false);
        }
        return new IgnoreFile(rules);
    }

    private static void add(
            List<Rule> rules, String file, int number, String text, boolean fromRoot) {
        if (text.isEmpty()) {
            return;
        }
        boolean negated = text.startsWith("!");
        String pattern = negated ? Spaces.trim(text.substring(1)) : text;
        if (pattern.isEmpty()) {
            throw new IgnoreFileException(file, number, "illegal exclusion pattern: \"!\"");
        }
        pattern = SlashPath.clean(pattern);
        if (fromRoot && pattern.length() > 1 && pattern.startsWith("/")) {
            pattern = pattern.substring(1);
        }
        try {
            rules.add(new Rule(new Line(file, number, text, negated), new PathGlob(pattern, true)));
        } catch (PatternSyntax e) {
            throw new IgnoreFileException(file, number, PatternSyntax.MESSAGE);
        }
    }

    /// Whether there are no rules.
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /// Whether any line takes paths in again.
    public boolean hasNegations() {
        for (Rule rule : rules) {
            if (rule.line.negated) {
                return true;
            }
        }
        return false;
    }

    /// Whether a path is left out.
    public boolean ignores(String path) {
        return judge(path).ignored();
    }

    /// The line that decides about a path; empty when none speaks of it, so that it is in.
    public Optional<Line> decidedBy(String path) {
        return judge(path).decidedBy();
    }

    /// What the rules say about a path. Who walks a folder asks [#judge(Verdict, String)] instead,
    /// so that nothing is worked out twice.
    public Verdict judge(String path) {
        if (rules.isEmpty()) {
            return new Verdict(this, path, new boolean[0], -1);
        }
        Verdict verdict = null;
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            verdict = judge(verdict, path.substring(0, slash));
        }
        return judge(verdict, path);
    }

    /// What the rules say about a path, known what they say about the folder it is in.
    ///
    /// @param folder null for what lies directly in the context
    public Verdict judge(@Nullable Verdict folder, String path) {
        boolean[] matched = new boolean[rules.size()];
        int decisive = -1;
        boolean ignored = false;
        for (int i = 0; i < matched.length; i++) {
            Rule rule = rules.get(i);
            // A line that could not change anything is not tried, and then is not known to match
            // what
            // is further inside either. Docker does it so, and later lines can make it visible.
            matched[i] =
                    (folder != null && folder.matched[i])
                            || (rule.line.negated == ignored && rule.glob.matches(path));
            if (matched[i]) {
                decisive = i;
                ignored = !rule.line.negated;
            }
        }
        return new Verdict(this, path, matched, decisive);
    }

    /// What the rules of an ignore file say about one path.
    public static final class Verdict {
        private final IgnoreFile file;
        private final String path;
        private final boolean[] matched;
        private final int decisive;

        private Verdict(IgnoreFile file, String path, boolean[] matched, int decisive) {
            this.file = file;
            this.path = path;
            this.matched = matched;
            this.decisive = decisive;
        }

        /// Whether the path is left out.
        public boolean ignored() {
            return decisive >= 0 && !file.rules.get(decisive).line.negated;
        }

        /// The line that decides; empty when none speaks of the path, so that it is in.
        public Optional<Line> decidedBy() {
            return decisive < 0 ? Optional.empty() : Optional.of(file.rules.get(decisive).line);
        }

        /// Whether something inside of the path, if it is a folder, may be in. If not, nothing in
        /// it needs to be looked at.
        public boolean mayHoldMore() {
            if (!ignored()) {
                return true;
            }
            // What decides about the folder also speaks of all that is in it; only a later line can
            // take some of that in.
            for (int i = decisive + 1; i < matched.length; i++) {
                Rule rule = file.rules.get(i);
                if (rule.line.negated && rule.glob.mayMatchBelow(path)) {
                    return true;
                }
            }
            return false;
        }
    }
}
