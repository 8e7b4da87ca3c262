package dev.plinth.core.layer;

import static dev.plinth.core.layer.RawTar.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.layer.RawTar.Header;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Files with holes, in the four forms that GNU tar has written.
class TarReaderSparseTest {
    /// A file of 5000 bytes with "abc" at 1000, "defg" at 4996.
    private static void isTheFile(RawTar tar, long dataAt) throws IOException {
        tar.file("next", "x").end();
        TarReader reader = TarReader.of(tar.stream());
        Entry entry = Objects.requireNonNull(reader.next());

        assertThat(entry.path()).isEqualTo(TreePath.of("holes"));
        assertThat(entry.type()).isEqualTo(EntryType.FILE);
        assertThat(entry.data())
                .isEqualTo(
                        new Data.Sparse(
                                5000,
                                List.of(
                                        new Data.Segment(1000, dataAt, 3),
                                        new Data.Segment(4996, dataAt + 3, 4))));
        byte[] content = reader.data().readAllBytes();
        assertThat(content).hasSize(5000).startsWith(new byte[1000]).endsWith(bytes("\0defg"));
        assertThat(content[1000]).isEqualTo((byte) 'a');
        assertThat(Objects.requireNonNull(reader.next()).path()).isEqualTo(TreePath.of("next"));
        assertThat(reader.next()).isNull();
    }

    private static Header gnuHeader(long realSize) {
        return new Header('S', "holes").gnu().octal(483, 12, realSize);
    }

    @Test
    void readsTheMapInTheHeader() throws IOException {
        Header header =
                gnuHeader(5000)
                        .octal(386, 12, 1000)
                        .octal(398, 12, 3)
                        .octal(410, 12, 4996)
                        .octal(422, 12, 4);
        isTheFile(new RawTar().add(header, bytes("abcdefg")), 512);
    }

    @Test
    void readsTheMapInBlocksAfterTheHeader() throws IOException {
        Header header = gnuHeader(5000).fill(482, 1, 1).size(7);
        byte[] more =
                new Header('0', "")
                        .fill(0, 512, 0)
                        .octal(0, 12, 1000)
                        .octal(12, 12, 3)
                        .fill(504, 1, 1)
                        .block;
        byte[] last = new Header('0', "").fill(0, 512, 0).octal(0, 12, 4996).octal(12, 12, 4).block;
        isTheFile(new RawTar().add(header).raw(more).raw(last).padded(bytes("abcdefg")), 3 * 512);
    }

    @Test
    void readsForm00() throws IOException {
        isTheFile(
                new RawTar()
                        .pax(
                                "GNU.sparse.size=5000",
                                "GNU.sparse.numblocks=3",
                                "GNU.sparse.offset=1000",
                                "GNU.sparse.numbytes=3",
                                "GNU.sparse.offset=4996",
                                "GNU.sparse.numbytes=4",
                                "GNU.sparse.offset=5000",
                                "GNU.sparse.numbytes=0")
                        .add(new Header('0', "holes"), bytes("abcdefg")),
                3 * 512);
    }

    @Test
    void readsForm01() throws IOException {
        isTheFile(
                new RawTar()
                        .pax(
                                "GNU.sparse.size=5000",
                                "GNU.sparse.numblocks=2",
                                "GNU.sparse.map=1000,3,4996,4",
                                "GNU.sparse.name=holes")
                        .add(new Header('0', "GNUSparseFile.1/holes"), bytes("abcdefg")),
                3 * 512);
    }

    @Test
    void readsForm10() throws IOException {
        isTheFile(
                new RawTar()
                        .pax(
                                "GNU.sparse.major=1",
                                "GNU.sparse.minor=0",
                                "GNU.sparse.name=holes",
                                "GNU.sparse.realsize=5000")
                        .add(
                                new Header('0', "GNUSparseFile.1/holes"),
                                bytes("2\n1000\n3\n4996\n4\n" + "\0".repeat(512 - 16) + "abcdefg")),
                4 * 512);
    }

    @Test
    void readsAFileThatIsOneHole() throws IOException {
        RawTar tar =
                new RawTar()
                        .pax("GNU.sparse.size=1099511627776", "GNU.sparse.map=1099511627776,0")
                        .add(new Header('0', "hole"), new byte[0])
                        .end();
        TarReader reader = TarReader.of(tar.stream());

        Entry entry = Objects.requireNonNull(reader.next());

        assertThat(entry.data()).isEqualTo(new Data.Sparse(1L << 40, List.of()));
        assertThat(reader.data().readNBytes(4)).containsOnly(0);
        assertThat(reader.next()).isNull();
    }

    @Test
    void refusesMapsThatLie() {
        refused("goes back or overlaps", "5000", "1000,3,1002,4");
        refused("goes back or overlaps", "5000", "1000,3,10,4");
        refused("goes beyond the end of the file", "5000", "4999,2");
        refused("names more data than the entry has", "5000", "0,8");
        refused("odd number of numbers", "5000", "0,1,5");
        refused("a sparse position = \"x\"", "5000", "x,1");
        refused("a sparse length = \"-1\"", "5000", "0,-1");
        refused("a sparse length = \"99999999999999999999\"", "5000", "0,99999999999999999999");
        refused("goes back or overlaps", "9223372036854775807", "9223372036854775807,1");
        refused("GNU.sparse.size = \"-1\"", "-1", "0,1");
    }

    private static void refused(String why, String size, String map) {
        assertThatThrownBy(
                        () ->
                                new RawTar()
                                        .pax("GNU.sparse.size=" + size, "GNU.sparse.map=" + map)
                                        .file("holes", "abcdefg")
                                        .entries())
                .isInstanceOf(MalformedLayer.class)
                .hasMessageContaining(why);
    }

    @Test
    void refusesLinesThatAreNoMap() {
        lines("is no list of numbers", "x".repeat(600));
        lines("is no list of numbers", "\n");
        lines("is no list of numbers", "1234567890123456789\n");
        lines("is longer than the entry", "9999\n" + "9\n0\n".repeat(126));
        lines("has more than", "1048577\n" + "0".repeat(600));
    }

    private static void lines(String why, String content) {
        assertThatThrownBy(
                        () ->
                                new RawTar()
                                        .pax("GNU.sparse.major=1", "GNU.sparse.minor=0")
                                        .add(
                                                new Header('0', "holes"),
                                                bytes(
                                                        content
                                                                + "0"
                                                                        .repeat(
                                                                                -content.length()
                                                                                        & 511)))
                                        .entries())
                .isInstanceOf(MalformedLayer.class)
                .hasMessageContaining(why);
    }

    @Test
    void refusesAnUnknownVersion() {
        assertThatThrownBy(
                        () ->
                                new RawTar()
                                        .pax("GNU.sparse.major=2", "GNU.sparse.minor=0")
                                        .file("holes", "abc")
                                        .entries())
                .isInstanceOf(MalformedLayer.class)
                .hasMessageContaining("unknown version \"2.0\"");
    }

    @Test
    void saysWhereAMapIsCutOff() {
        Header header = gnuHeader(5000).fill(482, 1, 1).size(7);
        assertThatThrownBy(() -> new RawTar().add(header).raw(new byte[100]).entries())
                .isInstanceOf(MalformedLayer.class)
                .hasMessageContaining("truncated")
                .hasMessageContaining("holes");
    }
}
