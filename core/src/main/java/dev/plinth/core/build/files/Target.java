package dev.plinth.core.build.files;

import dev.plinth.core.build.files.Contribution.Copied;
import dev.plinth.core.build.files.Contribution.Made;
import dev.plinth.core.layer.Owners.Owner;
import dev.plinth.core.layer.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the files will be once all actions are done, as far as they change something: the files
/// below, what is put over them, and what comes of it at each place.
///
/// Whole folders are put in as one; what is in them is looked at only by who walks.
final class Target {
    private final SourceTree below;
    private final Node root = new Node();

    /// @param below the files that are there already
    Target(SourceTree below) {
        this.below = below;
    }

    /// A place at which an action put something, or on the way to one.
    private static final class Node {
        private final SortedMap<String, Node> children = new TreeMap<>();
        private final List<Contribution> own = new ArrayList<>();
    }

    /// What is at a place in the end.
    sealed interface Outcome {
        /// Nothing.
        record Nothing() implements Outcome {}

        /// What was there already.
        record Kept(SourceFile file) implements Outcome {}

        /// A folder that is made.
        record New(Owner owner) implements Outcome {}

        /// A copy.
        record Copy(Copied from) implements Outcome {}
    }

    /// A place, and what is there.
    final class Place {
        private final TreePath path;
        private final @Nullable Node node;
        private final @Nullable SourceFile old;
        private final List<Copied> folders = new ArrayList<>();
        private Outcome outcome;

        private Place(
                TreePath path,
                @Nullable Node node,
                @Nullable SourceFile old,
                List<Contribution> contributions) {
            this.path = path;
            this.node = node;
            this.old = old;
            this.outcome = old == null ? new Outcome.Nothing() : new Outcome.Kept(old);
            for (Contribution contribution : contributions) {
                apply(contribution);
            }
        }

        private void apply(Contribution contribution) {
            boolean empty = outcome instanceof Outcome.Nothing;
            switch (contribution) {
                case Made made -> {
                    if (empty) {
                        outcome = new Outcome.New(made.owner());
                    } else if (!isFolder()) {
                        throw new CannotCopy("mkdir " + Paths.shown(path) + ": not a directory");
                    }
                }
                case Copied copied when copied.isFolder() -> {
                    if (!empty && !isFolder()) {
                        throw new CannotCopy("cannot copy to non-directory: " + Paths.shown(path));
                    }
                    if (empty || !copied.keepsExisting()) {
                        outcome = new Outcome.Copy(copied);
                    }
                    folders.add(copied);
                }
                case Copied copied -> {
                    if (isFolder()) {
                        throw new CannotCopy(
                                "cannot replace to directory " + Paths.shown(path) + " with file");
                    }
                    outcome = new Outcome.Copy(copied);
                }
            }
        }

        TreePath path() {
            return path;
        }

        Outcome outcome() {
            return outcome;
        }

        boolean isFolder() {
            return switch (outcome) {
                case Outcome.Nothing _ -> false;
                case Outcome.Kept kept -> kept.file().isFolder();
                case Outcome.New _ -> true;
                case Outcome.Copy copy -> copy.from().isFolder();
            };
        }

        /// Where the symbolic link points that is here.
        Optional<String> link() {
            return switch (outcome) {
                case Outcome.Nothing _, Outcome.New _ -> Optional.empty();
                case Outcome.Kept kept -> kept.file().target();
                case Outcome.Copy copy -> copy.from().file().target();
            };
        }

        /// The names in this folder at which something is put, in the order of their bytes.
        List<String> names() throws IOException {
            if (folders.size() == 1 && (node == null || node.children.isEmpty())) {
                return folders.getFirst().tree().names(folders.getFirst().file());
            }
            List<String> names = new ArrayList<>();
            if (node != null) {
                names.addAll(node.children.keySet());
            }
            for (Copied folder : folders) {
                names.addAll(folder.tree().names(folder.file()));
            }
            names.sort(null);
            List<String> distinct = new ArrayList<>(names.size());
            for (String name : names) {
                if (distinct.isEmpty() || !distinct.getLast().equals(name)) {
                    distinct.add(name);
                }
            }
            return distinct;
        }

        /// What is in this folder under a name.
        Place child(String name) throws IOException {
            List<Contribution> contributions = new ArrayList<>();
            for (Copied folder : folders) {
                folder.child(name).ifPresent(contributions::add);
            }
            Node own = node == null ? null : node.children.get(name);
            if (own != null) {
                contributions.addAll(own.own);
                contributions.sort(Comparator.comparingInt(Contribution::order));
            }
            SourceFile oldChild =
                    old != null && old.isFolder() ? below.child(old, name).orElse(null) : null;
            return new Place(path.child(name), own, oldChild, contributions);
        }
    }

    Place root() throws IOException {
        return new Place(TreePath.ROOT, root, below.root(), root.own);
    }

    /// What is at `path` now; its folders are not looked for through symbolic links.
    Place at(TreePath path) throws IOException {
        Place place = root();
        String raw = path.raw();
        for (int start = 0; start < raw.length(); ) {
            int slash = raw.indexOf('/', start);
            int end = slash < 0 ? raw.length() : slash;
            place = place.child(raw.substring(start, end));
            start = end + 1;
        }
        return place;
    }

    /// The path without symbolic links that `path` leads to.
    TreePath follow(TreePath path) throws IOException {
        return Paths.follow(path, at -> at(at).link());
    }

    /// Makes a folder and those above it, where they are missing.
    ///
    /// @param path without symbolic links
    void makeFolders(TreePath path, Owner owner, int order) throws IOException {
        Node node = root;
        Place place = root();
        String raw = path.raw();
        for (int start = 0; start < raw.length(); ) {
            int slash = raw.indexOf('/', start);
            String name = raw.substring(start, slash < 0 ? raw.length() : slash);
            node = node.children.computeIfAbsent(name, _ -> new Node());
            if (!place.child(name).isFolder()) {
                node.own.add(new Made(order, owner));
            }
            // Refuses what is in the way.
            place = place.child(name);
            start += name.length() + 1;
        }
    }

    /// Puts a file, or a folder with all that is in it, at a place whose folder exists.
    void put(TreePath path, Copied copied) {
        Node node = root;
        if (!path.isRoot()) {
            for (String name : path.raw().split("/", -1)) {
                node = node.children.computeIfAbsent(name, _ -> new Node());
            }
        }
        node.own.add(copied);
    }
}
