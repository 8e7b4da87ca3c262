package dev.plinth.core.snapshot;

import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.TreePath;
import dev.plinth.linux.Errno;
import dev.plinth.linux.FileStatus;
import dev.plinth.linux.FileType;
import dev.plinth.linux.Folder;
import dev.plinth.linux.SyscallException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Layers made visible as folders, the lowest first, asked for what they amount to at a path, as
/// overlayfs finds it: no link is followed.
record ShownLayers(List<Path> folders, OverlayMarks marks) {
    ShownLayers {
        folders = List.copyOf(folders);
    }

    /// Whether there is anything at a path.
    boolean has(TreePath path) throws IOException {
        for (Path layer : folders.reversed()) {
            Found found = in(layer, path);
            if (found.hides) {
                return found.isThere;
            }
        }
        return false;
    }

    /// The folder at a path; null where there is none.
    @Nullable Entry folder(TreePath path) throws IOException {
        for (Path layer : folders.reversed()) {
            Found found = in(layer, path);
            if (found.hides) {
                return found.folder;
            }
        }
        return null;
    }

    /// What one layer says of a path.
    ///
    /// @param hides whether the layers below it have no say about what is seen there
    /// @param folder what is there, if it is a folder
    private record Found(boolean hides, boolean isThere, @Nullable Entry folder) {
        static final Found NOTHING = new Found(false, false, null);
        static final Found HIDDEN = new Found(true, false, null);
        static final Found NO_FOLDER = new Found(true, true, null);
    }

    private Found in(Path layer, TreePath path) throws IOException {
        Folder at = Folder.open(layer);
        boolean opaque = false;
        try {
            String raw = path.raw();
            for (int start = 0; start < raw.length(); ) {
                int slash = raw.indexOf('/', start);
                int end = slash < 0 ? raw.length() : slash;
                String name = raw.substring(start, end);
                start = end + 1;
                opaque |= marks.isOpaque(at.node().xattrs());
                FileStatus status = status(at, name);
                if (status == null) {
                    return opaque ? Found.HIDDEN : Found.NOTHING;
                }
                if (status.type() != FileType.FOLDER) {
                    return slash >= 0 || status.isWhiteout() ? Found.HIDDEN : Found.NO_FOLDER;
                }
                Folder next = at.folder(name);
                at.close();
                at = next;
            }
            return new Found(true, true, Attributes.folder(path, at.node(), marks));
        } finally {
            at.close();
        }
    }

    private static @Nullable FileStatus status(Folder folder, String name) throws IOException {
        try {
            return folder.status(name);
        } catch (SyscallException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENAMETOOLONG) {
                return null;
            }
            throw e;
        }
    }
}
