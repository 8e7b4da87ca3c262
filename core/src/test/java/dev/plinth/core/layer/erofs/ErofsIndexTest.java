package dev.plinth.core.layer.erofs;

import static dev.plinth.core.layer.erofs.Trees.bytes;
import static dev.plinth.core.layer.erofs.Trees.device;
import static dev.plinth.core.layer.erofs.Trees.empty;
import static dev.plinth.core.layer.erofs.Trees.file;
import static dev.plinth.core.layer.erofs.Trees.folder;
import static dev.plinth.core.layer.erofs.Trees.hardlink;
import static dev.plinth.core.layer.erofs.Trees.image;
import static dev.plinth.core.layer.erofs.Trees.read;
import static dev.plinth.core.layer.erofs.Trees.symlink;
import static dev.plinth.core.layer.erofs.Trees.tar;
import static dev.plinth.core.layer.erofs.Trees.tree;
import static dev.plinth.core.layer.erofs.Trees.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.layer.Data;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.MalformedLayer;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.layer.Xattrs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErofsIndexTest {
    @Test
    void writesTheSuperblockOfAnEmptyTree() {
        ImageReader image = read(tar(1025));

        assertThat(image.bytes(0, 1024)).containsOnly(0);
        assertThat(image.u32(1024 + 4)).as("checksum").isZero();
        assertThat(image.u32(1024 + 8)).as("compatible features").isEqualTo(2);
        assertThat(image.u8(1024 + 0x0c)).as("block bits").isEqualTo(9);
        assertThat(image.inodeCount()).isOne();
        assertThat(image.bytes(1024 + 0x30, 16))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
        assertThat(image.u32(1024 + 0x50)).as("incompatible features").isEqualTo(0x0c);
        assertThat(image.u16(1024 + 0x56)).as("devices").isOne();
        assertThat(image.u16(1024 + 0x58)).as("first slot").isEqualTo(9);
        assertThat(image.u32(1152 + 64)).as("blocks of the tar, the last one short").isEqualTo(3);
        assertThat(image.names(image.root()))
                .extracting(ImageReader.Name::name)
                .containsExactly(".", "..");
    }

    @Test
    void sameTreeGivesTheSameBytes() {
        Entry[] entries = {folder("a"), empty("a/b"), symlink("c", "a/b"), hardlink("d", "a/b")};

        assertThat(image(tree(entries), tar(512), Inherited.NOTHING))
                .isEqualTo(image(tree(entries), tar(512), Inherited.NOTHING));
    }

    @Test
    void keepsModeOwnerAndTime() {
        ImageReader image =
                read(
                        new Entry(
                                new TreePath("f"),
                                EntryType.FILE,
                                07755,
                                Entry.MAX_ID,
                                65_536,
                                new Timestamp(-62_135_596_800L, 999_999_999),
                                "",
                                Entry.Device.NONE,
                                Xattrs.NONE,
                                Data.NONE));

        ImageReader.Inode inode = image.find("f");
        assertThat(inode.mode()).isEqualTo(0107755);
        assertThat(inode.uid()).isEqualTo(0xffff_fffeL);
        assertThat(inode.gid()).isEqualTo(65_536);
        assertThat(inode.seconds()).isEqualTo(-62_135_596_800L);
        assertThat(inode.nanos()).isEqualTo(999_999_999);
        assertThat(inode.links()).isOne();
    }

    @Test
    void sortsDotsAmongTheOtherNamesByTheirBytes() {
        ImageReader image =
                read(
                        empty("!x"),
                        empty("-x"),
                        empty(" "),
                        empty(".-"),
                        empty("..a"),
                        empty("\377"));

        assertThat(image.names(image.root()))
                .extracting(ImageReader.Name::name)
                .containsExactly(" ", "!x", "-x", ".", ".-", "..", "..a", "\377");
    }

    @Test
    void namesTellTheTypeOfWhatTheyStandFor() {
        ImageReader image =
                read(
                        empty("f"),
                        folder("d"),
                        device("c", EntryType.CHARACTER_DEVICE, 1, 3),
                        device("b", EntryType.BLOCK_DEVICE, 8, 1),
                        device("p", EntryType.FIFO, 0, 0),
                        symlink("l", "f"),
                        empty(".wh.w"));

        assertThat(image.names(image.root()))
                .extracting(n -> n.name() + n.type())
                .containsExactly(".2", "..2", "b4", "c3", "d2", "f1", "l7", "p5", "w3");
    }

    @Test
    void countsTheFoldersInAFolderAsItsLinks() {
        ImageReader image = read(folder("a"), folder("a/b"), folder("a/c"), empty("a/d"));

        assertThat(image.root().links()).isEqualTo(3);
        assertThat(image.find("a").links()).isEqualTo(4);
        assertThat(image.find("a/b").links()).isEqualTo(2);
    }

    @Test
    void foldersPointToThemselvesAndTheirParents() {
        ImageReader image = read(empty("a/b/c"), empty("d/e"));

        ImageReader.Inode a = image.find("a");
        ImageReader.Inode b = image.find("a/b");
        assertThat(numbersOfDots(image, b)).containsExactly(b.number(), a.number());
        assertThat(numbersOfDots(image, a)).containsExactly(a.number(), image.root().number());
        assertThat(numbersOfDots(image, image.root()))
                .containsExactly(image.root().number(), image.root().number());
    }

    private static List<Long> numbersOfDots(ImageReader image, ImageReader.Inode folder) {
        return image.names(folder).stream()
                .filter(n -> n.name().equals(".") || n.name().equals(".."))
                .map(ImageReader.Name::inode)
                .toList();
    }

    @Test
    void hardLinksShareOneInodeAcrossFolders() {
        ImageReader image =
                read(
                        tar(1024),
                        file("z/one", new Data.Extent(512, 7)),
                        hardlink("a/two", "z/one"),
                        hardlink("a/b/three", "a/two"),
                        empty("a/other"),
                        empty("z/other"));

        ImageReader.Inode one = image.find("z/one");
        assertThat(one.links()).isEqualTo(3);
        assertThat(image.find("a/two")).isEqualTo(one);
        assertThat(image.find("a/b/three")).isEqualTo(one);
        assertThat(image.inodeCount()).isEqualTo(7);
        assertThat(image.find("z/other").links()).isOne();
        assertThat(image.find("a/other").number()).isNotEqualTo(image.find("z/other").number());
    }

    @Test
    void numbersEveryInodeOnceInOrder() {
        ImageReader image = read(empty("a/b/c"), empty("a/x"), hardlink("y", "a/x"), empty("z"));

        assertThat(
                        List.of(
                                image.root().serial(),
                                image.find("y").serial(),
                                image.find("z").serial(),
                                image.find("a").serial(),
                                image.find("a/b").serial(),
                                image.find("a/b/c").serial()))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void packsDeviceNumbersAsTheKernelDoes() {
        ImageReader image =
                read(
                        device("null", EntryType.CHARACTER_DEVICE, 1, 3),
                        device("large", EntryType.BLOCK_DEVICE, 4095, 1_048_575),
                        device("mixed", EntryType.BLOCK_DEVICE, 0x123, 0x45678));

        assertThat(image.find("null").place()).isEqualTo(0x103);
        assertThat(image.find("large").place()).isEqualTo(0xffff_ffffL);
        assertThat(image.find("mixed").place()).isEqualTo(0x45612378L);
        assertThat(image.find("mixed").mode()).isEqualTo(0060644);
    }

    @Test
    void refusesDeviceNumbersThatDoNotFit() {
        for (int[] numbers : new int[][] {{4096, 0}, {0, 1_048_576}, {-1, 0}, {1, -1}}) {
            assertThatThrownBy(
                            () ->
                                    read(
                                            device(
                                                    "dev/x",
                                                    EntryType.BLOCK_DEVICE,
                                                    numbers[0],
                                                    numbers[1])))
                    .isInstanceOf(MalformedLayer.class)
                    .hasMessage(
                            "dev/x is device "
                                    + numbers[0]
                                    + ":"
                                    + numbers[1]
                                    + ", beyond 4095:1048575");
        }
    }

    @Test
    void deviceZeroOfATarIsTheWhiteoutItWouldBeUnpacked() {
        ImageReader image =
                read(
                        device("gone", EntryType.CHARACTER_DEVICE, 0, 0),
                        device("fine", EntryType.BLOCK_DEVICE, 0, 0));

        assertThat(image.find("gone").mode()).isEqualTo(0020000);
        assertThat(image.root().xattrs()).containsOnlyKeys("trusted.overlay.origin");
        assertThat(image.find("fine").mode()).isEqualTo(0060644);
    }

    @Test
    void whiteoutIsDeviceZeroInAFolderThatOverlayfsSearchesForThem() {
        ImageReader image = read(folder("d"), empty("d/.wh.gone"), empty("d/.wh..wh.aufs"));

        ImageReader.Inode gone = image.find("d/gone");
        assertThat(gone.mode()).isEqualTo(0020000);
        assertThat(gone.place()).isZero();
        assertThat(image.find("d").xattrs())
                .containsExactly(Map.entry("trusted.overlay.origin", ""));
        assertThat(image.root().xattrs()).isEmpty();
        assertThat(image.names(image.find("d"))).hasSize(3);
    }

    @Test
    void opaqueFolderSaysSo() {
        ImageReader image = read(empty("d/.wh..wh..opq"), empty(".wh.e"), folder("e"));

        assertThat(image.find("d").xattrs())
                .containsExactly(Map.entry("trusted.overlay.opaque", "y"));
        assertThat(image.find("e").xattrs())
                .containsExactly(Map.entry("trusted.overlay.opaque", "y"));
    }

    @Test
    void impliedFolderIsPlainUnlessTheLayersBelowKnowIt() {
        Entry known =
                with(
                        new Entry(
                                new TreePath("tmp"),
                                EntryType.DIRECTORY,
                                01777,
                                5,
                                6,
                                new Timestamp(7, 8),
                                "",
                                Entry.Device.NONE,
                                Xattrs.NONE,
                                Data.NONE),
                        Map.of("user.a", bytes("b")));
        ImageReader image =
                new ImageReader(
                        image(
                                tree(empty("tmp/x"), empty("new/y")),
                                tar(512),
                                path ->
                                        path.equals(known.path())
                                                ? Optional.of(known)
                                                : Optional.empty()),
                        tar(512));

        assertThat(image.find("tmp").mode()).isEqualTo(0041777);
        assertThat(image.find("tmp").uid()).isEqualTo(5);
        assertThat(image.find("tmp").seconds()).isEqualTo(7);
        assertThat(image.find("tmp").xattrs()).containsEntry("user.a", "b");
        assertThat(image.find("new").mode()).isEqualTo(0040755);
        assertThat(image.find("new").seconds()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 447, 448, 449, 511, 512, 513, 1024, 4095})
    void keepsTargetsOfAnyLength(int length) {
        String target = "t".repeat(length);
        ImageReader image = read(empty("a"), symlink("l", target), symlink("m", target));

        assertThat(image.target(image.find("l"))).isEqualTo(target);
        assertThat(image.target(image.find("m"))).isEqualTo(target);
        assertThat(image.find("l").layout())
                .isEqualTo(length <= 448 ? ImageReader.INLINE : ImageReader.PLAIN);
    }

    @Test
    void keepsTailsWithinABlockWhateverTheAttributesTake() {
        for (int size = 0; size < 1100; size += 9) {
            Map<String, byte[]> xattrs = Map.of("user.x", new byte[size]);
            ImageReader image =
                    read(
                            with(folder("d"), xattrs),
                            empty("d/" + "n".repeat(200)),
                            with(folder("e"), xattrs),
                            with(
                                    symlink("l", "t".repeat(150)),
                                    Map.of("security.x", new byte[size])));

            // The reader checks the borders.
            assertThat(image.names(image.find("d"))).hasSize(3);
            assertThat(image.names(image.find("e"))).hasSize(2);
            assertThat(image.target(image.find("l"))).hasSize(150);
            assertThat(image.find("d").xattrs().get("user.x")).hasSize(size);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b"})
    void refusesTargetsNoLinkCanHave(String rest) {
        String target = rest.isEmpty() ? "t".repeat(4096) : rest;

        assertThatThrownBy(() -> read(symlink("l", target)))
                .isInstanceOf(MalformedLayer.class)
                .hasMessageStartingWith("symbolic link l has a target of");
    }

    @Test
    void keepsNamesOf255BytesAndRefusesLongerOnes() {
        String name = "\377".repeat(255);
        ImageReader image = read(empty(name), folder("d/" + name));

        assertThat(image.find(name).mode()).isEqualTo(0100644);
        assertThat(image.find("d/" + name).type()).isEqualTo(0040000);
        assertThatThrownBy(() -> read(empty("d/" + name + "x")))
                .isInstanceOf(MalformedLayer.class)
                .hasMessageEndingWith("has a name of 256 bytes, more than 255");
    }

    @Test
    void keepsFoldersThatFillTheirBlocksExactly() {
        // 12 + 1 and 12 + 2 bytes for the dots leave 485 of a block.
        for (int rest : new int[] {484, 485, 486, 512 + 485, 1024 + 485}) {
            List<Entry> entries = new ArrayList<>();
            int left = rest;
            for (int i = 0; left > 0; i++) {
                int name = left > 512 ? 244 : left > 267 ? left - 256 - 12 : left - 12;
                name = Math.min(name, 244);
                entries.add(empty(String.valueOf((char) ('a' + i)).repeat(name)));
                left -= name + 12;
            }
            ImageReader image = read(entries.toArray(Entry[]::new));

            assertThat(image.names(image.root())).hasSize(entries.size() + 2);
            for (Entry entry : entries) {
                assertThat(image.find(entry.path().raw()).type()).isEqualTo(0100000);
            }
        }
    }

    @Test
    void findsEveryNameOfALargeFolder() {
        Entry[] entries = new Entry[20_000];
        for (int i = 0; i < entries.length; i++) {
            entries[i] =
                    i % 7 == 0 ? folder("many/" + i) : file("many/" + i, new Data.Extent(0, 1 + i));
        }
        ImageReader image = read(tar(32_768), entries);

        List<ImageReader.Name> names = image.names(image.find("many"));
        assertThat(names).hasSize(20_002);
        for (ImageReader.Name name : names) {
            if (!name.name().startsWith(".")) {
                int i = Integer.parseInt(name.name());
                ImageReader.Inode inode = image.inode(name.inode());
                assertThat(inode.type()).isEqualTo(i % 7 == 0 ? 0040000 : 0100000);
                assertThat(inode.type() == 0040000 || inode.size() == 1 + i).isTrue();
            }
        }
    }

    @Test
    void walksFoldersThousandsDeep() {
        String path = "d/".repeat(2000) + "f";
        ImageReader image = read(empty(path));

        assertThat(image.find(path).type()).isEqualTo(0100000);
        assertThat(image.inodeCount()).isEqualTo(2002);
    }

    @Test
    void refusesLayersBeyondTheBlocksThatCanBeAddressed() {
        long limit = (1L << 41) - (1L << 20);

        assertThat(ErofsIndex.plan(tree(), limit - 1536, Trees.ID).size()).isEqualTo(1536);
        assertThatThrownBy(() -> ErofsIndex.plan(tree(), limit, Trees.ID))
                .isInstanceOf(MalformedLayer.class)
                .hasMessageContaining("is too large to be mounted");
    }
}
