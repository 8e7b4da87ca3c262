package dev.plinth.core.layer;

import static dev.plinth.core.layer.RawTar.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnersTest {
    private static final byte[] PASSWD =
            """
            root:x:0:0:root:/root:/bin/bash
            # a comment
            www-data:x:33:34:www-data:/var/www:/usr/sbin/nologin
            bad:x:many:1::/:
            minus:x:-1:1::/:
            huge:x:4294967295:1::/:
            short:x:5
            largest:x:4294967294:4294967294::/:

            www-data:x:99:99:again:/:
            jörg:x:1000:1001::/:"""
                    .getBytes(StandardCharsets.UTF_8);
    private static final byte[] GROUP = bytes("root:x:0:\nstaff:x:50:root,daemon\nbad:x:\n");

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "root, 0, 0",
        "www-data, 33, 34",
        "www-data:staff, 33, 50",
        "www-data:7, 33, 7",
        "55, 55, 55",
        "55:66, 55, 66",
        "55:staff, 55, 50",
        "0:0, 0, 0",
        "jörg, 1000, 1001",
        "largest, 4294967294, 4294967294",
        "4294967294, 4294967294, 4294967294"
    })
    void knowsNamesAndNumbers(String text, long uid, long gid) {
        assertThat(Owners.of(PASSWD, GROUP).owner(text)).isEqualTo(new Owners.Owner(uid, gid));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nobody", "bad", "minus", "huge", "short", "#", "4294967295", "-1", "staff"})
    void refusesUsersItDoesNotKnow(String name) {
        assertThatThrownBy(() -> Owners.of(PASSWD, GROUP).owner(name))
                .isInstanceOfSatisfying(
                        UnknownOwner.class, e -> assertThat(e.name()).isEqualTo(name))
                .hasMessageStartingWith("no such user: \"" + name + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"root:nobody", "0:bad", "0:www-data", "0:4294967295"})
    void refusesGroupsItDoesNotKnow(String text) {
        assertThatThrownBy(() -> Owners.of(PASSWD, GROUP).owner(text))
                .isInstanceOf(UnknownOwner.class)
                .hasMessageStartingWith(
                        "no such group: \"" + text.substring(text.indexOf(':') + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "root:", ":root", "a:b:c"})
    void refusesWhatIsNoOwner(String text) {
        assertThatThrownBy(() -> Owners.of(PASSWD, GROUP).owner(text))
                .isInstanceOf(UnknownOwner.class)
                .hasMessageStartingWith("not an owner: ");
    }

    @Test
    void knowsNumbersWithoutAnyFile() {
        assertThat(Owners.NONE.owner("12:34")).isEqualTo(new Owners.Owner(12, 34));
        assertThatThrownBy(() -> Owners.NONE.owner("root")).isInstanceOf(UnknownOwner.class);
    }

    private Owners owners(RawTar tar) throws IOException {
        Path file = Files.write(folder.resolve("layer.tar"), tar.end().bytes());
        try (LayerFile layer = LayerFile.open(file)) {
            FileTree tree = FileTree.of(tar.entries());
            return Owners.in(MergedTree.of(List.of(tree)), List.of(layer));
        }
    }

    @Test
    void readsTheFilesOfAnImage() throws IOException {
        RawTar tar =
                new RawTar()
                        .symlink("etc/passwd", "../../usr/share/passwd")
                        .file("usr/share/passwd", "app:x:7:8:::\n")
                        .file("etc/group", "app:x:9:\n");

        assertThat(owners(tar).owner("app:app")).isEqualTo(new Owners.Owner(7, 9));
    }

    @Test
    void takesWhatIsNoFileForAbsent() throws IOException {
        RawTar tar = new RawTar().folder("etc/passwd").symlink("etc/group", "/nowhere");

        assertThat(owners(tar).owner("1")).isEqualTo(new Owners.Owner(1, 1));
    }

    @Test
    void refusesFilesThatAreTooLarge() {
        RawTar tar =
                new RawTar()
                        .pax("GNU.sparse.size=99999999999", "GNU.sparse.map=0,0")
                        .file("etc/passwd", "");

        assertThatThrownBy(() -> owners(tar))
                .isInstanceOf(MalformedLayer.class)
                .hasMessageContaining("/etc/passwd");
    }
}
