package dev.plinth.core.layer;

/// One thing in a layer: a file, folder, link or device with everything that is recorded of it.
///
/// @param mode the permission bits with setuid, setgid and sticky: 0 to 07777
/// @param uid the numeric owner, 0 to 2^32 - 2
/// @param gid the numeric group, 0 to 2^32 - 2
/// @param link for a [EntryType#SYMLINK] its target as written, for a [EntryType#HARDLINK] the
///   clean path of the other name, else empty; one character for each byte
/// @param device the numbers of a device, else [Device#NONE]
/// @param data where the bytes of a [EntryType#FILE] are, else [Data#NONE]
public record Entry(
        TreePath path,
        EntryType type,
        int mode,
        long uid,
        long gid,
        Timestamp mtime,
        String link,
        Device device,
        Xattrs xattrs,
        Data data) {

    /// The largest owner or group: 2^32 - 1 means "none" to the kernel.
    public static final long MAX_ID = 0xffff_fffeL;

    /// The numbers of a device node.
    public record Device(int major, int minor) {
        public static final Device NONE = new Device(0, 0);

        /// Whether this is 0:0, which no device has: overlayfs marks with it what is deleted.
        public boolean isZero() {
            return major == 0 && minor == 0;
        }
    }

    public Entry {
        if ((mode & ~07777) != 0) {
            throw new IllegalArgumentException("mode out of range: " + mode);
        }
        if (uid < 0 || uid > MAX_ID || gid < 0 || gid > MAX_ID) {
            throw new IllegalArgumentException("owner out of range: " + uid + ":" + gid);
        }
        if (link.isEmpty() == (type == EntryType.SYMLINK || type == EntryType.HARDLINK)) {
            throw new IllegalArgumentException(type + " with link \"" + link + "\"");
        }
        if (type != EntryType.FILE && data.size() != 0) {
            throw new IllegalArgumentException(type + " with data");
        }
    }

    /// A folder with nothing special: what is implied by an entry below it.
    public static Entry directory(TreePath path, int mode, Timestamp mtime) {
        return new Entry(
                path,
                EntryType.DIRECTORY,
                mode,
                0,
                0,
                mtime,
                "",
                Device.NONE,
                Xattrs.NONE,
                Data.NONE);
    }

    /// A file with nothing special and without bytes.
    public static Entry emptyFile(TreePath path, int mode, Timestamp mtime) {
        return new Entry(
                path, EntryType.FILE, mode, 0, 0, mtime, "", Device.NONE, Xattrs.NONE, Data.NONE);
    }

    public boolean isDirectory() {
        return type == EntryType.DIRECTORY;
    }

    /// This entry at another place.
    public Entry at(TreePath other) {
        return new Entry(other, type, mode, uid, gid, mtime, link, device, xattrs, data);
    }

    /// This entry with its bytes elsewhere.
    public Entry with(Data other) {
        return new Entry(path, type, mode, uid, gid, mtime, link, device, xattrs, other);
    }

    /// Another name of the file at `target`.
    public Entry linkTo(TreePath target) {
        return new Entry(
                path,
                EntryType.HARDLINK,
                mode,
                uid,
                gid,
                mtime,
                target.raw(),
                Device.NONE,
                Xattrs.NONE,
                Data.NONE);
    }

    /// How many bytes a reader of the file sees; 0 for what is no file.
    public long size() {
        return data.size();
    }
}
