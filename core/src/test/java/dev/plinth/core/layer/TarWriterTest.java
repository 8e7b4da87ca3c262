package dev.plinth.core.layer;

import static dev.plinth.core.layer.Entries.attributed;
import static dev.plinth.core.layer.Entries.dated;
import static dev.plinth.core.layer.Entries.device;
import static dev.plinth.core.layer.Entries.file;
import static dev.plinth.core.layer.Entries.folder;
import static dev.plinth.core.layer.Entries.hardlink;
import static dev.plinth.core.layer.Entries.owned;
import static dev.plinth.core.layer.Entries.symlink;
import static dev.plinth.core.layer.RawTar.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plinth.core.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TarWriterTest {
    @TempDir Path folder;

    private static byte[] tar(Entry... entries) {
        return tar(List.of(entries), new ArrayList<>());
    }

    private static byte[] tar(List<Entry> entries, List<Entry> written) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter writer = new TarWriter(out);
        try {
            for (Entry entry : entries) {
                byte[] content = content(entry);
                written.add(
                        content.length == 0
                                ? writer.add(entry)
                                : writer.add(
                                        entry, content.length, new ByteArrayInputStream(content)));
            }
            writer.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// As many bytes as the entry says.
    private static byte[] content(Entry entry) {
        return bytes("x".repeat((int) entry.size()));
    }

    private static List<Entry> corners() {
        return List.of(
                folder(""),
                folder("usr", 07755),
                file("usr/empty"),
                file("usr/file", 0, 1000),
                file("usr/block", 0, 512),
                file("n".repeat(100), 0, 1),
                file("n".repeat(101), 0, 1),
                file("p".repeat(155) + '/' + "n".repeat(100)),
                file("p".repeat(156) + '/' + "n".repeat(99)),
                file("p/".repeat(60) + "n".repeat(100)),
                folder("f/".repeat(50) + "n".repeat(99)),
                folder("f/".repeat(50) + "n".repeat(100)),
                file("\u00e9\u00ff".repeat(60)),
                symlink("short", "target"),
                symlink("exact", "t".repeat(100)),
                symlink("long", "t".repeat(4095)),
                hardlink("hard", "usr/file"),
                hardlink("harder", "n".repeat(101)),
                device("null", 1, 3),
                device("odd", 4095, 0xfffff),
                Entries.of(EntryType.BLOCK_DEVICE, "disk", 0660, "", new Entry.Device(8, 1)),
                Entries.of(EntryType.FIFO, "pipe", 0600, "", Entry.Device.NONE),
                owned(file("owned"), 07777777, 07777777),
                owned(file("far"), 010000000, Entry.MAX_ID),
                dated(file("fine"), 1_700_000_000, 120_000_000),
                dated(file("finest"), 1_700_000_000, 1),
                dated(file("old"), -1, 0),
                dated(file("older"), -2, 500_000_000),
                dated(file("almost"), -1, 999_999_999),
                dated(file("late"), 077777777777L, 0),
                dated(file("later"), 0100000000000L, 5),
                dated(file("last"), Long.MAX_VALUE, 999_999_999),
                attributed(
                        file("attributed", 0, 3),
                        Map.of(
                                "user.empty", bytes(""),
                                "user.text", bytes("a=b\nc"),
                                "user.odd=name%", bytes("odd"),
                                "security.capability", new byte[] {1, 0, 0, 2, 0, 0})));
    }

    @Test
    void isReadBackAsItWasWritten() throws IOException {
        List<Entry> written = new ArrayList<>();
        byte[] tar = tar(corners(), written);

        assertThat(RawTar.entries(new ByteArrayInputStream(tar))).isEqualTo(written);
        for (int i = 0; i < written.size(); i++) {
            assertThat(written.get(i).with(Data.NONE)).isEqualTo(corners().get(i).with(Data.NONE));
            assertThat(written.get(i).size()).isEqualTo(corners().get(i).size());
        }
        assertThat(tar.length % 512).isZero();
    }

    @Test
    void givesTheBytesThatDigestsWerePromisedFor() {
        // Layers made by earlier releases are found again by these digests: see
        // `compatibility-version` before changing one.
        assertThat(Digest.sha256(tar(corners().toArray(new Entry[0]))).hex())
                .isEqualTo("bca2cfffcd69e24217c1fdf79d4f57802274ee3d2d38baf9cbdc53b70c3714e2");
    }

    @Test
    void writesAnExtendedHeaderOnlyWhereOneIsNeeded() {
        assertThat(tar(file("a"))).hasSize(512 + 1024);
        assertThat(tar(file("p".repeat(155) + '/' + "n".repeat(100)))).hasSize(512 + 1024);
        assertThat(tar(symlink("a", "t".repeat(100)))).hasSize(512 + 1024);
        assertThat(tar(file("n".repeat(101)))).hasSize(3 * 512 + 1024);
        assertThat(tar(dated(file("a"), 0, 1))).hasSize(3 * 512 + 1024);
    }

    @Test
    void writesNoNamesOfOwners() {
        byte[] tar = tar(owned(file("a"), 0, 0));

        assertThat(new String(tar, 265, 64, StandardCharsets.ISO_8859_1))
                .isEqualTo("\0".repeat(64));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 500000000, '19 mtime=1.5\n'",
        "-2, 500000000, '14 mtime=-1.5\n'",
        "-1, 999999999, '22 mtime=-0.000000001\n'",
        "0, 10, '20 mtime=0.00000001\n'",
        "-5, 0, '12 mtime=-5\n'"
    })
    void writesTimesAsShortAsTheyAre(long seconds, int nanos, String record) {
        String body =
                new String(
                        tar(dated(file("a"), seconds, nanos)),
                        512,
                        64,
                        StandardCharsets.ISO_8859_1);

        assertThat(body).contains(record.substring(record.indexOf(' ')));
    }

    @ParameterizedTest
    @CsvSource({"86", "87", "88", "89", "90", "985", "986", "987", "988", "989"})
    void countsTheDigitsOfTheLengthOfARecord(int length) throws IOException {
        Entry entry = attributed(file("a"), Map.of("u", bytes("v".repeat(length - 20))));

        assertThat(RawTar.entries(new ByteArrayInputStream(tar(entry)))).containsExactly(entry);
    }

    @Test
    void refusesAFileThatBecameShorter() {
        TarWriter writer = new TarWriter(new ByteArrayOutputStream());

        assertThatThrownBy(
                        () -> writer.add(file("log"), 10, new ByteArrayInputStream(bytes("short"))))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "\"log\" had 10 bytes and ended after 5: it was changed while it was read");
    }

    @Test
    void leavesTheRestOfAFileThatBecameLonger() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter writer = new TarWriter(out);

        Entry entry = writer.add(file("log"), 3, new ByteArrayInputStream(bytes("abcdef")));

        assertThat(entry.data()).isEqualTo(new Data.Extent(512, 3));
        assertThat(out.size()).isEqualTo(1024);
    }

    @Test
    void isUnderstoodByGnuTar() throws IOException, InterruptedException {
        Path tar = Files.write(folder.resolve("a.tar"), tar(corners().toArray(new Entry[0])));
        ProcessBuilder list =
                new ProcessBuilder(
                                "tar",
                                "--numeric-owner",
                                "--full-time",
                                "--quoting-style=escape",
                                "-tvf",
                                tar.toString())
                        .redirectErrorStream(true);
        list.environment().put("LC_ALL", "C");
        list.environment().put("TZ", "UTC");
        Process process;
        try {
            process = list.start();
        } catch (IOException e) {
            assumeTrue(false, "tar is not installed");
            return;
        }
        String listing =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(listing).isZero();

        List<String> lines =
                listing.lines()
                        .filter(line -> !line.startsWith("tar:"))
                        .map(line -> line.replaceAll(" +", " ").strip())
                        .toList();
        assertThat(lines)
                .hasSize(corners().size())
                .contains(
                        "drwsr-sr-t 0/0 0 2023-11-14 22:13:20 usr/",
                        "-rw-r--r-- 0/0 1000 2023-11-14 22:13:20 usr/file",
                        "-rw-r--r-- 0/0 1 2023-11-14 22:13:20 " + "n".repeat(101),
                        "hrw-r--r-- 0/0 0 2023-11-14 22:13:20 hard link to usr/file",
                        "lrwxrwxrwx 0/0 0 2023-11-14 22:13:20 long -> " + "t".repeat(4095),
                        "crw------- 0/0 1,3 2023-11-14 22:13:20 null",
                        "prw------- 0/0 0 2023-11-14 22:13:20 pipe",
                        "-rw-r--r-- 2097152/4294967294 0 2023-11-14 22:13:20 far",
                        "-rw-r--r-- 0/0 0 2023-11-14 22:13:20.12 fine",
                        "-rw-r--r-- 0/0 0 1969-12-31 23:59:59 old",
                        "-rw-r--r-- 0/0 0 2242-03-16 12:56:32.000000005 later");
    }
}
