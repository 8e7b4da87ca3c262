package dev.plinth.core.layer;

import java.util.Map;

/// Entries for tests, by path.
final class Entries {
    static final Timestamp TIME = new Timestamp(1_700_000_000, 0);

    private Entries() {}

    static Entry of(EntryType type, String path, int mode, String link, Entry.Device device) {
        return new Entry(
                TreePath.of(path), type, mode, 0, 0, TIME, link, device, Xattrs.NONE, Data.NONE);
    }

    static Entry file(String path) {
        return Entry.emptyFile(TreePath.of(path), 0644, TIME);
    }

    /// A file whose bytes are said to be at `offset`.
    static Entry file(String path, long offset, long size) {
        return file(path).with(new Data.Extent(offset, size));
    }

    static Entry folder(String path) {
        return Entry.directory(TreePath.of(path), 0755, TIME);
    }

    static Entry folder(String path, int mode) {
        return Entry.directory(TreePath.of(path), mode, TIME);
    }

    static Entry symlink(String path, String target) {
        return of(EntryType.SYMLINK, path, 0777, target, Entry.Device.NONE);
    }

    static Entry hardlink(String path, String target) {
        return of(EntryType.HARDLINK, path, 0644, target, Entry.Device.NONE);
    }

    static Entry device(String path, int major, int minor) {
        return of(EntryType.CHARACTER_DEVICE, path, 0600, "", new Entry.Device(major, minor));
    }

    static Entry whiteout(String path) {
        TreePath hidden = TreePath.of(path);
        return file(hidden.parent().child(".wh." + hidden.name()).toString());
    }

    static Entry opaque(String folder) {
        return file(TreePath.of(folder).child(".wh..wh..opq").toString());
    }

    static Entry owned(Entry entry, long uid, long gid) {
        return with(entry, uid, gid, entry.mtime(), entry.xattrs());
    }

    static Entry dated(Entry entry, long seconds, int nanos) {
        return with(entry, entry.uid(), entry.gid(), new Timestamp(seconds, nanos), entry.xattrs());
    }

    static Entry attributed(Entry entry, Map<String, byte[]> xattrs) {
        return with(entry, entry.uid(), entry.gid(), entry.mtime(), Xattrs.of(xattrs));
    }

    private static Entry with(Entry entry, long uid, long gid, Timestamp mtime, Xattrs xattrs) {
        return new Entry(
                entry.path(),
                entry.type(),
                entry.mode(),
                uid,
                gid,
                mtime,
                entry.link(),
                entry.device(),
                xattrs,
                entry.data());
    }
}
