package dev.plinth.core.layer.erofs;

import dev.plinth.core.layer.FileTree;
import java.util.Arrays;
import java.util.IdentityHashMap;

/// The inode number of every name, kept by its turn in the [Traversal]: four bytes for each.
final class Numbers {
    private int[] folders = new int[64];
    private int folderCount;
    private int[] others = new int[256];
    private int otherCount;
    private final IdentityHashMap<FileTree.Inode, Integer> linked = new IdentityHashMap<>();

    /// Whether `node` may share its inode with other names.
    static boolean isLinked(FileTree.Node node) {
        return !node.isWhiteout() && !node.isDirectory() && node.inode().links() > 1;
    }

    /// Whether the inode of `node` has a number already, from another name.
    boolean isKnown(FileTree.Node node) {
        return isLinked(node) && linked.containsKey(node.inode());
    }

    /// Keeps the number of `node`, whose turn it is.
    void add(FileTree.Node node, long number) {
        if (number >> 32 != 0) {
            throw new IllegalArgumentException("inode number beyond 32 bits: " + number);
        }
        int low = (int) number;
        if (node.isDirectory()) {
            if (folderCount == folders.length) {
                folders = Arrays.copyOf(folders, folderCount * 2);
            }
            folders[folderCount++] = low;
        } else if (isLinked(node)) {
            linked.put(node.inode(), low);
        } else {
            if (otherCount == others.length) {
                others = Arrays.copyOf(others, otherCount * 2);
            }
            others[otherCount++] = low;
        }
    }

    long folder(int turn) {
        return Integer.toUnsignedLong(folders[turn]);
    }

    /// The number of `node`, for one that [#isLinked].
    long linked(FileTree.Node node) {
        Integer number = linked.get(node.inode());
        if (number == null) {
            throw new IllegalArgumentException(node.path() + " was not planned");
        }
        return Integer.toUnsignedLong(number);
    }

    /// The numbers of names that come from a turn on.
    Cursor from(int folderTurn, int otherTurn) {
        return new Cursor(folderTurn, otherTurn);
    }

    /// Gives the numbers of the names of one folder in their order.
    final class Cursor {
        private int folderTurn;
        private int otherTurn;

        private Cursor(int folderTurn, int otherTurn) {
            this.folderTurn = folderTurn;
            this.otherTurn = otherTurn;
        }

        long next(FileTree.Node child) {
            if (child.isDirectory()) {
                return folder(folderTurn++);
            }
            return isLinked(child) ? linked(child) : Integer.toUnsignedLong(others[otherTurn++]);
        }
    }
}
