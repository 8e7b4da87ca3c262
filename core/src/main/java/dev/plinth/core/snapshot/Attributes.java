package dev.plinth.core.snapshot;

import dev.plinth.core.layer.Data;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import dev.plinth.linux.FileStatus;
import dev.plinth.linux.Node;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Attributes of entries on files that overlayfs is made of, and back.
final class Attributes {
    private Attributes() {}

    /// Gives a file the attributes of `entry`; what setting one of them takes away from another is
    /// set after it. Extended attributes that the kernel has no place for are left out.
    static void apply(Entry entry, Node node, OverlayMarks marks) throws IOException {
        node.setOwner(entry.uid(), entry.gid());
        if (entry.type() != EntryType.SYMLINK) {
            // Changing the owner took setuid and setgid away. A link has no mode of its own.
            node.setMode(entry.mode());
        }
        for (Map.Entry<String, byte[]> xattr : entry.xattrs().asMap().entrySet()) {
            if (isKnown(xattr.getKey(), entry.type(), marks)) {
                node.xattrs().set(marks.stored(xattr.getKey()), xattr.getValue());
            }
        }
        Timestamp time = entry.mtime();
        node.setTimes(
                new dev.plinth.linux.Timestamp(time.seconds(), time.nanos()), Optional.empty());
    }

    private static boolean isKnown(String name, EntryType type, OverlayMarks marks) {
        boolean fileOrFolder = type == EntryType.FILE || type == EntryType.DIRECTORY;
        int dot = name.indexOf('.');
        if (dot < 0 || dot == name.length() - 1 || name.indexOf(0) >= 0) {
            return false;
        }
        return switch (name.substring(0, dot)) {
            case "security" -> true;
            // In a user namespace nobody may write these.
            case "trusted" -> marks.equals(OverlayMarks.TRUSTED);
            case "user" -> fileOrFolder;
            case "system" ->
                    (name.equals("system.posix_acl_access") && fileOrFolder)
                            || (name.equals("system.posix_acl_default")
                                    && type == EntryType.DIRECTORY);
            default -> false;
        };
    }

    /// A folder as somebody inside the overlay sees it.
    static Entry folder(TreePath path, Node node, OverlayMarks marks) throws IOException {
        return entry(path, EntryType.DIRECTORY, node.status(), node, "", Entry.Device.NONE, marks);
    }

    /// An entry with the attributes of `node`, as somebody inside the overlay sees them.
    static Entry entry(
            TreePath path,
            EntryType type,
            FileStatus status,
            Node node,
            String link,
            Entry.Device device,
            OverlayMarks marks)
            throws IOException {
        return new Entry(
                path,
                type,
                type == EntryType.SYMLINK ? 0777 : status.mode(),
                status.uid(),
                status.gid(),
                new Timestamp(status.modified().seconds(), status.modified().nanos()),
                link,
                device,
                marks.seen(node.xattrs().all()),
                Data.NONE);
    }
}
