package dev.plinth.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OverlayTest extends MountingTest {
    private static final int LAYERS = 127;

    /// The ways this kernel has: all of them, and those of older ones.
    static List<Overlay.Way> ways() throws IOException {
        List<Overlay.Way> ways = new ArrayList<>();
        for (Overlay.Way way : Overlay.Way.values()) {
            if (way.compareTo(Overlay.Way.of(KernelVersion.running())) >= 0) {
                ways.add(way);
            }
        }
        return ways;
    }

    private List<Overlay.Layer> layers(int count) throws IOException {
        List<Overlay.Layer> layers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path layer = folder(hostile, "layer, " + i);
            Files.writeString(layer.resolve("own" + i), "own");
            Files.writeString(layer.resolve("shared"), "layer " + i);
            layers.add(new Overlay.PathLayer(layer));
        }
        return layers;
    }

    private Overlay writable(List<Overlay.Layer> layers) throws IOException {
        var writable = new Overlay.Writable(folder(hostile, "up:per"), folder(hostile, "wo,rk"));
        return new Overlay(layers, Optional.of(writable), false);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void stacksManyLayersBelowAHostilePath(Overlay.Way way) throws IOException {
        Overlay overlay = writable(layers(LAYERS));
        Path target = folder(hostile, "merged");
        overlay.mountAt(target, Set.of(MountFlag.NO_DEVICES), way);

        for (int i = 0; i < LAYERS; i++) {
            assertThat(target.resolve("own" + i)).exists();
        }
        assertThat(target.resolve("shared")).hasContent("layer 0");
        Files.writeString(target.resolve("own5"), "changed");
        Files.delete(target.resolve("own6"));
        MountPoint mount = MountTable.read().at(target).orElseThrow();
        assertThat(mount.type()).isEqualTo("overlay");
        assertThat(mount.hasOption("nodev")).isTrue();
        Mounts.unmount(target, false);

        try (Folder upper = Folder.open(hostile.resolve("up:per"))) {
            assertThat(upper.status("own5").size()).isEqualTo(7);
            assertThat(upper.status("own6").isWhiteout()).isTrue();
            assertThat(upper.entries()).hasSize(2);
        }
        assertThat(hostile.resolve("layer, 5/own5")).hasContent("own");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void isReadOnlyWithoutAnUpperFolder(Overlay.Way way) throws IOException {
        Path target = folder(hostile, "merged");
        new Overlay(layers(2), Optional.empty(), false).mountAt(target, Set.of(), way);
        assertThat(target.resolve("own1")).exists();
        assertThatThrownBy(() -> Files.createFile(target.resolve("x")))
                .hasMessageContaining("Read-only file system");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void marksReplacedFoldersAsOpaque(Overlay.Way way) throws IOException {
        List<Overlay.Layer> layers = layers(2);
        Path dir = folder(hostile.resolve("layer, 1"), "dir");
        Files.createFile(dir.resolve("old"));
        Path target = folder(hostile, "merged");
        writable(layers).mountAt(target, Set.of(), way);
        Files.delete(target.resolve("dir/old"));
        Files.delete(target.resolve("dir"));
        Files.createDirectory(target.resolve("dir"));
        assertThat(Xattrs.of(hostile.resolve("up:per/dir")).value("trusted.overlay.opaque"))
                .hasValue(new byte[] {'y'});
        // The marks are for the upper folder only.
        assertThat(Xattrs.of(target.resolve("dir")).names()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void keepsItsMarksInUserAttributesIfAsked(Overlay.Way way) throws IOException {
        List<Overlay.Layer> layers = layers(2);
        folder(hostile.resolve("layer, 1"), "dir");
        Overlay plain = writable(layers);
        Path target = folder(hostile, "merged");
        new Overlay(layers, plain.writable(), true).mountAt(target, Set.of(), way);
        Files.delete(target.resolve("dir"));
        Files.createDirectory(target.resolve("dir"));
        assertThat(Xattrs.of(hostile.resolve("up:per/dir")).names())
                .contains("user.overlay.opaque")
                .doesNotContain("trusted.overlay.opaque");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void followsNoRedirectOfAHostileLayer(Overlay.Way way) throws IOException {
        List<Overlay.Layer> layers = layers(2);
        Path secret = folder(hostile.resolve("layer, 1"), "secret");
        Files.createFile(secret.resolve("found"));
        Path bait = folder(hostile.resolve("layer, 0"), "bait");
        Xattrs.of(bait).set("trusted.overlay.redirect", RawNames.bytes("/secret"));
        Path target = folder(hostile, "merged");
        writable(layers).mountAt(target, Set.of(), way);
        assertThat(target.resolve("secret/found")).exists();
        // The folder that lies is refused altogether.
        assertThatThrownBy(() -> Files.size(target.resolve("bait")))
                .hasMessageContaining("Operation not permitted");
    }

    @Test
    void takesMountsThatAreAttachedNowhere() throws IOException {
        Needs.kernel(6, 15);
        Path target = folder(hostile, "merged");
        try (MountHandle one = Mounts.tmpfs(1 << 20, 0755, Set.of());
                MountHandle two = Mounts.tmpfs(1 << 20, 0755, Set.of());
                Folder top = one.root();
                Folder bottom = two.root()) {
            top.create("top", 0644).close();
            bottom.create("bottom", 0644).close();
            Overlay overlay =
                    writable(List.of(new Overlay.MountLayer(one), new Overlay.MountLayer(two)));
            try (MountHandle mount = overlay.mount(Set.of());
                    Folder root = mount.root()) {
                assertThat(root.entries())
                        .extracting(Folder.Entry::name)
                        .containsExactlyInAnyOrder("top", "bottom");
                mount.attach(target);
            }
        }
        // The layers live on in the overlay.
        assertThat(target.resolve("top")).exists();
        assertThat(target.resolve("bottom")).exists();
        assertThat(MountTable.read().below(temporary)).hasSize(1);
    }

    @Test
    void tellsWhatTheKernelSaidAboutAFailure() throws IOException {
        Path file = Files.createFile(hostile.resolve("file"));
        Overlay noFolder =
                new Overlay(
                        List.of(new Overlay.PathLayer(file), new Overlay.PathLayer(file)),
                        Optional.empty(),
                        false);
        assertThatThrownBy(() -> noFolder.mount(Set.of()))
                .isInstanceOfSatisfying(
                        SyscallException.class,
                        e -> assertThat(e.errno()).isEqualTo(Errno.ENOTDIR));
        Path upper = folder(hostile, "upper");
        Overlay sameWork =
                new Overlay(layers(1), Optional.of(new Overlay.Writable(upper, upper)), false);
        assertThatThrownBy(() -> sameWork.mount(Set.of()))
                .isInstanceOf(SyscallException.class)
                .hasMessageStartingWith("fsconfig overlay");
    }

    @Test
    void refusesTooManyLayersForOneOptionString() throws IOException {
        Overlay overlay = writable(layers(260));
        Path target = folder(hostile, "merged");
        assertThatThrownBy(() -> overlay.mountAt(target, Set.of(), Overlay.Way.OPTIONS))
                .isInstanceOf(SyscallException.class)
                .hasMessageContaining("260 layers do not fit in one page of options");
    }

    @Test
    void refusesWhatIsNoOverlay() throws IOException {
        List<Overlay.Layer> one = layers(1);
        assertThatThrownBy(() -> new Overlay(one, Optional.empty(), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writable(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
