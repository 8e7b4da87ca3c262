package dev.plinth.core.layer.erofs;

import dev.plinth.core.layer.FileTree;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Goes through all names in the order their inodes lie in: breadth-first by folder, each folder
/// before what it holds that is no folder. A hard-linked inode comes once for each name.
///
/// Planning and writing go the same way, so a name's turn alone tells where its number is kept.
final class Traversal {
    /// @param parent the turn of the folder it is in
    private record Pending(FileTree.Node folder, int parent) {}

    private final ArrayDeque<Pending> open = new ArrayDeque<>();
    private Iterator<FileTree.Node> children = Collections.emptyIterator();
    private int folder = -1;
    private int parent;
    private int foundFolders;

    Traversal(FileTree tree) {
        open.add(new Pending(tree.root(), 0));
        foundFolders = 1;
    }

    /// The next name; absent at the end.
    FileTree.@Nullable Node next() {
        while (children.hasNext()) {
            FileTree.Node child = children.next();
            if (child.isDirectory()) {
                open.add(new Pending(child, folder));
                foundFolders++;
            } else {
                return child;
            }
        }
        Pending pending = open.poll();
        if (pending == null) {
            return null;
        }
        folder++;
        parent = pending.parent;
        children = pending.folder.children().iterator();
        return pending.folder;
    }

    /// The turn of the current folder among folders, from 0, the root.
    int folder() {
        return folder;
    }

    /// The turn of the folder that the current folder is in; the root is in itself.
    int parent() {
        return parent;
    }

    /// When the current name is a folder: the turn of the first folder in it.
    int firstFolderWithin() {
        return foundFolders;
    }
}
