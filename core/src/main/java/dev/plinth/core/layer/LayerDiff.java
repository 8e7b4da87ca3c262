package dev.plinth.core.layer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What has to be put on top of one tree to get another: entries and whiteouts in the order of
/// their paths, each folder before what is in it.
///
/// A folder in which something changes is among the changes itself, so that the result describes
/// all its folders and does not depend on the layers below.
public final class LayerDiff {
    private final Contents contents;
    private final Changes changes;

    /// The first name that each file with several names was given, to link the others to.
    private final IdentityHashMap<FileTree.Inode, TreePath> firstNames = new IdentityHashMap<>();

    /// Folders on the way that did not change themselves, from the root down.
    private final Deque<MergedTree.Node> pending = new ArrayDeque<>();

    private LayerDiff(Contents contents, Changes changes) {
        this.contents = contents;
        this.changes = changes;
    }

    /// Takes the changes one after another.
    public interface Changes {
        /// `entry` is new or different.
        ///
        /// @param layer which layer of the tree that is wanted the bytes are in
        void put(Entry entry, int layer) throws IOException;

        /// What was at `path` is gone.
        void hide(TreePath path) throws IOException;
    }

    /// Tells whether two files, alike in everything else, have the same bytes.
    @FunctionalInterface
    public interface Contents {
        /// Takes files for different unless they are the same file of the same layer.
        Contents BY_PLACE = (before, after) -> false;

        boolean same(MergedTree.Node before, MergedTree.Node after) throws IOException;
    }

    /// Tells `changes` what turns `before` into `after`.
    ///
    /// Names for one inode of one layer are the same file, whatever trees they are in; all others
    /// are compared by what the entries say, and then by `contents`.
    public static void tell(MergedTree before, MergedTree after, Contents contents, Changes changes)
            throws IOException {
        LayerDiff diff = new LayerDiff(contents, changes);
        if (!isAlike(before.root(), after.root())) {
            diff.put(after.root());
        } else {
            diff.pending.add(after.root());
        }
        diff.folder(before.root(), after.root());
    }

    /// Writes what turns `before` into `after` to `out`.
    ///
    /// @param files the layers of `after`, the lowest first
    public static void write(
            MergedTree before,
            MergedTree after,
            Contents contents,
            List<LayerFile> files,
            LayerWriter out)
            throws IOException {
        Changes changes =
                new Changes() {
                    @Override
                    public void put(Entry entry, int layer) throws IOException {
                        if (entry.size() > 0) {
                            out.add(entry, files.get(layer), entry.data());
                        } else {
                            out.add(entry);
                        }
                    }

                    @Override
                    public void hide(TreePath path) throws IOException {
                        out.hide(path, Timestamp.EPOCH);
                    }
                };
        tell(before, after, contents, changes);
    }

    /// Recursive; a [FileTree] is no deeper than [FileTree#MAX_DEPTH].
    private void folder(MergedTree.Node before, MergedTree.Node after) throws IOException {
        Iterator<MergedTree.Node> olds = before.children().iterator();
        Iterator<MergedTree.Node> news = after.children().iterator();
        MergedTree.@Nullable Node old = next(olds);
        MergedTree.@Nullable Node now = next(news);
        while (old != null || now != null) {
            int order = old == null ? 1 : now == null ? -1 : old.name().compareTo(now.name());
            if (order < 0 && old != null) {
                flush();
                changes.hide(old.path());
                old = next(olds);
            } else if (order > 0 && now != null) {
                putAll(now);
                now = next(news);
            } else if (old != null && now != null) {
                changed(old, now);
                old = next(olds);
                now = next(news);
            }
        }
    }

    private static MergedTree.@Nullable Node next(Iterator<MergedTree.Node> nodes) {
        return nodes.hasNext() ? nodes.next() : null;
    }

    private void changed(MergedTree.Node old, MergedTree.Node now) throws IOException {
        if (old.isDirectory() && now.isDirectory()) {
            if (isAlike(old, now)) {
                pending.addLast(now);
                folder(old, now);
                pending.pollLast();
            } else {
                put(now);
                folder(old, now);
            }
        } else if (!isSame(old, now)) {
            putAll(now);
        }
    }

    private boolean isSame(MergedTree.Node old, MergedTree.Node now) throws IOException {
        if (old.inode() == now.inode()) {
            return true;
        }
        return isAlike(old, now) && (now.entry().size() == 0 || contents.same(old, now));
    }

    /// Whether everything but bytes is the same.
    private static boolean isAlike(MergedTree.Node old, MergedTree.Node now) {
        Entry before = old.entry();
        Entry after = now.entry();
        return before.size() == after.size()
                && before.with(Data.NONE).equals(after.with(Data.NONE));
    }

    private void putAll(MergedTree.Node node) throws IOException {
        put(node);
        if (node.isDirectory()) {
            for (MergedTree.Node child : node.children()) {
                putAll(child);
            }
        }
    }

    private void put(MergedTree.Node node) throws IOException {
        flush();
        putAlone(node);
    }

    private void putAlone(MergedTree.Node node) throws IOException {
        FileTree.Inode inode = node.inode();
        if (node.parent().isEmpty() && inode.entry().isEmpty()) {
            // Most layers say nothing of the root, and nothing is lost if none does.
            return;
        }
        Entry entry = node.entry();
        if (!node.isDirectory() && inode.links() > 1) {
            TreePath first = firstNames.putIfAbsent(inode, entry.path());
            if (first != null) {
                changes.put(entry.linkTo(first), node.layer());
                return;
            }
        }
        changes.put(entry, node.layer());
    }

    /// Tells the folders on the way to a change.
    private void flush() throws IOException {
        while (!pending.isEmpty()) {
            putAlone(pending.removeFirst());
        }
    }
}
