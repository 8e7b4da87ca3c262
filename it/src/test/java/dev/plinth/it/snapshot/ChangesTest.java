package dev.plinth.it.snapshot;

import dev.plinth.core.snapshot.SnapshotterKind;
import dev.plinth.testkit.needs.NeedsKernel;
import org.junit.jupiter.api.Nested;

class ChangesTest {
    @Nested
    @NeedsKernel("6.12.2")
    class AboveErofs extends ChangesContract {
        @Override
        SnapshotterKind kind() {
            return SnapshotterKind.EROFS;
        }
    }

    @Nested
    @NeedsKernel("6.4")
    class AboveLoopDevices extends ChangesContract {
        @Override
        SnapshotterKind kind() {
            return SnapshotterKind.LOOP;
        }
    }

    @Nested
    class AboveUnpackedLayers extends ChangesContract {
        @Override
        SnapshotterKind kind() {
            return SnapshotterKind.UNPACKED;
        }
    }
}
