package dev.plinth.core.snapshot;

import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.snapshot.Snapshotter.Writable;
import dev.plinth.linux.Folder;
import dev.plinth.linux.Renames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Makes the folder that takes what is written to a root.
final class UpperFolder {
    private UpperFolder() {}

    /// Makes both folders of `writable` where they are absent. A new upper folder has the
    /// attributes of `root`, since an overlay shows those of its topmost folder as those of the
    /// root.
    static void create(Writable writable, Optional<Path> root, OverlayMarks marks)
            throws IOException {
        Files.createDirectories(writable.work());
        if (Files.exists(writable.upper())) {
            return;
        }
        Path temporary = DerivedFile.temporary(writable.upper());
        Files.createDirectory(temporary);
        try (Folder folder = Folder.open(temporary)) {
            Attributes.apply(attributes(root, marks), folder.node(), marks);
        }
        if (!Renames.withoutReplacing(temporary, writable.upper())) {
            Files.delete(temporary);
        }
    }

    /// What a new upper folder gets.
    static Entry attributes(Optional<Path> root, OverlayMarks marks) throws IOException {
        if (root.isEmpty()) {
            return Entry.directory(TreePath.ROOT, 0755, Timestamp.EPOCH);
        }
        try (Folder folder = Folder.open(root.get())) {
            return Attributes.folder(TreePath.ROOT, folder.node(), marks);
        }
    }
}
