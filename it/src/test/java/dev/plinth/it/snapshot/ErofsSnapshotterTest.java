package dev.plinth.it.snapshot;

import dev.plinth.core.snapshot.SnapshotterKind;
import dev.plinth.linux.MountPoint;
import dev.plinth.testkit.needs.NeedsKernel;

@NeedsKernel("6.12.2")
class ErofsSnapshotterTest extends MountedContract {
    @Override
    SnapshotterKind kind() {
        return SnapshotterKind.EROFS;
    }

    @Override
    boolean isSource(MountPoint mount) {
        return !mount.source().startsWith("/dev/");
    }
}
