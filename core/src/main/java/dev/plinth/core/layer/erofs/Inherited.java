package dev.plinth.core.layer.erofs;

import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.TreePath;
import java.util.Optional;

/// What the layers below say of a folder that the indexed layer only implies.
///
/// A folder in the upper of two layers takes its attributes from there, so one that the upper layer
/// does not describe would lose the mode and owner it has below: `/tmp` would become 0755.
@FunctionalInterface
public interface Inherited {
    /// Nothing lies below: implied folders are 0755, of root and from 1970.
    Inherited NOTHING = path -> Optional.empty();

    /// The folder at `path` as the layers below amount to, absent if there is none.
    Optional<Entry> folder(TreePath path);
}
