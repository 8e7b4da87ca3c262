package dev.plinth.it.erofs;

import static dev.plinth.it.erofs.LayerFixture.entry;
import static dev.plinth.it.erofs.LayerFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.core.layer.Data;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.layer.Xattrs;
import dev.plinth.linux.FileStatus;
import dev.plinth.linux.Folder;
import dev.plinth.linux.SyscallException;
import dev.plinth.testkit.needs.NeedsKernel;
import dev.plinth.testkit.needs.NeedsProgram;
import dev.plinth.testkit.needs.NeedsRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsRoot
@NeedsKernel("6.4")
class ErofsKernelTest {
    private static final byte[] CAPABILITY = {
        1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    /// rw for the owner, r for user 1000, r for group, mask rwx, nothing for others.
    private static final byte[] ACL = {
        2, 0, 0, 0, 1, 0, 6, 0, -1, -1, -1, -1, 2, 0, 4, 0, -24, 3, 0, 0, 4, 0, 4, 0, -1, -1, -1,
        -1, 16, 0, 7, 0, -1, -1, -1, -1, 32, 0, 0, 0, -1, -1, -1, -1
    };

    @TempDir Path temp;
    private LayerFixture layer;

    @BeforeEach
    void begin() throws IOException {
        layer = new LayerFixture(temp.resolve("layer.tar"));
    }

    @AfterEach
    void end() throws IOException {
        layer.close();
    }

    private void mountsAsItIs(int names) throws IOException {
        try (MountedLayer mounted = MountedLayer.of(layer.tree(), layer.tar())) {
            showsTheLayer(mounted, names);
        }
    }

    private void showsTheLayer(MountedLayer mounted, int names) throws IOException {
        try (Folder root = mounted.root()) {
            TreeComparison.Result result =
                    TreeComparison.compare(layer.tree(), layer.channel(), root);
            assertThat(result.differences()).isEmpty();
            assertThat(result.compared()).isEqualTo(names);
        }
    }

    @Test
    void emptyLayer() throws IOException {
        mountsAsItIs(1);
    }

    @ParameterizedTest
    @EnumSource(MountedLayer.Way.class)
    void everyKindOfEntryByFilesAndByLoopDevices(MountedLayer.Way way) throws IOException {
        everyKind();
        if (way == MountedLayer.Way.FILES) {
            mountsAsItIs(25);
        } else {
            try (MountedLayer mounted = MountedLayer.of(layer.tree(), layer.tar(), way)) {
                showsTheLayer(mounted, 25);
            }
        }
    }

    private void everyKind() throws IOException {
        layer.add(entry("", EntryType.DIRECTORY, "", Data.NONE))
                .folder("etc")
                .file("etc/passwd", 1234)
                .empty("etc/empty")
                .symlink("etc/link", "passwd")
                .symlink("etc/long", "x/".repeat(2047) + "y")
                .device("dev/null", EntryType.CHARACTER_DEVICE, 1, 3)
                .device("dev/large", EntryType.BLOCK_DEVICE, 4095, 1_048_575)
                .device("dev/zero block", EntryType.BLOCK_DEVICE, 0, 0)
                .device("dev/whiteout", EntryType.CHARACTER_DEVICE, 0, 0)
                .device("run/fifo", EntryType.FIFO, 0, 0)
                .hardlink("usr/bin/one", "etc/passwd")
                .hardlink("usr/lib/two", "usr/bin/one")
                .hardlink("usr/lib/fifo", "run/fifo")
                .empty("usr/.wh.gone")
                .empty("opaque/.wh..wh..opq")
                .empty("opaque/.wh.x")
                .add(
                        new Entry(
                                new TreePath("strange"),
                                EntryType.FILE,
                                07777,
                                Entry.MAX_ID,
                                Entry.MAX_ID,
                                new Timestamp(-62_135_596_800L, 1),
                                "",
                                Entry.Device.NONE,
                                Xattrs.NONE,
                                layer.data(1)))
                .add(
                        new Entry(
                                new TreePath("future"),
                                EntryType.DIRECTORY,
                                01777,
                                65_536,
                                70_000,
                                new Timestamp(10_000_000_000L, 999_999_999),
                                "",
                                Entry.Device.NONE,
                                Xattrs.NONE,
                                Data.NONE));
        layer.tree().add(entry("future/x", EntryType.FILE, "", Data.NONE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 512, 513, 4095, 4096, 4097, 65_535, 1_048_577})
    void filesOfBorderSizes(int size) throws IOException {
        layer.file("a", size).file("b", size).symlink("l", "a");

        mountsAsItIs(4);
    }

    @Test
    void namesOfAllBytesAndLengths() throws IOException {
        int names = 1;
        for (int c = 1; c < 256; c++) {
            if (c != '/' && c != '.') {
                layer.empty("bytes/" + (char) c).file("bytes/" + (char) c + ".", c);
                names += 2;
            }
        }
        for (int length = 1; length <= 255; length++) {
            layer.empty("lengths/" + "\u00e4".repeat(length));
            names++;
        }
        for (String name : List.of("!x", "-x", " ", ".-", "...", "..a", ".a")) {
            layer.empty("dots/" + name);
            names++;
        }

        mountsAsItIs(names + 3);
    }

    @Test
    void pathAsDeepAsPathsCanBe() throws IOException {
        layer.file("d/".repeat(2040) + "file", 10).folder("d/".repeat(1000) + "e");

        mountsAsItIs(2043);
    }

    @Test
    void attributesOfAllSizesBeforeTails() throws IOException {
        int names = 1;
        for (int size = 0; size < 1100; size += 9) {
            Map<String, byte[]> xattrs =
                    Map.of("user.a", "v".repeat(size).getBytes(StandardCharsets.ISO_8859_1));
            layer.add(with(entry("d" + size, EntryType.DIRECTORY, "", Data.NONE), xattrs))
                    .empty("d" + size + "/" + "n".repeat(200))
                    .add(with(entry("e" + size, EntryType.DIRECTORY, "", Data.NONE), xattrs))
                    .add(with(entry("f" + size, EntryType.FILE, "", layer.data(size)), xattrs))
                    .add(
                            with(
                                    entry(
                                            "l" + size,
                                            EntryType.SYMLINK,
                                            "t".repeat(1 + size % 450),
                                            Data.NONE),
                                    Map.of("trusted.a", new byte[size])));
            names += 5;
        }

        mountsAsItIs(names);
    }

    @Test
    void attributesOfAllNamespacesAndLargeOnes() throws IOException {
        layer.add(
                        with(
                                entry("file", EntryType.FILE, "", layer.data(5)),
                                Map.of(
                                        "security.capability", CAPABILITY,
                                        "system.posix_acl_access", ACL,
                                        "trusted.overlay.redirect", new byte[] {'/', 'x'},
                                        "trusted.\377", new byte[0],
                                        "user.large", new byte[60_000])))
                .add(
                        with(
                                entry("folder", EntryType.DIRECTORY, "", Data.NONE),
                                Map.of(
                                        "system.posix_acl_access", ACL,
                                        "system.posix_acl_default", ACL,
                                        "trusted.overlay.opaque", new byte[] {'y'})))
                .add(
                        with(
                                entry("link", EntryType.SYMLINK, "file", Data.NONE),
                                Map.of("user.impossible", new byte[1])));

        mountsAsItIs(4);
    }

    @Test
    void hundredThousandNamesInOneFolder() throws IOException {
        for (int i = 0; i < 100_000; i++) {
            if (i % 1000 == 0) {
                layer.folder("many/" + i);
            } else if (i % 100 == 0) {
                layer.file("many/" + i, 20);
            } else {
                layer.empty("many/" + i);
            }
        }

        mountsAsItIs(100_002);
        try (MountedLayer mounted = MountedLayer.of(layer.tree(), layer.tar());
                Folder root = mounted.root();
                Folder many = root.folder("many")) {
            for (int i = 0; i < 100_000; i += 777) {
                FileStatus status = many.status(Integer.toString(i));
                assertThat(status.uid()).isEqualTo(1000);
                assertThat(isThere(many, i + "x")).isFalse();
            }
            assertThat(isThere(many, "-")).isFalse();
            assertThat(isThere(many, "zzz")).isFalse();
        }
    }

    private static boolean isThere(Folder folder, String name) {
        try {
            folder.status(name);
            return true;
        } catch (SyscallException e) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void sparseFiles() throws IOException {
        long size = 5L << 30;
        Data.Extent blocks = layer.data(16_384);
        Data.Extent bytes = layer.data(100);
        long at = blocks.offset();
        layer.add(entry("all hole", EntryType.FILE, "", new Data.Sparse(size, List.of())))
                .add(
                        entry(
                                "large",
                                EntryType.FILE,
                                "",
                                new Data.Sparse(
                                        size,
                                        List.of(
                                                new Data.Segment(0, at, 4096),
                                                new Data.Segment(1L << 30, at + 4096, 8192),
                                                new Data.Segment(
                                                        size - 100, bytes.offset(), 100)))))
                .add(
                        entry(
                                "small",
                                EntryType.FILE,
                                "",
                                new Data.Sparse(
                                        100_000,
                                        List.of(
                                                new Data.Segment(512, at, 512),
                                                new Data.Segment(90_000, at + 513, 3000)))))
                .hardlink("link", "small")
                .file("after", 700);

        mountsAsItIs(6);
    }

    @Test
    void sparseFilesWithRandomMaps() throws IOException {
        Random random = new Random(3);
        Data.Extent blocks = layer.data(1 << 17);
        for (int i = 0; i < 120; i++) {
            int unit = new int[] {1, 512, 4096, 700}[i % 4];
            List<Data.Segment> segments = new ArrayList<>();
            long position = 0;
            long offset = blocks.offset();
            for (int n = random.nextInt(8); n > 0; n--) {
                position += (long) unit * random.nextInt(40);
                long length = (long) unit * random.nextInt(3);
                segments.add(new Data.Segment(position, offset, length));
                position += length;
                offset += length + (long) unit * random.nextInt(2);
            }
            Data data = new Data.Sparse(position + 1 + random.nextInt(9000), segments);
            layer.add(entry("s" + i, EntryType.FILE, "", data));
        }

        mountsAsItIs(121);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomTrees(int seed) throws IOException {
        Random random = new Random(seed);
        List<String> folders = new ArrayList<>(List.of(""));
        List<String> files = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String name = "n".repeat(1 + random.nextInt(60)) + i;
            String path = folders.get(random.nextInt(folders.size())) + name;
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    layer.folder(path);
                    folders.add(path + "/");
                }
                case 2 -> layer.symlink(path, "t".repeat(1 + random.nextInt(700)));
                case 3 -> {
                    if (!files.isEmpty()) {
                        layer.hardlink(path, files.get(random.nextInt(files.size())));
                    }
                }
                case 4 -> layer.empty(path.replace(name, ".wh." + name));
                case 5 ->
                        layer.add(
                                with(
                                        entry(path, EntryType.FILE, "", layer.data(i)),
                                        Map.of("user.x", new byte[random.nextInt(600)])));
                default -> {
                    layer.file(path, random.nextInt(9000));
                    files.add(path);
                }
            }
        }

        try (MountedLayer mounted = MountedLayer.of(layer.tree(), layer.tar());
                Folder root = mounted.root()) {
            assertThat(TreeComparison.compare(layer.tree(), layer.channel(), root).differences())
                    .isEmpty();
        }
    }

    /// fsck.erofs reads blocks smaller than a page from version 1.6 on; an older one says that it
    /// does not, and has no opinion.
    @Test
    @NeedsProgram("fsck.erofs")
    void fsckAgrees() throws Exception {
        everyKind();
        try (MountedLayer mounted = MountedLayer.of(layer.tree(), layer.tar())) {
            Process fsck =
                    new ProcessBuilder(
                                    "fsck.erofs",
                                    "--device=" + layer.tar(),
                                    mounted.index().toString())
                            .redirectErrorStream(true)
                            .start();
            String said = new String(fsck.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = fsck.waitFor();
            if (!said.contains("blksize 512 isn't supported")) {
                assertThat(status).as(said).isZero();
            }
        }
    }
}
