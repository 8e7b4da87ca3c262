package dev.plinth.core.snapshot;

import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.layer.erofs.Inherited;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

    /// What the layers `below` say of `implied` folders.
    static InheritedFolders find(List<TreePath> implied, ShownLayers below) throws IOException {
        Map<TreePath, Entry> folders = new TreeMap<>();
        for (TreePath path : implied) {
            Entry entry = below.folder(path);
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
