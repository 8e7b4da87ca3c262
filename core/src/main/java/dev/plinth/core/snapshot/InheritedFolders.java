package dev.plinth.core.snapshot;

import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.layer.erofs.Inherited;
import dev.plinth.core.oci.Digest;
import dev.plinth.linux.Errno;
import dev.plinth.linux.FileStatus;
import dev.plinth.linux.FileType;
import dev.plinth.linux.Folder;
import dev.plinth.linux.SyscallException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The attributes that folders implied by a layer have in the layers below it.
///
/// What is derived from a layer with such folders depends on these attributes, and so is named by
/// them: not by the layers below, since many different ones agree about `/tmp`.
final class InheritedFolders implements Inherited {
    private static final int KEY_DIGITS = 16;

    /// Of a layer on its own.
    static final InheritedFolders NOTHING = new InheritedFolders(Map.of());

    private final Map<TreePath, Entry> folders;
    private final String key;

    private InheritedFolders(Map<TreePath, Entry> folders) {
        this.folders = folders;
        this.key = folders.isEmpty() ? "" : "-" + key(folders);
    }

    /// What folders in `below`, layers made visible, the lowest first, say of `implied` folders.
    static InheritedFolders find(List<TreePath> implied, List<Path> below, OverlayMarks marks)
            throws IOException {
        Map<TreePath, Entry> folders = new TreeMap<>();
        for (TreePath path : implied) {
            Entry entry = find(path, below, marks);
            if (entry != null) {
                folders.put(path, entry);
            }
        }
        return new InheritedFolders(folders);
    }

    @Override
    public Optional<Entry> folder(TreePath path) {
        return Optional.ofNullable(folders.get(path));
    }

    /// Belongs into the name of what is derived; empty if nothing is inherited.
    String key() {
        return key;
    }

    private static @Nullable Entry find(TreePath path, List<Path> below, OverlayMarks marks)
            throws IOException {
        for (Path layer : below.reversed()) {
            Found found = in(layer, path, marks);
            if (found.hides) {
                return found.entry;
            }
        }
        return null;
    }

    /// What one layer says of a folder.
    ///
    /// @param hides whether the layers below it have no say
    private record Found(boolean hides, @Nullable Entry entry) {
        static final Found NOTHING = new Found(false, null);
        static final Found HIDDEN = new Found(true, null);
    }

    private static Found in(Path layer, TreePath path, OverlayMarks marks) throws IOException {
        Folder at = Folder.open(layer);
        boolean opaque = false;
        try {
            for (String name : path.raw().split("/", -1)) {
                opaque |= marks.isOpaque(at.node().xattrs());
                Folder next;
                try {
                    FileStatus status = at.status(name);
                    if (status.type() != FileType.FOLDER) {
                        // A whiteout, or something that is in the way of any folder below.
                        return Found.HIDDEN;
                    }
                    next = at.folder(name);
                } catch (SyscallException e) {
                    if (e.errno() != Errno.ENOENT) {
                        throw e;
                    }
                    return opaque ? Found.HIDDEN : Found.NOTHING;
                }
                at.close();
                at = next;
            }
            return new Found(true, Attributes.folder(path, at.node(), marks));
        } finally {
            at.close();
        }
    }

    private static String key(Map<TreePath, Entry> folders) {
        MessageDigest hash = Digest.Algorithm.SHA256.hasher();
        for (Entry entry : folders.values()) {
            text(hash, entry.path().raw());
            hash.update(
                    ByteBuffer.allocate(4 + 8 + 8 + 8 + 4 + 4)
                            .putInt(entry.mode())
                            .putLong(entry.uid())
                            .putLong(entry.gid())
                            .putLong(entry.mtime().seconds())
                            .putInt(entry.mtime().nanos())
                            .putInt(entry.xattrs().asMap().size())
                            .flip());
            entry.xattrs()
                    .asMap()
                    .forEach(
                            (name, value) -> {
                                text(hash, name);
                                hash.update(ByteBuffer.allocate(4).putInt(value.length).flip());
                                hash.update(value);
                            });
        }
        return HexFormat.of().formatHex(hash.digest()).substring(0, KEY_DIGITS);
    }

    /// Neither paths nor names of attributes hold a NUL.
    private static void text(MessageDigest hash, String text) {
        hash.update(text.getBytes(StandardCharsets.ISO_8859_1));
        hash.update((byte) 0);
    }
}
