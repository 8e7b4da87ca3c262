package dev.plinth.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountTableTest {
    private static final String TABLE =
            """
            20 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
            30 20 0:30 / /run/a rw,nosuid,nodev - tmpfs  rw,size=4k
            31 30 0:31 / /run/a/b\\040c\\134\\012d rw shared:7 master:2 - overlay overlay rw,x=\\134,
            32 31 0:32 /sub /run/a/b\\040c\\134\\012d ro - erofs /x#y ro
            33 20 0:33 / /run/ab rw - tmpfs tmpfs rw
            21 32 0:34 / /run/a/b\\040c\\134\\012d/deep rw - tmpfs tmpfs rw
            """;

    @Test
    void readsEveryField() throws IOException {
        MountPoint mount = MountTable.parse(TABLE).mounts().get(2);
        assertThat(mount)
                .isEqualTo(
                        new MountPoint(
                                31,
                                30,
                                new Device(0, 31),
                                "/",
                                "/run/a/b c\\\nd",
                                "rw",
                                "shared:7 master:2",
                                "overlay",
                                "overlay",
                                "rw,x=\\,"));
        assertThat(mount.path()).isEqualTo(Path.of("/run/a/b c\\\nd"));
    }

    @Test
    void readsAMountWithoutASource() throws IOException {
        MountPoint mount = MountTable.parse(TABLE).mounts().get(1);
        assertThat(mount.source()).isEmpty();
        assertThat(mount.superOptions()).isEqualTo("rw,size=4k");
        assertThat(mount.hasOption("nodev")).isTrue();
        assertThat(mount.hasOption("dev")).isFalse();
    }

    @Test
    void listsWhatIsBelowAFolderSoThatItCanBeUnmounted() throws IOException {
        assertThat(MountTable.parse(TABLE).below(Path.of("/run/a")))
                .extracting(MountPoint::id)
                .containsExactly(21, 32, 31, 30);
        assertThat(MountTable.parse(TABLE).below(Path.of("/run/a/b"))).isEmpty();
        assertThat(MountTable.parse(TABLE).below(Path.of("/"))).hasSize(6);
    }

    @Test
    void findsTheTopOfStackedMounts() throws IOException {
        MountTable table = MountTable.parse(TABLE);
        assertThat(table.at(Path.of("/run/a/b c\\\nd"))).map(MountPoint::type).hasValue("erofs");
        assertThat(table.at(Path.of("/run"))).isEmpty();
    }

    @Test
    void keepsBytesThatAreNoText() throws IOException {
        String line = "1 0 0:1 / /\u00ff\u00fe rw - tmpfs tmpfs rw\n";
        MountPoint mount = MountTable.parse(line).mounts().getFirst();
        assertThat(RawNames.of(mount.path())).isEqualTo("/\u00ff\u00fe");
    }

    @Test
    void survivesACircleOfParents() throws IOException {
        String circle =
                "1 2 0:1 / /a rw - tmpfs tmpfs rw\n2 1 0:2 / /a rw - tmpfs tmpfs rw\n"
                        + "3 3 0:3 / /b rw - tmpfs tmpfs rw";
        assertThat(MountTable.parse(circle).below(Path.of("/a"))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "1 2 0:1 / /a rw",
                "1 2 0 / /a rw - t t t",
                "x 2 0:1 / /a rw - t t t",
                "1 2 9999:1 / /a rw - t t t",
                "1 2 0:1 / /a - t t t"
            })
    void refusesLinesOfAnUnknownForm(String line) {
        assertThatThrownBy(() -> MountTable.parse(line))
                .isInstanceOf(IOException.class)
                .hasMessage("/proc/self/mountinfo has a line of an unknown form: " + line);
    }

    @Test
    void readsTheTableOfThisMachine() throws IOException {
        assertThat(MountTable.read().at(Path.of("/proc"))).map(MountPoint::type).hasValue("proc");
    }
}
