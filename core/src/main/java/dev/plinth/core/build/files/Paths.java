package dev.plinth.core.build.files;

import dev.plinth.core.dockerfile.ByteText;
import dev.plinth.core.layer.TreePath;
import dev.plinth.linux.RawNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Finds files by paths, symbolic links followed as a process does whose root the tree is: nothing
/// leads out of it.
final class Paths {
    /// As many links as this in one path are a loop, or as good as one.
    static final int MOST_LINKS = 255;

    private Paths() {}

    /// The bytes of a text, one character each.
    static String raw(String text) {
        return new String(ByteText.encode(text), StandardCharsets.ISO_8859_1);
    }

    /// The text of some bytes, from which [#raw] has them again.
    static String text(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) >= 0x80) {
                byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
                return ByteText.decode(bytes, 0, bytes.length);
            }
        }
        return raw;
    }

    /// A path for messages: absolute, on one line, with nothing that could command a terminal.
    static String shown(TreePath path) {
        return "/" + RawNames.shown(path.raw());
    }

    /// Says what is under a name in a folder.
    @FunctionalInterface
    interface Lookup {
        /// Where the link points that is there, or nothing for anything else, or for nothing.
        Optional<String> link(TreePath path) throws IOException;
    }

    /// The path without symbolic links that `path` leads to, whether or not something is there.
    /// What is missing counts as a folder.
    static TreePath follow(TreePath path, Lookup lookup) throws IOException {
        Deque<String> rest = new ArrayDeque<>();
        push(rest, path.raw());
        TreePath at = TreePath.ROOT;
        int links = 0;
        while (!rest.isEmpty()) {
            String name = rest.pop();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                at = at.parent();
                continue;
            }
            TreePath next = at.child(name);
            Optional<String> link = lookup.link(next);
            if (link.isEmpty()) {
                at = next;
                continue;
            }
            if (++links > MOST_LINKS) {
                throw new CannotCopy(shown(path) + ": too many links");
            }
            if (link.get().startsWith("/")) {
                at = TreePath.ROOT;
            }
            push(rest, link.get());
        }
        return at;
    }

    private static void push(Deque<String> rest, String path) {
        String[] names = path.split("/", -1);
        for (int i = names.length - 1; i >= 0; i--) {
            rest.push(names[i]);
        }
    }

    /// What is at `path` in a tree; symbolic links are followed, the last one too.
    static Optional<SourceFile> find(SourceTree tree, TreePath path) throws IOException {
        TreePath plain = follow(path, at -> findPlain(tree, at).flatMap(SourceFile::target));
        return findPlain(tree, plain);
    }

    /// What is at `path` in a tree, without following any symbolic link.
    static Optional<SourceFile> findPlain(SourceTree tree, TreePath path) throws IOException {
        Optional<SourceFile> file = Optional.of(tree.root());
        String raw = path.raw();
        int start = 0;
        while (start < raw.length() && file.isPresent()) {
            int end = raw.indexOf('/', start);
            if (end < 0) {
                end = raw.length();
            }
            SourceFile folder = file.get();
            file =
                    folder.isFolder()
                            ? tree.child(folder, raw.substring(start, end))
                            : Optional.empty();
            start = end + 1;
        }
        return file;
    }
}
