package dev.plinth.core.snapshot;

import dev.plinth.core.layer.TreePath;
import dev.plinth.linux.Errno;
import dev.plinth.linux.FileStatus;
import dev.plinth.linux.FileType;
import dev.plinth.linux.Folder;
import dev.plinth.linux.RootedFolder;
import dev.plinth.linux.SyscallException;
import dev.plinth.linux.Timestamp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Places in a root for a runtime to mount something on: `/proc`, `/etc/hosts`. A runtime makes
/// those that are missing, and in doing so changes the times of the folders they are in; made here,
/// before it starts, and removed afterwards, they leave no trace in what was written.
///
/// @param mountPoints where each mount is to go, in the order asked for: the path within the root
///   with all links followed, which is what a runtime should be told
/// @param made what was missing, each after the folder it is in
public record MountStubs(List<TreePath> mountPoints, List<TreePath> made) {
    private static final int MOST_LINKS = 40;

    public MountStubs {
        mountPoints = List.copyOf(mountPoints);
        made = List.copyOf(made);
    }

    /// What is to be mounted on.
    ///
    /// @param path as a process in the root would name it; one character for each byte
    /// @param isFolder or else a file
    public record Wanted(String path, boolean isFolder) {}

    /// Makes what is missing of `wanted` in a mounted root in which nothing runs. Links in paths
    /// are followed as a process in the root would, also to where nothing is yet; none leads out.
    public static MountStubs make(Path root, Collection<Wanted> wanted) throws IOException {
        List<TreePath> mountPoints = new ArrayList<>();
        List<TreePath> made = new ArrayList<>();
        try (RootedFolder rooted = RootedFolder.open(root)) {
            for (Wanted each : wanted) {
                TreePath path = resolve(rooted, each.path());
                make(rooted, path, each.isFolder(), made);
                mountPoints.add(path);
            }
        }
        return new MountStubs(mountPoints, made);
    }

    /// The path of `path` without links in it; behind the first name that does not exist, names are
    /// taken as they are.
    private static TreePath resolve(RootedFolder root, String path) throws IOException {
        Deque<String> rest = new ArrayDeque<>(names(path));
        TreePath at = TreePath.ROOT;
        int links = 0;
        for (String name = rest.poll(); name != null; name = rest.poll()) {
            if (name.equals("..")) {
                at = at.parent();
                continue;
            }
            FileStatus status = status(root, at, name);
            if (status == null || status.type() != FileType.SYMBOLIC_LINK) {
                at = at.child(name);
                continue;
            }
            if (++links > MOST_LINKS) {
                throw new SyscallException("resolve", path, Errno.ELOOP, Errno.text(Errno.ELOOP));
            }
            String target;
            try (Folder folder = root.folder(at.raw())) {
                target = folder.readLink(name);
            }
            if (target.startsWith("/")) {
                at = TreePath.ROOT;
            }
            names(target).reversed().forEach(rest::push);
        }
        return at;
    }

    private static List<String> names(String path) {
        List<String> names = new ArrayList<>();
        for (String name : path.split("/", -1)) {
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return names;
    }

    private static @Nullable FileStatus status(RootedFolder root, TreePath folder, String name)
            throws IOException {
        try (Folder open = root.folder(folder.raw())) {
            return open.status(name);
        } catch (SyscallException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
                return null;
            }
            throw e;
        }
    }

    private static void make(
            RootedFolder root, TreePath path, boolean isFolder, List<TreePath> made)
            throws IOException {
        TreePath at = TreePath.ROOT;
        for (String name : names(path.raw())) {
            TreePath next = at.child(name);
            if (status(root, at, name) == null) {
                try (Folder folder = root.folder(at.raw())) {
                    Timestamp before = folder.node().status().modified();
                    if (isFolder || !next.equals(path)) {
                        folder.makeFolder(name, 0755);
                    } else {
                        folder.create(name, 0644).close();
                    }
                    made.add(next);
                    folder.node().setTimes(before, Optional.empty());
                }
            }
            at = next;
        }
    }

    /// Removes from an upper folder, whose root is not mounted, what was made and is still empty;
    /// the folders it was in keep their times.
    public void remove(Path upper) throws IOException {
        for (TreePath path : made.reversed()) {
            try (Folder root = Folder.open(upper);
                    Folder folder = folder(root, path.parent())) {
                remove(folder, path.name());
            } catch (SyscallException e) {
                // Somebody put something else in its place, or removed it.
                boolean gone =
                        e.errno() == Errno.ENOENT
                                || e.errno() == Errno.ENOTDIR
                                || e.errno() == Errno.ELOOP;
                if (!gone) {
                    throw e;
                }
            }
        }
    }

    /// The folder at a path, without following any link.
    private static Folder folder(Folder root, TreePath path) throws IOException {
        Folder at = Folder.open(root.path());
        for (String name : names(path.raw())) {
            try (Folder parent = at) {
                at = parent.folder(name);
            }
        }
        return at;
    }

    private static void remove(Folder folder, String name) throws IOException {
        FileStatus status = folder.status(name);
        Timestamp before = folder.node().status().modified();
        if (status.type() == FileType.REGULAR && status.size() == 0) {
            folder.remove(name);
        } else if (status.type() == FileType.FOLDER && isEmpty(folder, name)) {
            folder.removeFolder(name);
        } else {
            return;
        }
        folder.node().setTimes(before, Optional.empty());
    }

    private static boolean isEmpty(Folder folder, String name) throws IOException {
        try (Folder inside = folder.folder(name)) {
            return inside.entries().isEmpty();
        }
    }
}
