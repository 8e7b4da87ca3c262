package dev.plinth.core.layer.erofs;

import dev.plinth.core.layer.FileTree;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The names in a folder as its blocks hold them: `.` and `..` among the others, all in the order
/// of their bytes (`!x` and `-x` come first).
final class SortedNames {
    private static final String[] DOTS = {".", ".."};

    private final Iterator<FileTree.Node> children;
    private FileTree.@Nullable Node next;
    private int dots;

    private String name = "";
    private FileTree.@Nullable Node child;

    SortedNames(FileTree.Node folder) {
        this.children = folder.children().iterator();
        this.next = following();
    }

    /// Goes to the next name, the first at the first call; false if there is none.
    boolean advance() {
        if (dots < DOTS.length && (next == null || DOTS[dots].compareTo(next.name()) < 0)) {
            name = DOTS[dots++];
            child = null;
            return true;
        }
        if (next == null) {
            return false;
        }
        name = next.name();
        child = next;
        next = following();
        return true;
    }

    /// One character for each byte.
    String name() {
        return name;
    }

    boolean isSelf() {
        return child == null && name.length() == 1;
    }

    boolean isParent() {
        return child == null && name.length() == 2;
    }

    /// What the name stands for, unless it is `.` or `..`.
    FileTree.Node child() {
        if (child == null) {
            throw new NoSuchElementException(name);
        }
        return child;
    }

    private FileTree.@Nullable Node following() {
        return children.hasNext() ? children.next() : null;
    }
}
