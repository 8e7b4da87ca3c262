package dev.plinth.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MountsTest extends MountingTest {
    private static final long MIB = 1 << 20;

    @Test
    void tmpfsIsReachableBeforeItIsAttached() throws IOException {
        int mounts = MountTable.read().mounts().size();
        Path target = folder(hostile, "target");
        try (MountHandle tmpfs = Mounts.tmpfs(MIB, 0710, Set.of(MountFlag.NO_DEVICES));
                Folder root = tmpfs.root()) {
            assertThat(MountTable.read().mounts()).hasSize(mounts);
            assertThat(root.node().status().mode()).isEqualTo(0710);
            root.create("before", 0600).close();
            tmpfs.attach(target);
        }
        assertThat(target.resolve("before")).exists();
        MountPoint mount = MountTable.read().at(target).orElseThrow();
        assertThat(mount.type()).isEqualTo("tmpfs");
        assertThat(mount.path()).isEqualTo(target);
        assertThat(mount.hasOption("nodev")).isTrue();
        assertThat(mount.hasOption("nosuid")).isFalse();
        assertThat(FileSystemStatus.of(target).size()).isEqualTo(MIB);
        Mounts.unmount(target, false);
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void everyFlagIsSet() throws IOException {
        Path target = folder(hostile, "target");
        try (MountHandle tmpfs = Mounts.tmpfs(MIB, 0755, EnumSet.allOf(MountFlag.class))) {
            tmpfs.attach(target);
        }
        assertThat(MountTable.read().at(target).orElseThrow().options().split(",", -1))
                .contains("ro", "nosuid", "nodev", "noexec", "noatime");
    }

    @Test
    void attachesToAFolderLookedUpSafely() throws IOException {
        Path inside = folder(folder(hostile, "root"), "inside");
        Files.createSymbolicLink(hostile.resolve("root/link"), Path.of("/inside"));
        try (MountHandle tmpfs = Mounts.tmpfs(MIB, 0755, Set.of());
                RootedFolder root = RootedFolder.open(hostile.resolve("root"));
                Folder target = root.folder("link")) {
            tmpfs.attach(target);
        }
        assertThat(MountTable.read().at(inside)).isPresent();
    }

    @Test
    void doesNotFollowASymbolicLinkAsTarget() throws IOException {
        folder(hostile, "real");
        Path link = Files.createSymbolicLink(hostile.resolve("link"), Path.of("real"));
        try (MountHandle tmpfs = Mounts.tmpfs(MIB, 0755, Set.of())) {
            assertThatThrownBy(() -> tmpfs.attach(link)).isInstanceOf(SyscallException.class);
        }
        assertThat(MountTable.read().below(temporary)).isEmpty();
    }

    @Test
    void bindsWithFlagsOfItsOwn() throws IOException {
        Path source = folder(hostile, "source");
        Path below = folder(source, "below");
        try (MountHandle tmpfs = Mounts.tmpfs(MIB, 0755, Set.of())) {
            tmpfs.attach(below);
        }
        Path target = folder(hostile, "target");
        Mounts.bind(source, target, true, Set.of(MountFlag.READ_ONLY));
        assertThatThrownBy(() -> Files.createFile(target.resolve("x")))
                .hasMessageContaining("Read-only file system");
        assertThatThrownBy(() -> Files.createFile(target.resolve("below/x")))
                .hasMessageContaining("Read-only file system");
        Files.createFile(source.resolve("below/x"));
        assertThat(target.resolve("below/x")).exists();
    }

    @Test
    void bindsAFile() throws IOException {
        Path source = Files.writeString(hostile.resolve("source"), "content");
        Path target = Files.createFile(hostile.resolve("target"));
        Mounts.bind(source, target, false, Set.of());
        assertThat(target).hasContent("content");
    }

    @Test
    void makesAMountReadOnlyAndPrivate() throws IOException {
        Path target = folder(hostile, "target");
        Mounts.bind(target, target, false, Set.of());
        Mounts.makePrivate(target);
        Mounts.add(target, Set.of(MountFlag.READ_ONLY, MountFlag.NO_SETUID), false);
        MountPoint mount = MountTable.read().at(target).orElseThrow();
        assertThat(mount.propagation()).isEmpty();
        assertThat(mount.hasOption("ro")).isTrue();
        assertThat(mount.hasOption("nosuid")).isTrue();
        assertThat(FileSystemStatus.of(target).readOnly()).isTrue();
    }

    @Test
    void unmountsAllBelowAFolderDeepestFirst() throws IOException {
        Path outer = folder(hostile, "outer");
        for (int i = 0; i < 3; i++) {
            try (MountHandle tmpfs = Mounts.tmpfs(MIB, 0755, Set.of())) {
                tmpfs.attach(outer);
            }
        }
        try (MountHandle tmpfs = Mounts.tmpfs(MIB, 0755, Set.of())) {
            tmpfs.attach(folder(outer, "inner"));
        }
        Path beside = folder(hostile, "outer beside");
        Mounts.bind(beside, beside, false, Set.of());
        assertThat(MountTable.read().below(outer)).hasSize(4);
        Mounts.unmountAll(outer, false);
        assertThat(MountTable.read().below(outer)).isEmpty();
        assertThat(MountTable.read().at(beside)).isPresent();
    }

    @Test
    void saysWhatIsBusyAndWhatIsNoMountPoint() throws IOException {
        Path target = folder(hostile, "target");
        assertThatThrownBy(() -> Mounts.unmount(target, false))
                .isInstanceOfSatisfying(
                        SyscallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
        Mounts.bind(target, target, false, Set.of());
        try (Fd busy = Fd.reading(Files.createFile(target.resolve("x")))) {
            assertThatThrownBy(() -> Mounts.unmount(target, false))
                    .isInstanceOfSatisfying(
                            SyscallException.class,
                            e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));
            assertThatThrownBy(() -> Mounts.unmountAll(target, false))
                    .hasMessageEndingWith("Device or resource busy");
            Mounts.unmount(target, true);
            assertThat(busy.isOpen()).isTrue();
        }
    }
}
