package dev.plinth.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ErofsTest extends MountingTest {
    private static final Set<MountFlag> FLAGS =
            Set.of(MountFlag.NO_SETUID, MountFlag.NO_DEVICES, MountFlag.NO_EXECUTION);

    private byte[] content;
    private Path image;
    private Path data;

    @BeforeEach
    void makeImage() throws Exception {
        Needs.program("mkfs.erofs");
        content = new byte[100_000];
        new Random(2).nextBytes(content);
        Path source = folder(temporary, "source");
        Files.write(source.resolve("big"), content);
        image = hostile.resolve("image");
        data = hostile.resolve("data");
        // Its file content lies in a second file, as that of a layer does. mkfs.erofs gets plain
        // names, since it may not take others.
        Path plainImage = temporary.resolve("image");
        // Some releases of it open the file of the content and do not make it.
        Path plainData = Files.createFile(temporary.resolve("data"));
        Process mkfs =
                new ProcessBuilder(
                                "mkfs.erofs",
                                "--quiet",
                                "--chunksize=4096",
                                "--blobdev=" + plainData,
                                plainImage.toString(),
                                source.toString())
                        .redirectErrorStream(true)
                        .start();
        byte[] output = mkfs.getInputStream().readAllBytes();
        assertThat(mkfs.waitFor()).as(RawNames.raw(output)).isZero();
        Files.move(plainImage, image);
        Files.move(plainData, data);
    }

    @Test
    void mountsAnImageThatIsAFile() throws IOException {
        Needs.kernel(6, 13);
        Path target = folder(hostile, "target");
        try (MountHandle mount = Erofs.mount(image, List.of(data), FLAGS)) {
            mount.attach(target);
        }
        assertThat(target.resolve("big")).hasBinaryContent(content);
        MountPoint mounted = MountTable.read().at(target).orElseThrow();
        assertThat(mounted.type()).isEqualTo("erofs");
        assertThat(mounted.source()).isEqualTo(RawNames.of(image));
        assertThat(mounted.options().split(",", -1)).contains("ro", "nosuid", "nodev", "noexec");
    }

    @Test
    void mountsFilesWithPathsLongerThanTheKernelTakes() throws IOException {
        Needs.kernel(6, 13);
        Path deep = folder(folder(hostile, "x".repeat(200)), "y".repeat(200));
        Path longImage = Files.move(image, deep.resolve("image"));
        Path longData = Files.move(data, deep.resolve("data"));
        Path target = folder(deep, "target");
        try (MountHandle mount = Erofs.mount(longImage, List.of(longData), FLAGS)) {
            mount.attach(target);
        }
        assertThat(target.resolve("big")).hasBinaryContent(content);
    }

    @Test
    void isALayerOfAnOverlayWithoutBeingAttached() throws IOException {
        Needs.kernel(6, 15);
        Path target = folder(hostile, "target");
        var writable = new Overlay.Writable(folder(hostile, "upper"), folder(hostile, "work"));
        try (MountHandle layer = Erofs.mount(image, List.of(data), FLAGS)) {
            List<Overlay.Layer> lower = List.of(new Overlay.MountLayer(layer));
            new Overlay(lower, Optional.of(writable), false).mountAt(target, Set.of());
        }
        Files.write(target.resolve("big"), new byte[] {1});
        assertThat(hostile.resolve("upper/big")).hasSize(1);
        assertThat(MountTable.read().below(temporary)).hasSize(1);
    }

    @Test
    void mountsLoopDevicesWhichGoWithTheMount() throws IOException {
        Path target = folder(hostile, "target");
        Path imageDevice;
        try (LoopDevice imageLoop = LoopDevice.attach(image, false);
                LoopDevice dataLoop = LoopDevice.attach(data, true);
                MountHandle mount =
                        Erofs.mount(imageLoop.path(), List.of(dataLoop.path()), FLAGS)) {
            mount.attach(target);
            imageDevice = imageLoop.path();
        }
        assertThat(backing(imageDevice)).contains("image");
        assertThat(target.resolve("big")).hasBinaryContent(content);
        Mounts.unmount(target, false);
        assertThat(backing(imageDevice)).doesNotContain(temporary.toString());
    }

    @Test
    void loopDevicesAreReadOnlyWithSmallSectors() throws IOException {
        Path device;
        try (LoopDevice loop = LoopDevice.attach(data, false)) {
            device = loop.path();
            Path queue = Path.of("/sys/block").resolve(device.getFileName().toString());
            assertThat(queue.resolve("queue/logical_block_size")).hasContent("512\n");
            assertThat(queue.resolve("ro")).hasContent("1\n");
            assertThat(device).hasBinaryContent(Files.readAllBytes(data));
            loop.detach();
        }
        assertThat(backing(device)).doesNotContain(temporary.toString());
    }

    /// The file on a loop device, or nothing. Another process may have taken the device meanwhile.
    private static String backing(Path device) throws IOException {
        Path file = Path.of("/sys/block/" + device.getFileName() + "/loop/backing_file");
        try {
            return RawNames.raw(Files.readAllBytes(file));
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void refusesAWrongNumberOfDevices() {
        Needs.file(image);
        assertThatThrownBy(() -> Erofs.mount(image, List.of(data, data), FLAGS))
                .isInstanceOf(SyscallException.class)
                .hasMessageStartingWith("fsconfig erofs: ");
    }

    @Test
    void refusesWhatIsNoImage() {
        assertThatThrownBy(() -> Erofs.mount(data, List.of(), FLAGS))
                .isInstanceOf(SyscallException.class);
        assertThatThrownBy(() -> Erofs.mount(hostile.resolve("missing"), List.of(), FLAGS))
                .isInstanceOfSatisfying(
                        SyscallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    }

    @Test
    void saysThatAnImageOnTmpfsNeedsALoopDevice() throws IOException {
        Path target = folder(hostile, "tmpfs");
        try (MountHandle tmpfs = Mounts.tmpfs(1 << 20, 0755, Set.of())) {
            tmpfs.attach(target);
        }
        Path moved = Files.copy(image, target.resolve("image"));
        assertThatThrownBy(() -> Erofs.mount(moved, List.of(data), FLAGS))
                .isInstanceOfSatisfying(
                        SyscallException.class,
                        e -> assertThat(e.errno()).isEqualTo(Errno.ENOTBLK));
    }
}
