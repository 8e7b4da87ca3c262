package dev.plinth.core.build.files;

import dev.plinth.core.dockerfile.ignore.IgnoreFile;
import dev.plinth.core.dockerfile.ignore.IgnoreFile.Verdict;
import dev.plinth.core.dockerfile.ignore.PathPattern;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which files below a folder are copied: all, less what `--exclude` says, and with `--parents` no
/// others than those that a pattern names.
final class Selection {
    private final @Nullable PathPattern within;
    private final IgnoreFile excludes;

    /// @param within which files, relative to the folder; all if empty
    Selection(Optional<String> within, List<String> excludes) {
        this.within =
                within.filter(pattern -> !pattern.isEmpty()).map(PathPattern::ofDeep).orElse(null);
        this.excludes = IgnoreFile.ofExcludes(excludes);
    }

    /// What is decided about one file.
    ///
    /// @param path relative to the folder that is copied, as text
    /// @param implied whether it is a folder that is copied only for the sake of what is in it
    /// @param keepsExisting whether a folder that is at its place already stays as it is
    record State(
            String path,
            boolean included,
            @Nullable Verdict verdict,
            boolean implied,
            boolean keepsExisting) {}

    /// The state of the folder itself.
    State root() {
        return new State("", within == null, null, false, true);
    }

    /// The state of what is in a folder under a name; empty if it is not copied.
    Optional<State> child(State folder, String name, boolean isFolder) {
        String text = Paths.text(name);
        String path = folder.path().isEmpty() ? text : folder.path() + "/" + text;
        Verdict verdict = excludes.isEmpty() ? null : excludes.judge(folder.verdict(), path);
        boolean excluded = verdict != null && verdict.ignored();
        boolean mayHoldMore = verdict != null && verdict.mayHoldMore();
        if (excluded && !(isFolder && mayHoldMore)) {
            return Optional.empty();
        }
        boolean included = folder.included() || within == null || within.matches(path);
        if (!included && !(isFolder && within != null && within.mayMatchBelow(path))) {
            return Optional.empty();
        }
        return Optional.of(
                new State(path, included, verdict, excluded || !included, within != null));
    }
}
