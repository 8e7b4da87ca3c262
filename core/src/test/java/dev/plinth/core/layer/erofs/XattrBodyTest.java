package dev.plinth.core.layer.erofs;

import static dev.plinth.core.layer.erofs.Trees.bytes;
import static dev.plinth.core.layer.erofs.Trees.empty;
import static dev.plinth.core.layer.erofs.Trees.folder;
import static dev.plinth.core.layer.erofs.Trees.read;
import static dev.plinth.core.layer.erofs.Trees.symlink;
import static dev.plinth.core.layer.erofs.Trees.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.layer.MalformedLayer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class XattrBodyTest {
    @Test
    void keepsTheNamespacesTheKernelKnows() {
        Map<String, byte[]> xattrs =
                Map.of(
                        "user.\377", bytes("\0\1\377"),
                        "trusted.t", bytes(""),
                        "security.capability", bytes("12345"));
        ImageReader image = read(with(empty("f"), xattrs));

        assertThat(image.find("f").xattrs())
                .containsOnly(
                        Map.entry("user.\377", "\0\1\377"),
                        Map.entry("trusted.t", ""),
                        Map.entry("security.capability", "12345"));
    }

    @Test
    void keepsAccessListsUnderTheirOwnNumbers() {
        Map<String, byte[]> xattrs =
                Map.of(
                        "system.posix_acl_access", bytes("\2\0\0\0a"),
                        "system.posix_acl_default", bytes("\2\0\0\0d"));
        ImageReader image = read(with(folder("d"), xattrs), with(empty("f"), xattrs));

        assertThat(image.find("d").xattrs())
                .containsOnly(
                        Map.entry("system.posix_acl_access", "\2\0\0\0a"),
                        Map.entry("system.posix_acl_default", "\2\0\0\0d"));
        assertThat(image.find("f").xattrs())
                .containsOnly(Map.entry("system.posix_acl_access", "\2\0\0\0a"));
    }

    @Test
    void dropsWhatNoInodeOfTheKernelCanHave() {
        Map<String, byte[]> xattrs =
                Map.of(
                        "com.apple.quarantine", bytes("x"),
                        "system.nfs4_acl", bytes("x"),
                        "user.", bytes("x"),
                        "security.a\0b", bytes("x"),
                        "user.kept", bytes("x"));
        ImageReader image = read(with(empty("f"), xattrs), with(symlink("l", "f"), xattrs));

        assertThat(image.find("f").xattrs()).containsOnlyKeys("user.kept");
        assertThat(image.find("l").xattrs()).isEmpty();
    }

    @Test
    void escapesWhatIsMeantForOverlayfs() {
        Map<String, byte[]> xattrs =
                Map.of(
                        "trusted.overlay.redirect", bytes("/etc"),
                        "trusted.overlay.overlay.opaque", bytes("y"),
                        "trusted.overlayed", bytes("z"));
        ImageReader image = read(with(folder("d"), xattrs), empty("d/.wh..wh..opq"));

        assertThat(image.find("d").xattrs())
                .containsOnly(
                        Map.entry("trusted.overlay.opaque", "y"),
                        Map.entry("trusted.overlay.overlay.redirect", "/etc"),
                        Map.entry("trusted.overlay.overlay.overlay.opaque", "y"),
                        Map.entry("trusted.overlayed", "z"));
    }

    @Test
    void keepsTheLargestAttributesAndRefusesLargerOnes() {
        byte[] value = new byte[65_535];
        String name = "user." + "n".repeat(250);
        ImageReader image = read(with(empty("f"), Map.of(name, value)));

        assertThat(image.find("f").xattrs().get(name)).hasSize(65_535);
        assertThatThrownBy(() -> read(with(empty("f"), Map.of(name + "n", value))))
                .isInstanceOf(MalformedLayer.class)
                .hasMessageContaining("a name of 256 and a value of 65535 bytes");
        assertThatThrownBy(() -> read(with(empty("f"), Map.of("user.a", new byte[65_536]))))
                .isInstanceOf(MalformedLayer.class);
    }

    @Test
    void refusesMoreAttributesThanAnInodeCanCount() {
        Map<String, byte[]> xattrs = new HashMap<>();
        for (int i = 0; i < 5; i++) {
            xattrs.put("user." + i, new byte[60_000]);
        }

        assertThatThrownBy(() -> read(with(empty("f"), xattrs)))
                .isInstanceOf(MalformedLayer.class)
                .hasMessage("f has more than 262148 bytes of extended attributes");
    }
}
