package dev.plinth.core.layer;

import static dev.plinth.core.layer.RawTar.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.core.layer.RawTar.Header;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TarReaderTest {
    @TempDir Path folder;

    @Test
    void readsEveryTypeOfEntry() throws IOException {
        List<Entry> entries =
                new RawTar()
                        .folder("etc/")
                        .file("etc/hosts", "127.0.0.1 localhost\n")
                        .symlink("etc/link", "../etc/hosts")
                        .hardlink("etc/same", "etc/hosts")
                        .add(new Header('3', "null").mode(0666).device(1, 3))
                        .add(new Header('4', "disk").device(4095, 0xfffff))
                        .add(new Header('6', "pipe"))
                        .add(new Header('7', "contiguous"), bytes("x"))
                        .end()
                        .entries();

        assertThat(entries)
                .extracting(Entry::type)
                .containsExactly(
                        EntryType.DIRECTORY,
                        EntryType.FILE,
                        EntryType.SYMLINK,
                        EntryType.HARDLINK,
                        EntryType.CHARACTER_DEVICE,
                        EntryType.BLOCK_DEVICE,
                        EntryType.FIFO,
                        EntryType.FILE);
        assertThat(entries.get(0).path()).isEqualTo(TreePath.of("etc"));
        assertThat(entries.get(1).data()).isEqualTo(new Data.Extent(1024, 20));
        assertThat(entries.get(2).link()).isEqualTo("../etc/hosts");
        assertThat(entries.get(3).link()).isEqualTo("etc/hosts");
        assertThat(entries.get(4).device()).isEqualTo(new Entry.Device(1, 3));
        assertThat(entries.get(4).mode()).isEqualTo(0666);
        assertThat(entries.get(5).device()).isEqualTo(new Entry.Device(4095, 0xfffff));
    }

    @ParameterizedTest
    @CsvSource({
        "./,''",
        "./a,a",
        "/a,a",
        "//a//b/,a/b",
        "a/./b,a/b",
        "a/../b,b",
        "a/b/..,a",
        ".,''",
        "..a/b..,..a/b.."
    })
    void cleansNames(String written, String path) throws IOException {
        assertThat(new RawTar().folder(written).entry().path().raw()).isEqualTo(path);
    }

    @Test
    void keepsNamesThatAreNotText() throws IOException {
        Entry entry = new RawTar().file("caf\u00e9\u00ff", "").entry();

        assertThat(entry.path().raw()).isEqualTo("caf\u00e9\u00ff");
    }

    @Test
    void keepsTheTargetOfASymbolicLinkAsWritten() throws IOException {
        Entry entry = new RawTar().symlink("a", "../../..//etc/./passwd/").entry();

        assertThat(entry.link()).isEqualTo("../../..//etc/./passwd/");
    }

    @Test
    void makesTheTargetOfAHardLinkRelative() throws IOException {
        assertThat(new RawTar().hardlink("a", "/./b//c").entry().link()).isEqualTo("b/c");
    }

    @Test
    void readsNamesWithAPrefix() throws IOException {
        Entry entry = new RawTar().add(new Header('0', "name").text(345, "usr/lib")).entry();

        assertThat(entry.path()).isEqualTo(TreePath.of("usr/lib/name"));
    }

    @Test
    void readsTheTimesInAGnuHeaderNotAsAPrefix() throws IOException {
        Header header = new Header('0', "name").gnu().octal(345, 12, 1234).octal(357, 12, 1234);

        assertThat(new RawTar().add(header).entry().path()).isEqualTo(TreePath.of("name"));
    }

    @Test
    void readsThePrefixThatOldGoWroteIntoGnuHeaders() throws IOException {
        Header header = new Header('0', "name").gnu().text(345, "usr/lib");

        assertThat(new RawTar().add(header).entry().path()).isEqualTo(TreePath.of("usr/lib/name"));
    }

    @Test
    void readsTheShorterPrefixOfStar() throws IOException {
        Header header =
                new Header('0', "name").text(345, "usr").octal(476, 12, 99).text(508, "tar\0");

        assertThat(new RawTar().add(header).entry().path()).isEqualTo(TreePath.of("usr/name"));
    }

    @Test
    void readsV7WhereAFolderIsANameWithASlash() throws IOException {
        List<Entry> entries =
                new RawTar()
                        .add(new Header('\0', "folder/").v7())
                        .add(new Header('\0', "file").v7(), bytes("x"))
                        .end()
                        .entries();

        assertThat(entries)
                .extracting(Entry::type)
                .containsExactly(EntryType.DIRECTORY, EntryType.FILE);
    }

    @Test
    void ignoresTheSizeOfWhatIsNoFile() throws IOException {
        List<Entry> entries =
                new RawTar()
                        .add(new Header('5', "folder").size(4096))
                        .file("f", "x")
                        .add(new Header('1', "link").link("f").size(1))
                        .add(new Header('2', "symlink").link("f").size(7))
                        .file("g", "y")
                        .end()
                        .entries();

        assertThat(entries).hasSize(5);
        assertThat(entries.get(0).data()).isEqualTo(Data.NONE);
    }

    @Test
    void takesAFolderOfAnIncrementalBackupAsFolder() throws IOException {
        List<Entry> entries =
                new RawTar()
                        .add(new Header('D', "folder").gnu(), bytes("Yfile\0\0"))
                        .file("folder/file", "x")
                        .end()
                        .entries();

        assertThat(entries).hasSize(2);
        assertThat(entries.get(0).type()).isEqualTo(EntryType.DIRECTORY);
    }

    @Test
    void passesOverAVolumeLabel() throws IOException {
        assertThat(new RawTar().add(new Header('V', "backup").gnu()).file("a", "x").entry().path())
                .isEqualTo(TreePath.of("a"));
    }

    @Test
    void dropsTheTypeThatSomeProgramsWriteIntoTheMode() throws IOException {
        assertThat(new RawTar().add(new Header('0', "a").mode(0104755)).entry().mode())
                .isEqualTo(04755);
    }

    @Test
    void readsNumbersInBase256() throws IOException {
        Header header =
                new Header('0', "a")
                        .gnu()
                        .base256(108, 8, Entry.MAX_ID)
                        .base256(116, 8, 3_000_000_000L)
                        .base256(136, 12, -86_400);

        Entry entry = new RawTar().add(header).entry();

        assertThat(entry.uid()).isEqualTo(Entry.MAX_ID);
        assertThat(entry.gid()).isEqualTo(3_000_000_000L);
        assertThat(entry.mtime()).isEqualTo(new Timestamp(-86_400, 0));
    }

    @Test
    void readsNumbersPaddedWithBlanks() throws IOException {
        Header header = new Header('0', "a").text(108, "  1750 \0").text(116, "\0\0\0\0\0\0\0\0");

        Entry entry = new RawTar().add(header).entry();

        assertThat(entry.uid()).isEqualTo(1000);
        assertThat(entry.gid()).isZero();
    }

    @Test
    void acceptsChecksumsOfSignedBytes() throws IOException {
        Header header = new Header('0', "\u00e9\u00e8\u00ea");
        header.summedAs(header.sum(true));

        assertThat(new RawTar().add(header).entry().path().raw()).isEqualTo("\u00e9\u00e8\u00ea");
    }

    @Test
    void takesLongNamesFromGnuHeaders() throws IOException {
        String name = "folder/".repeat(30) + "name";
        String target = "target/".repeat(30);
        Entry entry =
                new RawTar()
                        .longText('L', name)
                        .longText('K', target)
                        .add(new Header('2', "folder/fol").gnu().link("target/tar"))
                        .entry();

        assertThat(entry.path().raw()).isEqualTo(name);
        assertThat(entry.link()).isEqualTo(target);
    }

    @Test
    void takesEverythingAnExtendedHeaderSays() throws IOException {
        Entry entry =
                new RawTar()
                        .pax(
                                "path=long/name",
                                "uid=4294967294",
                                "gid=2097152",
                                "mtime=1700000000.123456789999",
                                "SCHILY.xattr.user.note=a=b\n\0c",
                                "LIBARCHIVE.xattr.user.note=bm90IHJlYWQ",
                                "LIBARCHIVE.xattr.user.only%3Dhere=aGVyZQ==",
                                "comment=nothing")
                        .add(new Header('0', "short"), bytes("x"))
                        .entry();

        assertThat(entry.path()).isEqualTo(TreePath.of("long/name"));
        assertThat(entry.uid()).isEqualTo(4294967294L);
        assertThat(entry.gid()).isEqualTo(2097152);
        assertThat(entry.mtime()).isEqualTo(new Timestamp(1700000000, 123_456_789));
        assertThat(entry.xattrs())
                .isEqualTo(
                        Xattrs.of(
                                Map.of(
                                        "user.note", bytes("a=b\n\0c"),
                                        "user.only=here", bytes("here"))));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0,0",
        "1.5,1,500000000",
        "-1,-1,0",
        "-1.5,-2,500000000",
        "-0.000000001,-1,999999999",
        "-0.0000000001,0,0",
        "9223372036854775807,9223372036854775807,0"
    })
    void readsTimesBeforeAndAfterTheEpoch(String text, long seconds, int nanos) throws IOException {
        Entry entry = new RawTar().pax("mtime=" + text).file("a", "").entry();

        assertThat(entry.mtime()).isEqualTo(new Timestamp(seconds, nanos));
    }

    @Test
    void letsTheSizeOfAnExtendedHeaderCount() throws IOException {
        List<Entry> entries =
                new RawTar()
                        .pax("size=600")
                        .add(new Header('0', "a").size(1))
                        .padded(new byte[600])
                        .file("b", "x")
                        .end()
                        .entries();

        assertThat(entries).hasSize(2);
        assertThat(entries.get(0).size()).isEqualTo(600);
    }

    @Test
    void letsAnEmptyRecordLeaveTheHeaderAsItIs() throws IOException {
        Entry entry = new RawTar().pax("path=", "size=").file("a", "xyz").entry();

        assertThat(entry.path()).isEqualTo(TreePath.of("a"));
        assertThat(entry.size()).isEqualTo(3);
    }

    @Test
    void letsGlobalHeadersGiveTimesAndOwnersButNoNames() throws IOException {
        List<Entry> entries =
                new RawTar()
                        .extended('g', "mtime=5", "uid=7", "path=all", "size=99", "comment=c0ffee")
                        .file("a", "x")
                        .pax("mtime=6")
                        .file("b", "y")
                        .end()
                        .entries();

        assertThat(entries)
                .extracting(Entry::path)
                .containsExactly(TreePath.of("a"), TreePath.of("b"));
        assertThat(entries)
                .extracting(Entry::mtime)
                .containsExactly(new Timestamp(5, 0), new Timestamp(6, 0));
        assertThat(entries).extracting(Entry::uid).containsOnly(7L);
    }

    @Test
    void endsAtTwoBlocksOfZerosAndLeavesTheRest() throws IOException {
        RawTar tar = new RawTar().file("a", "x").end().file("b", "y");

        assertThat(tar.entries()).extracting(Entry::path).containsExactly(TreePath.of("a"));
    }

    @Test
    void endsWhereTheStreamEndsBetweenEntries() throws IOException {
        assertThat(new RawTar().file("a", "x").entries()).hasSize(1);
        assertThat(new RawTar().file("a", "x").raw(new byte[512]).entries()).hasSize(1);
        assertThat(new RawTar().raw(new byte[10240]).entries()).isEmpty();
        assertThat(new RawTar().entries()).isEmpty();
    }

    @Test
    void doesWithoutThePaddingOfTheLastFile() throws IOException {
        RawTar tar = new RawTar().add(new Header('0', "a").size(3)).raw(bytes("xyz"));

        assertThat(tar.entries()).hasSize(1);
    }

    @Test
    void givesTheBytesOfEachEntry() throws IOException {
        RawTar tar = new RawTar().file("a", "first").file("b", "").file("c", "third").end();
        TarReader reader = TarReader.of(tar.stream());
        List<String> contents = new ArrayList<>();
        while (reader.next() != null) {
            contents.add(new String(reader.data().readAllBytes(), StandardCharsets.ISO_8859_1));
        }

        assertThat(contents).containsExactly("first", "", "third");
    }

    @Test
    void goesOnAfterBytesThatWereReadInPart() throws IOException {
        RawTar tar = new RawTar().file("a", "0123456789".repeat(200)).file("b", "x").end();
        TarReader reader = TarReader.of(tar.stream());
        reader.next();

        assertThat(reader.data().readNBytes(700)).hasSize(700);
        assertThat(reader.data().readNBytes(5)).isEqualTo(bytes("01234"));
        assertThat(Objects.requireNonNull(reader.next()).path()).isEqualTo(TreePath.of("b"));
        assertThat(reader.next()).isNull();
        assertThat(reader.next()).isNull();
    }

    @Test
    void readsAFileAsItReadsAStream() throws IOException {
        RawTar tar = new RawTar();
        for (int i = 0; i < 100; i++) {
            tar.file("file" + i, "x".repeat(i * 97));
        }
        tar.end();
        Path file = Files.write(folder.resolve("a.tar"), tar.bytes());
        List<Entry> entries = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file)) {
            TarReader reader = TarReader.of(channel);
            for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
                entries.add(entry);
            }
            assertThat(reader.position()).isEqualTo(tar.size());
            assertThat(channel.position()).isZero();
        }

        assertThat(entries).isEqualTo(tar.entries());
    }
}
