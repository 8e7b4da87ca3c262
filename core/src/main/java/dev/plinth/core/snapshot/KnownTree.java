package dev.plinth.core.snapshot;

import dev.plinth.core.layer.FileTree;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The tree of a layer, read when it is first asked for, and once.
final class KnownTree {
    private final MountableLayer layer;
    private @Nullable FileTree tree;

    KnownTree(MountableLayer layer) {
        this.layer = layer;
    }

    FileTree tree() throws IOException {
        FileTree known = tree;
        if (known == null) {
            known = layer.trees().read();
            tree = known;
        }
        return known;
    }
}
