package dev.plinth.core.snapshot;

import dev.plinth.core.layer.Data;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.MalformedLayer;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.layer.Xattrs;
import dev.plinth.linux.Fd;
import dev.plinth.linux.FileStatus;
import dev.plinth.linux.FileType;
import dev.plinth.linux.Folder;
import dev.plinth.linux.Node;
import dev.plinth.linux.RootedFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the upper folder of an overlay as changes to the layers below.
///
/// Overlayfs copies a folder up before it changes anything in it, and marks every new folder as
/// hiding what lies below, though nothing does. Neither is a change: a folder is told only if its
/// attributes changed or something in it did, and as emptied only if there was something.
final class Changes {
    /// The longest path that a tar of a layer, and the kernel in one call, take.
    private static final int MOST_PATH = 4095;

    private final Path upper;
    private final ShownLayers below;
    private final Optional<Path> describesRoot;
    private final Set<TreePath> mountPoints;
    private final OverlayMarks marks;
    private final Map<Long, TreePath> linked = new HashMap<>();
    private final ArrayDeque<Changed> open = new ArrayDeque<>();

    /// @param describesRoot the layer that the upper folder had its first attributes from
    /// @param mountPoints what a runtime mounted something on, and may have made for that
    Changes(
            Path upper,
            ShownLayers below,
            Optional<Path> describesRoot,
            Set<TreePath> mountPoints) {
        this.upper = upper;
        this.below = below;
        this.describesRoot = describesRoot;
        this.mountPoints = mountPoints;
        this.marks = below.marks();
    }

    /// A folder of the upper folder.
    private static final class Changed {
        final Entry entry;
        final @Nullable Changed parent;

        /// Whether the layers below have a folder there.
        final boolean wasThere;

        /// Whether it hides what they have in it.
        final boolean empties;

        boolean told;

        Changed(Entry entry, @Nullable Changed parent, boolean wasThere, boolean empties) {
            this.entry = entry;
            this.parent = parent;
            this.wasThere = wasThere;
            this.empties = empties;
        }

        /// Whether something of the layers below can be seen in it.
        boolean seesBelow() {
            return wasThere && !empties;
        }
    }

    void read(Change.Sink sink) throws IOException {
        try (RootedFolder root = RootedFolder.open(upper)) {
            try (Folder folder = root.folder("")) {
                Entry entry = entry(TreePath.ROOT, folder.node());
                Changed changed = new Changed(entry, null, true, false);
                // The root has no place in a layer unless somebody meant it: making a file in it
                // changes its time.
                changed.told = true;
                if (!sameButTime(entry, rootBefore())) {
                    sink.accept(new Change.Put(entry, () -> true));
                }
                open.push(changed);
            }
            for (Changed folder = open.poll(); folder != null; folder = open.poll()) {
                read(root, folder, sink);
            }
        }
    }

    private Entry rootBefore() throws IOException {
        return UpperFolder.attributes(describesRoot, marks);
    }

    private void read(RootedFolder root, Changed changed, Change.Sink sink) throws IOException {
        List<Changed> folders = new ArrayList<>();
        try (Folder folder = root.folder(changed.entry.path().raw())) {
            List<Folder.Entry> names = new ArrayList<>(folder.entries());
            names.sort(Comparator.comparing(Folder.Entry::name));
            boolean madeForMounts = false;
            for (Folder.Entry name : names) {
                TreePath path = path(changed.entry.path(), name.name());
                try (Node node = folder.node(name.name())) {
                    FileStatus status = node.status();
                    if (isMadeForMount(path, status, changed)) {
                        madeForMounts = true;
                    } else if (status.type() == FileType.FOLDER) {
                        Changed next = folder(path, node, changed);
                        folders.add(next);
                        madeForMounts |= !next.wasThere && isOnTheWayToMount(path);
                    } else {
                        other(path, node, status, changed, sink);
                    }
                }
            }
            if (!changed.told && !isAsBefore(changed, madeForMounts)) {
                tell(changed, sink);
            }
        }
        // Pushed in reverse, so that the first is read next.
        folders.reversed().forEach(open::push);
    }

    private static TreePath path(TreePath folder, String name) {
        if (folder.length() + 1 + name.length() > MOST_PATH) {
            throw new MalformedLayer(
                    "the folder "
                            + folder
                            + " has something in it whose path is longer than "
                            + MOST_PATH
                            + " bytes, which no layer can hold");
        }
        return folder.child(name);
    }

    /// An empty file or a folder where something was mounted, and where the layers have nothing.
    private boolean isMadeForMount(TreePath path, FileStatus status, Changed parent)
            throws IOException {
        if (!mountPoints.contains(path)) {
            return false;
        }
        boolean plain =
                status.type() == FileType.FOLDER
                        || (status.type() == FileType.REGULAR && status.size() == 0);
        return plain && !(parent.seesBelow() && below.has(path));
    }

    private boolean isOnTheWayToMount(TreePath path) {
        for (TreePath mountPoint : mountPoints) {
            if (mountPoint.isWithin(path)) {
                return true;
            }
        }
        return false;
    }

