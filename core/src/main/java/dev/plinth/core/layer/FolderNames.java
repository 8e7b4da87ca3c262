package dev.plinth.core.layer;

import java.util.AbstractCollection;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The names in one folder, in the order of their bytes. Names come, and never go.
///
/// A balanced tree (Arne Andersson, "Balanced search trees made simple", 1993) whose links are in
/// the nodes themselves: a layer may have millions of names, and a map entry for each would take as
/// much memory as the name. Balance does not depend on the names, which an attacker may choose.
final class FolderNames extends AbstractCollection<FileTree.Node> {
    private FileTree.@Nullable Node top;
    private int size;

    @Override
    public int size() {
        return size;
    }

    FileTree.@Nullable Node find(String name) {
        FileTree.@Nullable Node node = top;
        while (node != null) {
            int order = name.compareTo(node.name());
            if (order == 0) {
                return node;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    /// Adds a node whose name is not here yet.
    void insert(FileTree.Node node) {
        top = insert(top, node);
        size++;
    }

    /// Recursive; not deeper than twice the logarithm of the number of names.
    private static FileTree.Node insert(FileTree.@Nullable Node below, FileTree.Node node) {
        if (below == null) {
            node.level = 1;
            return node;
        }
        if (node.name().compareTo(below.name()) < 0) {
            below.left = insert(below.left, node);
        } else {
            below.right = insert(below.right, node);
        }
        return split(skew(below));
    }

    private static FileTree.Node skew(FileTree.Node node) {
        FileTree.Node left = node.left;
        if (left == null || left.level != node.level) {
            return node;
        }
        node.left = left.right;
        left.right = node;
        return left;
    }

    private static FileTree.Node split(FileTree.Node node) {
        FileTree.Node right = node.right;
        if (right == null || right.right == null || right.right.level != node.level) {
            return node;
        }
        node.right = right.left;
        right.left = node;
        right.level++;
        return right;
    }

    @Override
    public Iterator<FileTree.Node> iterator() {
        return new InOrder(top);
    }

    private static final class InOrder implements Iterator<FileTree.Node> {
        private final ArrayDeque<FileTree.Node> open = new ArrayDeque<>();

        InOrder(FileTree.@Nullable Node top) {
            descend(top);
        }

        private void descend(FileTree.@Nullable Node from) {
            for (FileTree.Node node = from; node != null; node = node.left) {
                open.push(node);
            }
        }

        @Override
        public boolean hasNext() {
            return !open.isEmpty();
        }

        @Override
        public FileTree.Node next() {
            if (open.isEmpty()) {
                throw new NoSuchElementException();
            }
            FileTree.Node node = open.pop();
            descend(node.right);
            return node;
        }
    }
}
