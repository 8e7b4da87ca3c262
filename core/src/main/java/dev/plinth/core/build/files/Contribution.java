package dev.plinth.core.build.files;

import dev.plinth.core.build.files.SourceFile.Kind;
import dev.plinth.core.layer.Owners.Owner;
import java.io.IOException;
import java.util.Optional;

/// Something that an action puts at a place of the [Target].
sealed interface Contribution {
    /// Later actions count more.
    int order();

    /// A folder with mode 0755, where there is none.
    record Made(int order, Owner owner) implements Contribution {}

    /// A file; of a folder all that is in it as well.
    ///
    /// @param top whether it is what the action names, not something in that
    record Copied(
            int order,
            SourceTree tree,
            SourceFile file,
            Selection selection,
            Selection.State state,
            Changes changes,
            boolean top)
            implements Contribution {

        boolean isFolder() {
            return file.isFolder();
        }

        /// Whether the folder is copied only if something in it is.
        boolean isImplied() {
            return state.implied() || file.kind() == Kind.IMPLIED;
        }

        /// Whether a folder that is there already stays as it is.
        boolean keepsExisting() {
            return top || state.keepsExisting();
        }

        /// What is in this folder under a name, if it is copied.
        Optional<Copied> child(String name) throws IOException {
            Optional<SourceFile> found = tree.child(file, name);
            // Sockets are left behind by programs that run; nobody means to copy them.
            if (found.isEmpty() || found.get().kind() == Kind.SOCKET) {
                return Optional.empty();
            }
            SourceFile child = found.get();
            return selection
                    .child(state, name, child.isFolder())
                    .map(
                            decided ->
                                    new Copied(
                                            order, tree, child, selection, decided, changes,
                                            false));
        }
    }
}
