package dev.plinth.core.snapshot;

import dev.plinth.linux.Erofs;
import dev.plinth.linux.LoopDevice;
import dev.plinth.linux.MountFlag;
import dev.plinth.linux.MountHandle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// How the kernel gets at an index and its tar.
enum ErofsMounting {
    /// As files.
    FILES(SnapshotterKind.EROFS) {
        @Override
        MountHandle mount(Path index, Path tar) throws IOException {
            return Erofs.mount(index, List.of(tar), FLAGS);
        }
    },

    /// As block devices, which last as long as the mount.
    LOOP_DEVICES(SnapshotterKind.LOOP) {
        @Override
        MountHandle mount(Path index, Path tar) throws IOException {
            // Past the page cache for the tar, of which there would be two copies in memory.
            try (LoopDevice indexDevice = LoopDevice.attach(index, false);
                    LoopDevice tarDevice = LoopDevice.attach(tar, true)) {
                return Erofs.mount(indexDevice.path(), List.of(tarDevice.path()), FLAGS);
            }
        }
    };

    /// An overlay above executes files and opens devices all the same.
    private static final Set<MountFlag> FLAGS =
            Set.of(
                    MountFlag.READ_ONLY,
                    MountFlag.NO_SETUID,
                    MountFlag.NO_DEVICES,
                    MountFlag.NO_EXECUTION);

    private final SnapshotterKind kind;

    ErofsMounting(SnapshotterKind kind) {
        this.kind = kind;
    }

    SnapshotterKind kind() {
        return kind;
    }

    /// A new mount, attached nowhere.
    abstract MountHandle mount(Path index, Path tar) throws IOException;
}
