package dev.plinth.core.layer.erofs;

import dev.plinth.core.layer.Data;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.layer.Xattrs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;

/// Entries and trees for tests, and their images.
final class Trees {
    static final UUID ID = new UUID(0x0102030405060708L, 0x090a0b0c0d0e0f10L);

    private Trees() {}

    static Entry entry(String path, EntryType type, String link, Entry.Device device, Data data) {
        return new Entry(
                new TreePath(path),
                type,
                0644,
                1,
                2,
                new Timestamp(3, 4),
                link,
                device,
                Xattrs.NONE,
                data);
    }

    static Entry folder(String path) {
        return Entry.directory(new TreePath(path), 0755, Timestamp.EPOCH);
    }

    static Entry file(String path, Data data) {
        return entry(path, EntryType.FILE, "", Entry.Device.NONE, data);
    }

    static Entry empty(String path) {
        return file(path, Data.NONE);
    }

    static Entry symlink(String path, String target) {
        return entry(path, EntryType.SYMLINK, target, Entry.Device.NONE, Data.NONE);
    }

    static Entry hardlink(String path, String target) {
        return entry(path, EntryType.HARDLINK, target, Entry.Device.NONE, Data.NONE);
    }

    static Entry device(String path, EntryType type, int major, int minor) {
        return entry(path, type, "", new Entry.Device(major, minor), Data.NONE);
    }

    static Entry with(Entry entry, Map<String, byte[]> xattrs) {
        return new Entry(
                entry.path(),
                entry.type(),
                entry.mode(),
                entry.uid(),
                entry.gid(),
                entry.mtime(),
                entry.link(),
                entry.device(),
                Xattrs.of(xattrs),
                entry.data());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static FileTree tree(Entry... entries) {
        return FileTree.of(Arrays.asList(entries));
    }

    /// A tar of which only the offsets matter: each byte tells where it is.
    static byte[] tar(int size) {
        byte[] tar = new byte[size];
        for (int i = 0; i < size; i++) {
            tar[i] = (byte) ((i ^ i >> 8 ^ i >> 16) | 1);
        }
        return tar;
    }

    static byte[] image(FileTree tree, byte[] tar, Inherited inherited) {
        ErofsIndex index = ErofsIndex.plan(tree, tar.length, ID, inherited);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            index.write(
                    Channels.newChannel(out),
                    (into, offset) -> into.put(tar, Math.toIntExact(offset), into.remaining()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (out.size() != index.size()) {
            throw new AssertionError("planned " + index.size() + ", wrote " + out.size());
        }
        return out.toByteArray();
    }

    static ImageReader read(byte[] tar, Entry... entries) {
        return new ImageReader(image(tree(entries), tar, Inherited.NOTHING), tar);
    }

    static ImageReader read(Entry... entries) {
        return read(tar(1024), entries);
    }
}
