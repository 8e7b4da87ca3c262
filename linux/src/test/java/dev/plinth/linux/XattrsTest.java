package dev.plinth.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XattrsTest {
    @TempDir Path folder;
    private Xattrs xattrs;

    @BeforeEach
    void makeFile() throws IOException {
        xattrs = Xattrs.of(Files.createFile(folder.resolve("file")));
    }

    @Test
    void keepsNamesAndValuesOfEveryNamespace() throws IOException {
        Needs.root();
        // cap_net_raw+ep, version 2.
        byte[] capability = {1, 0, 0, 2, 0, 32, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        xattrs.set("user.b", new byte[] {0, 1, (byte) 0xff});
        xattrs.set("user.a", new byte[0]);
        xattrs.set("trusted.overlay.opaque", new byte[] {'y'});
        xattrs.set("security.capability", capability);
        assertThat(xattrs.names())
                .containsExactly(
                        "security.capability", "trusted.overlay.opaque", "user.a", "user.b");
        assertThat(xattrs.all())
                .containsEntry("user.b", new byte[] {0, 1, (byte) 0xff})
                .containsEntry("user.a", new byte[0])
                .containsEntry("security.capability", capability);
    }

    @Test
    void replacesAndRemoves() throws IOException {
        xattrs.set("user.a", new byte[] {1});
        xattrs.set("user.a", new byte[] {2, 3});
        assertThat(xattrs.value("user.a")).hasValue(new byte[] {2, 3});
        assertThat(xattrs.remove("user.a")).isTrue();
        assertThat(xattrs.remove("user.a")).isFalse();
        assertThat(xattrs.value("user.a")).isEmpty();
        assertThat(xattrs.all()).isEmpty();
    }

    @Test
    void readsLongValuesAndManyNames() throws IOException {
        // One block of ext4 holds them all.
        xattrs.set("user.long", new byte[2000]);
        for (int i = 0; i < 40; i++) {
            xattrs.set("user.name-which-is-somewhat-long-" + i, new byte[] {(byte) i});
        }
        assertThat(xattrs.names()).hasSize(41);
        assertThat(xattrs.all()).hasSize(41).containsEntry("user.long", new byte[2000]);
    }

    @Test
    void hasNoneWhereTheFileSystemHasNone() throws IOException {
        assertThat(Xattrs.of(Path.of("/proc/version")).all()).isEmpty();
    }

    @Test
    void doesNotFollowASymbolicLink() throws IOException {
        xattrs.set("user.a", new byte[] {1});
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));
        assertThat(Xattrs.of(link).names()).isEmpty();
        assertThatThrownBy(() -> Xattrs.of(link).set("user.b", new byte[1]))
                .isInstanceOfSatisfying(
                        SyscallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPERM));
    }

    @Test
    void saysWhichAttributeCouldNotBeSet() {
        assertThatThrownBy(() -> xattrs.set("nonsense", new byte[1]))
                .isInstanceOf(SyscallException.class)
                .hasMessageStartingWith("lsetxattr nonsense of " + folder);
    }
}
