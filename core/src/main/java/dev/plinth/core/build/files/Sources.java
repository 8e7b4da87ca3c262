package dev.plinth.core.build.files;

import dev.plinth.core.dockerfile.ignore.IgnoreFile;
import dev.plinth.core.dockerfile.ignore.PathPattern;
import dev.plinth.core.dockerfile.words.WordException;
import dev.plinth.core.error.Kind;
import dev.plinth.core.error.NearestWord;
import dev.plinth.core.layer.TreePath;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Finds the files that a source of ADD or COPY names.
final class Sources {
    private final SourceTree tree;

    Sources(SourceTree tree) {
        this.tree = tree;
    }

    /// A file that is copied.
    ///
    /// @param name its last name before symbolic links were followed, which its copy gets
    record Match(SourceFile file, String name) {}

    /// The files that `source` names: an absolute, clean path in which each name may have
    /// wildcards. Symbolic links are followed, but for folders that a wildcard is to find.
    ///
    /// @throws CannotCopy if it has no wildcards and there is no such file
    List<Match> find(String source) throws IOException {
        String[] names = source.substring(1).split("/", -1);
        int plain = 0;
        while (plain < names.length && !PathPattern.hasWildcards(names[plain])) {
            plain++;
        }
        TreePath start =
                TreePath.clean(Paths.raw(String.join("/", List.of(names).subList(0, plain))));
        if (plain == names.length) {
            return List.of(new Match(require(start), start.name()));
        }
        Optional<SourceFile> folder = Paths.find(tree, start);
        List<SourceFile> found = new ArrayList<>();
        if (folder.isPresent() && folder.get().isFolder()) {
            List<PathPattern> patterns = new ArrayList<>();
            for (int i = plain; i < names.length; i++) {
                patterns.add(pattern(names[i]));
            }
            collect(folder.get(), patterns, found);
        }
        List<Match> matches = new ArrayList<>();
        for (SourceFile file : found) {
            matches.add(new Match(require(file.path()), file.path().name()));
        }
        return matches;
    }

    private static PathPattern pattern(String name) {
        try {
            return PathPattern.of(name);
        } catch (WordException e) {
            throw new CannotCopy(Kind.INVALID, e.getMessage(), e);
        }
    }

    private void collect(SourceFile folder, List<PathPattern> patterns, List<SourceFile> found)
            throws IOException {
        for (String name : tree.names(folder)) {
            if (!patterns.getFirst().matches(Paths.text(name))) {
                continue;
            }
            Optional<SourceFile> child = tree.child(folder, name);
            if (child.isEmpty()) {
                continue;
            }
            if (patterns.size() == 1) {
                if (isThere(child.get())) {
                    found.add(child.get());
                }
            } else if (child.get().isFolder()) {
                collect(child.get(), patterns.subList(1, patterns.size()), found);
            }
        }
    }

    /// The file at a path.
    ///
    /// @throws CannotCopy if there is none
    SourceFile require(TreePath path) throws IOException {
        Optional<SourceFile> found = Paths.find(tree, path);
        if (found.isPresent() && isThere(found.get())) {
            return found.get();
        }
        throw new CannotCopy(
                Kind.NOT_FOUND,
                "failed to compute cache key: \""
                        + Paths.shown(path)
                        + "\": not found"
                        + reason(path));
    }

    /// Whether a folder that is there for the sake of what is in it has anything in it.
    private boolean isThere(SourceFile file) throws IOException {
        Deque<SourceFile> open = new ArrayDeque<>();
        open.push(file);
        while (!open.isEmpty()) {
            SourceFile next = open.pop();
            if (next.kind() != SourceFile.Kind.IMPLIED) {
                return true;
            }
            for (String name : tree.names(next)) {
                tree.child(next, name).ifPresent(open::push);
            }
        }
        return false;
    }

    /// Why there is nothing, and what may have been meant.
    private String reason(TreePath path) throws IOException {
        if (!(tree instanceof BuildContext context)) {
            return "";
        }
        Optional<IgnoreFile.Line> line = context.leftOutBy(path);
        if (line.isPresent()) {
            return ": it is in "
                    + context.shownAs()
                    + ", but "
                    + line.get()
                    + " leaves it out: "
                    + line.get().text();
        }
        return ": there is no such file in "
                + context.shownAs()
                + NearestWord.hint(NearestWord.of(Paths.shown(path), context.beside(path)));
    }
}
