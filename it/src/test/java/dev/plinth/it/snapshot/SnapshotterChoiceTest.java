package dev.plinth.it.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.core.snapshot.SnapshotterChoice;
import dev.plinth.core.snapshot.SnapshotterKind;
import dev.plinth.linux.FileSystemStatus;
import dev.plinth.linux.MountFlag;
import dev.plinth.linux.MountHandle;
import dev.plinth.linux.Mounts;
import dev.plinth.testkit.needs.NeedsKernel;
import dev.plinth.testkit.needs.NeedsRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsRoot
class SnapshotterChoiceTest {
    private static final Set<String> IN_MEMORY_OR_ABOVE_OTHERS =
            Set.of("tmpfs", "overlay", "ramfs");

    @TempDir Path temp;

    @BeforeEach
    void storeHasAFolderForTemporaryFiles() throws IOException {
        Files.createDirectory(temp.resolve("tmp"));
    }

    private SnapshotterChoice choice() throws IOException {
        return SnapshotterChoice.of(temp, Optional.empty());
    }

    /// Files are mounted where that can be; this is what everything else here is fast by.
    @Test
    @NeedsKernel("6.12.2")
    void isErofsWhereTheFileSystemAllowsIt() throws IOException {
        boolean ordinary = !IN_MEMORY_OR_ABOVE_OTHERS.contains(FileSystemStatus.of(temp).kind());

        assertThat(choice().kind())
                .isEqualTo(ordinary ? SnapshotterKind.EROFS : SnapshotterKind.LOOP);
    }

    @Test
    @NeedsKernel("6.4")
    void isLoopForAStoreInMemory() throws IOException {
        Path store = Files.createDirectory(temp.resolve("store"));
        try (MountHandle memory = Mounts.tmpfs(1 << 20, 0700, Set.of(MountFlag.NO_DEVICES))) {
            memory.attach(store);
        }
        try {
            Files.createDirectory(store.resolve("tmp"));
            SnapshotterChoice choice = SnapshotterChoice.of(store, Optional.empty());

            assertThat(choice.kind()).isEqualTo(SnapshotterKind.LOOP);
            assertThat(choice.reason()).contains("Block device required");
            try (var left = Files.list(store.resolve("tmp"))) {
                assertThat(left).isEmpty();
            }
        } finally {
            Mounts.unmount(store, true);
        }
    }

    @Test
    void isRememberedForThisKernelAndFileSystem() throws IOException {
        SnapshotterChoice first = choice();
        Path file = temp.resolve("snapshotter");
        String text = Files.readString(file);

        assertThat(text).startsWith(first.kind() + "\n").endsWith("\n" + first.reason() + "\n");
        Files.writeString(file, text.replace(first.kind() + "\n", "unpacked\n"));
        assertThat(choice().kind()).as("nobody tries again").isEqualTo(SnapshotterKind.UNPACKED);
        Files.writeString(file, "unpacked\n1.2.3 ext2\nold\n");
        assertThat(choice()).as("found on another kernel").isEqualTo(first);
        Files.writeString(file, "nonsense");
        assertThat(choice()).isEqualTo(first);
    }

    @Test
    void isWhatWasAskedForAndThatIsNotRemembered() throws IOException {
        for (SnapshotterKind kind : SnapshotterKind.values()) {
            assertThat(SnapshotterChoice.of(temp, Optional.of(kind)).kind()).isEqualTo(kind);
        }
        assertThat(temp.resolve("snapshotter")).doesNotExist();
    }
}
