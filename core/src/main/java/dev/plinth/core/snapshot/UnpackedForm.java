package dev.plinth.core.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Shows a layer by unpacking it beside its tar.
final class UnpackedForm implements LayerForm {
    private static final String FOLDER = "unpacked-1";

    private final OverlayMarks marks;
    private final NamedLocks locks;

    UnpackedForm(OverlayMarks marks, NamedLocks locks) {
        this.marks = marks;
        this.locks = locks;
    }

    @Override
    public SnapshotterKind kind() {
        return SnapshotterKind.UNPACKED;
    }

    @Override
    public OverlayMarks marks() {
        return marks;
    }

    /// Nothing: half of all layers are never run, and unpacking costs as much as all before it.
    @Override
    public void prepare(MountableLayer layer, KnownTree tree) {}

    @Override
    public Path show(MountableLayer layer, KnownTree tree, InheritedFolders inherited)
            throws IOException {
        Path folder = layer.folder().resolve(FOLDER + inherited.key());
        if (Files.exists(folder)) {
            return folder;
        }
        try (var _ = locks.exclusive("layer-" + layer.diffId().hex() + inherited.key())) {
            if (Files.notExists(folder)) {
                // A process that was killed left it, and nobody else works here now.
                Path temporary = folder.resolveSibling(folder.getFileName() + ".tmp");
                Unpacking.remove(temporary);
                boolean done = false;
                try {
                    Files.createDirectory(temporary);
                    Unpacking.unpack(tree.tree(), layer.tar(), inherited, marks, temporary);
                    Files.move(temporary, folder);
                    done = true;
                } finally {
                    if (!done) {
                        Unpacking.remove(temporary);
                    }
                }
            }
        }
        return folder;
    }
}
