package dev.plinth.core.snapshot;

import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.TreePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The folders that a layer has without describing them: it only has something in them. Their
/// attributes are those of the layers below. Kept beside the layer, so that mounting it again needs
/// no look at its entries.
///
/// The file `implied-1`: `root N` or `N` on the first line, the number of paths, preceded by `root`
/// if the root itself is only implied; then the paths, each ended by NUL.
///
/// @param root whether the root is one of them
/// @param paths the others, each after the one it is in
record ImpliedFolders(boolean root, List<TreePath> paths) {
    private static final String FILE = "implied-1";
    private static final String ROOT = "root ";

    ImpliedFolders {
        paths = List.copyOf(paths);
    }

    /// Those of `layer`, read or found out and written down.
    static ImpliedFolders of(MountableLayer layer, KnownTree tree, NamedLocks locks)
            throws IOException {
        Path file = layer.folder().resolve(FILE);
        Optional<ImpliedFolders> known = read(file);
        if (known.isPresent()) {
            return known.get();
        }
        ImpliedFolders found = in(tree.tree());
        try (var _ = locks.exclusive("implied-" + layer.diffId().hex())) {
            DerivedFile.write(
                    file,
                    out -> {
                        ByteBuffer bytes = ByteBuffer.wrap(found.bytes());
                        while (bytes.hasRemaining()) {
                            out.write(bytes);
                        }
                    });
        }
        return found;
    }

    static ImpliedFolders in(FileTree tree) {
        List<TreePath> paths = new ArrayList<>();
        ArrayDeque<FileTree.Node> open = new ArrayDeque<>();
        open.add(tree.root());
        for (FileTree.Node folder = open.poll(); folder != null; folder = open.poll()) {
            if (folder.entry().isEmpty() && folder != tree.root()) {
                paths.add(folder.path());
            }
            for (FileTree.Node child : folder.children()) {
                if (child.isDirectory()) {
                    open.add(child);
                }
            }
        }
        return new ImpliedFolders(tree.root().entry().isEmpty(), paths);
    }

    private byte[] bytes() {
        StringBuilder text = new StringBuilder();
        text.append(root ? ROOT : "").append(paths.size()).append('\n');
        for (TreePath path : paths) {
            text.append(path.raw()).append('\0');
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /// What the file says; empty if there is none, or it is not one that was written here.
    private static Optional<ImpliedFolders> read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        boolean root = text.startsWith(ROOT);
        int line = text.indexOf('\n');
        if (line < 0) {
            return Optional.empty();
        }
        String count = text.substring(root ? ROOT.length() : 0, line);
        List<TreePath> paths = new ArrayList<>();
        try {
            int start = line + 1;
            for (int end; (end = text.indexOf('\0', start)) >= 0; start = end + 1) {
                paths.add(new TreePath(text.substring(start, end)));
            }
            boolean whole = start == text.length() && count.equals(Integer.toString(paths.size()));
            return whole ? Optional.of(new ImpliedFolders(root, paths)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
