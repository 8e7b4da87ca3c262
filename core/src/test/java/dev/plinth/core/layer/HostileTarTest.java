package dev.plinth.core.layer;

import static dev.plinth.core.layer.RawTar.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.error.Kind;
import dev.plinth.core.layer.RawTar.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tars made to do harm, or damaged on the way: each gives one clear message.
class HostileTarTest {
    private static void refused(RawTar tar, String... said) {
        assertThatThrownBy(tar::entries)
                .isInstanceOfSatisfying(
                        MalformedLayer.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID))
                .satisfies(
                        e ->
                                assertThat(e.getMessage())
                                        .contains(said)
                                        .doesNotContain("\n", "\u001b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../a", "a/../../b", "/../etc/passwd", "./..", "a/b/../../.."})
    void refusesNamesThatLeadOut(String name) {
        refused(new RawTar().file(name, "x"), "leads out of the root", "\"" + name + "\"");
    }

    @Test
    void refusesHardLinksThatLeadOut() {
        refused(
                new RawTar().hardlink("a", "../../etc/shadow"),
                "the target of the hard link \"a\"",
                "leads out of the root");
    }

    @Test
    void refusesLinksToNothing() {
        refused(new RawTar().symlink("a", ""), "symbolic link to nothing");
        refused(new RawTar().hardlink("a", "/"), "hard link to nothing");
        refused(new RawTar().pax("linkpath=a\0b").symlink("a", "c"), "symbolic link to nothing");
    }

    @Test
    void refusesNamesThatLinuxCannotHold() {
        refused(new RawTar().pax("path=" + "n".repeat(256)).file("a", ""), "256", "255");
        refused(new RawTar().pax("path=" + "n/".repeat(2500)).file("a", ""), "5000", "4095");
        refused(new RawTar().pax("path=a\0b").file("a", ""), "NUL");
        refused(new RawTar().pax("linkpath=" + "n/".repeat(2500)).symlink("a", "b"), "Linux");
    }

    @Test
    void showsNamesWithoutHarmToTheTerminal() {
        refused(new RawTar().file("../\u001b[2J\n", "x"), "\"../\\x1b[2J\\n\"");
    }

    @Test
    void refusesOwnersAndDevicesThatLinuxDoesNotHave() {
        refused(new RawTar().add(new Header('0', "a").base256(108, 8, 4294967295L)), "4294967295");
        refused(new RawTar().add(new Header('0', "a").base256(116, 8, -2)), "gid -2");
        refused(new RawTar().pax("uid=99999999999").file("a", ""), "uid 99999999999");
        refused(new RawTar().add(new Header('3', "a").device(4096, 0)), "device 4096:0");
        refused(new RawTar().add(new Header('4', "a").device(0, 0x100000)), "device 0:1048576");
        refused(new RawTar().add(new Header('4', "a").base256(329, 8, -1)), "device -1:0");
    }

    @Test
    void refusesSizesThatLie() {
        refused(new RawTar().add(new Header('0', "a").base256(124, 12, -1)), "size -1");
        refused(
                new RawTar().add(new Header('0', "a").base256(124, 12, Long.MAX_VALUE)),
                "size 9223372036854775807");
        refused(
                new RawTar().add(new Header('0', "a").fill(124, 12, 0xff).fill(124, 1, 0xbf)),
                "size in the header at 0 is too large");
        refused(new RawTar().pax("size=9223372036854775807").file("a", "x"), "size");
        refused(new RawTar().pax("size=9223372036854775808").file("a", "x"), "size");
        refused(new RawTar().pax("size=-1").file("a", "x"), "size = \"-1\"");
        refused(new RawTar().pax("size= 1").file("a", "x"), "size = \" 1\"");
        refused(new RawTar().add(new Header('0', "a").size(1000)).raw(new byte[9]), "truncated");
        refused(new RawTar().add(new Header('V', "a").base256(124, 12, -512)), "the size -512");
    }