    private Changed folder(TreePath path, Node node, Changed parent) throws IOException {
        Entry entry = entry(path, node);
        boolean wasThere = parent.seesBelow() && below.folder(path) != null;
        return new Changed(entry, parent, wasThere, wasThere && marks.isOpaque(node.xattrs()));
    }

    /// Whether a folder was only copied up, or made on the way to a mount point.
    private boolean isAsBefore(Changed changed, boolean madeForMounts) throws IOException {
        if (!changed.wasThere) {
            return isOnTheWayToMount(changed.entry.path());
        }
        Entry before = below.folder(changed.entry.path());
        return before != null
                && !changed.empties
                && sameButTime(changed.entry, before)
                && (madeForMounts || changed.entry.mtime().equals(before.mtime()));
    }

    private static boolean sameButTime(Entry one, Entry other) {
        return one.mode() == other.mode()
                && one.uid() == other.uid()
                && one.gid() == other.gid()
                && one.xattrs().equals(kept(other.xattrs()));
    }

    private void other(
            TreePath path, Node node, FileStatus status, Changed folder, Change.Sink sink)
            throws IOException {
        if (status.isWhiteout()) {
            if (folder.seesBelow()) {
                tell(folder, sink);
                sink.accept(new Change.Remove(path));
            }
            return;
        }
        if (status.type() == FileType.SOCKET) {
            // Only its maker can answer at it, and it is gone.
            return;
        }
        tell(folder, sink);
        Change.Before before = () -> below.has(path);
        if (status.links() > 1) {
            TreePath first = linked.putIfAbsent(status.inode(), path);
            if (first != null) {
                sink.accept(
                        new Change.Put(
                                entry(path, EntryType.HARDLINK, node, status, first.raw()),
                                before));
                return;
            }
        }
        switch (status.type()) {
            case REGULAR -> file(path, node, status, before, sink);
            case SYMBOLIC_LINK ->
                    sink.accept(
                            new Change.Put(
                                    entry(path, EntryType.SYMLINK, node, status, node.readLink()),
                                    before));
            case CHARACTER_DEVICE ->
                    put(path, EntryType.CHARACTER_DEVICE, node, status, before, sink);
            case BLOCK_DEVICE -> put(path, EntryType.BLOCK_DEVICE, node, status, before, sink);
            case FIFO -> put(path, EntryType.FIFO, node, status, before, sink);
            case FOLDER, SOCKET -> throw new IllegalStateException(path + " is " + status.type());
        }
    }

    private void put(
            TreePath path,
            EntryType type,
            Node node,
            FileStatus status,
            Change.Before before,
            Change.Sink sink)
            throws IOException {
        sink.accept(new Change.Put(entry(path, type, node, status, ""), before));
    }

    private void file(
            TreePath path, Node node, FileStatus status, Change.Before before, Change.Sink sink)
            throws IOException {
        Entry entry = entry(path, EntryType.FILE, node, status, "");
        if (status.size() == 0) {
            sink.accept(new Change.Put(entry, before));
            return;
        }
        try (Fd file = node.reading()) {
            Data data =
                    status.allocated() < status.size()
                            ? Holes.of(file, status.size())
                            : new Data.Extent(0, status.size());
            sink.accept(new Change.PutFile(entry, new Change.Content(file.path(), data), before));
        }
    }

    /// Tells of a folder, and of those it is in, unless that was done.
    private void tell(Changed folder, Change.Sink sink) throws IOException {
        ArrayDeque<Changed> untold = new ArrayDeque<>();
        for (Changed at = folder; at != null && !at.told; at = at.parent) {
            untold.push(at);
        }
        for (Changed next : untold) {
            next.told = true;
            TreePath path = next.entry.path();
            sink.accept(new Change.Put(next.entry, () -> below.has(path)));
            if (next.empties) {
                sink.accept(new Change.Empty(path));
            }
        }
    }

    private Entry entry(TreePath path, Node node) throws IOException {
        return entry(path, EntryType.DIRECTORY, node, node.status(), "");
    }

    private Entry entry(TreePath path, EntryType type, Node node, FileStatus status, String link)
            throws IOException {
        boolean isDevice = type == EntryType.CHARACTER_DEVICE || type == EntryType.BLOCK_DEVICE;
        Entry.Device device =
                isDevice
                        ? new Entry.Device(status.special().major(), status.special().minor())
                        : Entry.Device.NONE;
        Entry entry = Attributes.entry(path, type, status, node, link, device, marks);
        return new Entry(
                path,
                type,
                entry.mode(),
                entry.uid(),
                entry.gid(),
                entry.mtime(),
                link,
                device,
                kept(entry.xattrs()),
                Data.NONE);
    }

    /// Attributes that belong to the file and not to the host: its labels are made anew wherever a
    /// layer is mounted.
    private static Xattrs kept(Xattrs xattrs) {
        if (xattrs.isEmpty()) {
            return xattrs;
        }
        Map<String, byte[]> kept = new TreeMap<>(xattrs.asMap());
        kept.keySet()
                .removeIf(
                        name ->
                                name.startsWith("security.")
                                        && !name.equals("security.capability"));
        return Xattrs.of(kept);
    }
}
