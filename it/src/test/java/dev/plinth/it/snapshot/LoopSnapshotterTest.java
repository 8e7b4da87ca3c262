package dev.plinth.it.snapshot;

import dev.plinth.core.snapshot.SnapshotterKind;
import dev.plinth.linux.MountPoint;
import dev.plinth.testkit.needs.NeedsKernel;

@NeedsKernel("6.4")
class LoopSnapshotterTest extends MountedContract {
    @Override
    SnapshotterKind kind() {
        return SnapshotterKind.LOOP;
    }

    @Override
    boolean isSource(MountPoint mount) {
        return mount.source().startsWith("/dev/loop");
    }
}