    @Test
    void refusesExtendedHeadersThatAreTooLarge() {
        for (char type : new char[] {'x', 'g', 'L', 'K'}) {
            refused(new RawTar().add(new Header(type, "a").size(1 << 30)), "1 MiB is the most");
            refused(new RawTar().add(new Header(type, "a").base256(124, 12, -5)), "-5 bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12 path=",
                "path=a\n",
                " path=a\n",
                "99 path=a\n",
                "8 path=a\n",
                "10 path=a",
                "7 patha\n",
                "5 =a\n",
                "4 =\n",
                "0 a=b\n",
                "-1 a=b\n",
                "99999999999999999999 a=b\n",
                "10 path=a\nx",
                "\0\0\0\0"
            })
    void refusesRecordsThatAreNone(String records) {
        RawTar tar = new RawTar().add(new Header('x', "a"), bytes(records)).file("b", "x");

        refused(tar, "the extended header at 0 has a record");
    }

    @Test
    void refusesAttributesThatLinuxCannotHold() {
        refused(new RawTar().pax("SCHILY.xattr.=x").file("a", ""), "with the name \"\"");
        refused(
                new RawTar().pax("SCHILY.xattr.user." + "n".repeat(255) + "=x").file("a", ""),
                "extended attribute with the name");
        refused(
                new RawTar().pax("SCHILY.xattr.user.a=" + "v".repeat(65_537)).file("a", ""),
                "larger than 64 KiB");
        refused(new RawTar().pax("LIBARCHIVE.xattr.user.a=*").file("a", ""), "not base 64");
    }

    @Test
    void refusesTypesThatItDoesNotKnow() {
        refused(new RawTar().add(new Header('Z', "a")), "unknown type \"Z\"");
        refused(new RawTar().add(new Header('M', "a").gnu()), "several volumes");
        refused(new RawTar().add(new Header('N', "a").gnu()), "old format");
    }

    @ParameterizedTest
    @CsvSource({
        "127,it is a program (ELF)",
        "80,it is a zip archive",
        "31,compressed once more with gzip",
        "40,compressed once more with zstd",
        "104,it is a text",
        "255,its first 512 bytes are no header"
    })
    void saysWhatIsNoTar(int first, String what) {
        byte[] bytes = new byte[2000];
        Arrays.fill(bytes, (byte) (first == 104 ? 'h' : 0));
        byte[] magic =
                switch (first) {
                    case 127 -> bytes("\u007fELF");
                    case 80 -> bytes("PK\u0003\u0004");
                    case 31 -> bytes("\u001f\u008b\u0008");
                    case 40 -> bytes("(\u00b5/\u00fd");
                    case 104 -> bytes("hello");
                    default -> bytes("\u00ff");
                };
        System.arraycopy(magic, 0, bytes, 0, magic.length);

        refused(new RawTar().raw(bytes), "not a tar archive: ", what);
    }

    @Test
    void saysThatAFewBytesAreNoTar() {
        refused(new RawTar().raw(bytes("hi\n")), "not a tar archive: it is a text");
        refused(new RawTar().raw(new byte[] {1, 2}), "not a tar archive: it has 2 bytes");
        refused(new RawTar().raw(new byte[100]), "not a tar archive: it has 100 bytes");
    }

    @Test
    void saysWhereATarIsDamaged() {
        byte[] other = new byte[512];
        Arrays.fill(other, (byte) 'x');

        refused(
                new RawTar().file("a", "x").raw(other),
                "no header at 1024",
                "after the entry \"a\"");
        refused(
                new RawTar().file("a", "x").raw(new byte[512]).file("b", "y"),
                "one block of zeros at 1024");
        refused(new RawTar().file("a", "x").pax("path=b").end(), "without its entry");
        refused(new RawTar().add(new Header('0', "a").text(108, "12x4")), "uid in the header at 0");
    }

    @Test
    void saysWhereATarIsCutOff() {
        byte[] whole =
                new RawTar().file("a", "x").pax("path=b").file("c", "y".repeat(700)).end().bytes();
        String[] at = new String[whole.length];
        for (int length = 1; length < whole.length; length++) {
            at[length] = message(Arrays.copyOf(whole, length));
        }

        assertThat(at[100]).isEqualTo("not a tar archive: it has 100 bytes, less than one header");
        assertThat(at[512]).contains("ends at 512 within the data of \"a\", which goes on for 1");
        assertThat(at[1025]).contains("ends within the header at 1024");
        assertThat(at[1600]).contains("ends at 1600 within the extended header at 1024");
        assertThat(at[2600])
                .contains("ends at 2600 within the data of \"b\"")
                .contains("660 bytes");
    }

    private static String message(byte[] tar) {
        try {
            return RawTar.entries(new ByteArrayInputStream(tar)).toString();
        } catch (MalformedLayer e) {
            return e.getMessage();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void survivesWhateverComes() {
        byte[] whole =
                new RawTar()
                        .folder("d/")
                        .pax("path=d/x", "mtime=1.5", "SCHILY.xattr.user.a=b")
                        .file("a", "hello")
                        .longText('L', "d/y")
                        .file("b", "world")
                        .pax("GNU.sparse.size=5000", "GNU.sparse.map=1000,3")
                        .file("holes", "abc")
                        .pax("GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.realsize=9")
                        .file("more", "1\n0\n2\n" + "\0".repeat(506) + "zz")
                        .hardlink("c", "d/x")
                        .end()
                        .bytes();
        Random random = new Random(1);
        for (int round = 0; round < 5_000; round++) {
            byte[] damaged = whole.clone();
            int block = random.nextInt(whole.length / 512) * 512;
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged[block + random.nextInt(512)] = (byte) random.nextInt(256);
            }
            summedUp(damaged, block);
            message(damaged);
        }
    }

    /// Makes the checksum right again, so that what was changed is looked at.
    private static void summedUp(byte[] tar, int block) {
        int sum = 8 * ' ';
        for (int i = 0; i < 512; i++) {
            sum += i >= 148 && i < 156 ? 0 : tar[block + i] & 0xff;
        }
        byte[] digits = bytes("0" + Integer.toOctalString(sum) + "\0 ");
        System.arraycopy(digits, 0, tar, block + 148, Math.min(8, digits.length));
    }
}
