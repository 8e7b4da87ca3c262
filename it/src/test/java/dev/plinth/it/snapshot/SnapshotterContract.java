package dev.plinth.it.snapshot;

import static dev.plinth.it.snapshot.TestLayers.entry;
import static dev.plinth.it.snapshot.TestLayers.file;
import static dev.plinth.it.snapshot.TestLayers.folder;
import static dev.plinth.it.snapshot.TestLayers.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.snapshot.MountableLayer;
import dev.plinth.core.snapshot.Snapshotter;
import dev.plinth.core.snapshot.TooManyLayers;
import dev.plinth.linux.FileStatus;
import dev.plinth.linux.MountTable;
import dev.plinth.linux.Mounts;
import dev.plinth.linux.Timestamp;
import dev.plinth.linux.Xattrs;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What holds for every way to mount layers.
abstract class SnapshotterContract extends SnapshotterFixture {
    @Test
    void isOfTheKindAskedFor() {
        assertThat(snapshotter.kind()).isEqualTo(kind());
    }

    @Test
    void showsWhatLayersAmountToWithTheHighestOnTop() throws IOException {
        Path root =
                mount(
                        "one",
                        layers.layer(
                                l -> {
                                    folder(l, "etc");
                                    file(l, "etc/a", "low");
                                    file(l, "etc/b", "low");
                                    file(l, "gone", "low");
                                    folder(l, "gone too");
                                    file(l, "gone too/x", "low");
                                    folder(l, "opaque");
                                    file(l, "opaque/low", "low");
                                }),
                        layers.layer(
                                l -> {
                                    folder(l, "etc");
                                    file(l, "etc/b", "high");
                                    l.hide(TreePath.of("gone"), TestLayers.TIME);
                                    l.hide(TreePath.of("gone too"), TestLayers.TIME);
                                    folder(l, "opaque");
                                    l.hideContent(TreePath.of("opaque"), TestLayers.TIME);
                                    file(l, "opaque/high", "high");
                                    folder(l, "new");
                                    l.hide(TreePath.of("new/nothing"), TestLayers.TIME);
                                }));

        assertThat(names(root, "")).containsExactly("etc", "new", "opaque");
        assertThat(names(root, "opaque")).containsExactly("high");
        assertThat(names(root, "new")).isEmpty();
        assertThat(root.resolve("etc/a")).hasContent("low");
        assertThat(root.resolve("etc/b")).hasContent("high");
    }

    @Test
    void keepsAttributesOfEveryKind() throws IOException {
        Map<String, byte[]> xattrs =
                Map.of(
                        "user.a", new byte[] {1, 2},
                        "trusted.overlay.redirect", new byte[] {'/', 'b'});
        Path root =
                mount(
                        "one",
                        layers.layer(
                                l -> {
                                    l.add(
                                            with(
                                                    entry(
                                                            "a",
                                                            EntryType.DIRECTORY,
                                                            03750,
                                                            "",
                                                            Entry.Device.NONE),
                                                    xattrs));
                                    l.add(
                                            entry(
                                                    "a/null",
                                                    EntryType.CHARACTER_DEVICE,
                                                    0666,
                                                    "",
                                                    new Entry.Device(1, 3)));
                                    l.add(
                                            entry(
                                                    "a/link",
                                                    EntryType.SYMLINK,
                                                    0777,
                                                    "../../../b/x",
                                                    Entry.Device.NONE));
                                    l.add(
                                            entry(
                                                    "a/fifo",
                                                    EntryType.FIFO,
                                                    0600,
                                                    "",
                                                    Entry.Device.NONE));
                                    l.add(
                                            entry(
                                                    "a/suid",
                                                    EntryType.FILE,
                                                    06755,
                                                    "",
                                                    Entry.Device.NONE));
                                    l.add(
                                            entry(
                                                    "hard",
                                                    EntryType.HARDLINK,
                                                    0,
                                                    "a/suid",
                                                    Entry.Device.NONE));
                                    folder(l, "b");
                                    file(l, "b/x", "not here");
                                }));

        FileStatus folder = status(root, "a");
        assertThat(folder.mode()).isEqualTo(03750);
        assertThat(folder.uid()).isEqualTo(7);
        assertThat(folder.gid()).isEqualTo(8);
        assertThat(folder.modified()).isEqualTo(new Timestamp(1_600_000_000, 5));
        assertThat(names(root, "a")).containsExactly("fifo", "link", "null", "suid");
        var seen = Xattrs.of(root.resolve("a")).all();
        assertThat(seen).containsEntry("user.a", new byte[] {1, 2});
        // Escaped attributes are shown to those inside from Linux 6.7 on.
        assertThat(seen.keySet()).isSubsetOf("user.a", "trusted.overlay.redirect");
        assertThat(status(root, "a/suid").mode()).isEqualTo(06755);
        assertThat(status(root, "a/suid").links()).isEqualTo(2);
        assertThat(status(root, "hard").mode()).isEqualTo(06755);
        assertThat(status(root, "a/link").uid()).isEqualTo(7);
        assertThat(Files.readSymbolicLink(root.resolve("a/link"))).hasToString("../../../b/x");
        try (var device = new FileInputStream(root.resolve("a/null").toFile())) {
            assertThat(device.read()).as("the end of /dev/null").isEqualTo(-1);
        }
    }

    @Test
    void programsInALayerRun() throws Exception {
        Path root =
                mount(
                        "one",
                        layers.layer(
                                l -> {
                                    byte[] script = "#!/bin/sh\necho it runs\n".getBytes(UTF_8);
                                    l.add(
                                            Entry.emptyFile(
                                                    TreePath.of("run"), 0755, TestLayers.TIME),
                                            script.length,
                                            new ByteArrayInputStream(script));
                                }));
        Process process = new ProcessBuilder(root.resolve("run").toString()).start();

        assertThat(process.inputReader().readLine()).isEqualTo("it runs");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void foldersOnlyImpliedByALayerKeepWhatTheLayersBelowSay() throws IOException {
        MountableLayer low =
                layers.layer(
                        l -> {
                            l.add(
                                    with(
                                            entry(
                                                    "tmp",
                                                    EntryType.DIRECTORY,
                                                    01777,
                                                    "",
                                                    Entry.Device.NONE),
                                            Map.of("user.a", new byte[] {1})));
                            l.add(entry("gone", EntryType.DIRECTORY, 0700, "", Entry.Device.NONE));
                            l.add(
                                    entry(
                                            "opaque",
                                            EntryType.DIRECTORY,
                                            0711,
                                            "",
                                            Entry.Device.NONE));
                            l.add(
                                    entry(
                                            "opaque/in",
                                            EntryType.DIRECTORY,
                                            0700,
                                            "",
                                            Entry.Device.NONE));
                        });
        MountableLayer middle =
                layers.layer(
                        l -> {
                            file(l, "tmp/middle", "m");
                            l.hide(TreePath.of("gone"), TestLayers.TIME);
                            l.hideContent(TreePath.of("opaque"), TestLayers.TIME);
                        });
        MountableLayer high =
                layers.layer(
                        l -> {
                            file(l, "tmp/high", "h");
                            file(l, "gone/new", "n");
                            file(l, "opaque/in/new", "n");
                        });

        Path root = mount("one", low, middle, high);
        Path alone = mount("two", high);

        assertThat(status(root, "tmp").mode()).isEqualTo(01777);
        assertThat(status(root, "tmp").uid()).isEqualTo(7);
        assertThat(status(root, "tmp").modified().seconds()).isEqualTo(1_600_000_000);
        assertThat(Xattrs.of(root.resolve("tmp")).all()).containsOnlyKeys("user.a");
        assertThat(names(root, "tmp")).containsExactly("high", "middle");
        assertThat(status(root, "gone").mode()).isEqualTo(0755);
        assertThat(status(root, "gone").uid()).isZero();
        assertThat(status(root, "opaque").mode()).isEqualTo(0711);
        assertThat(status(root, "opaque/in").mode()).isEqualTo(0755);
        assertThat(status(alone, "tmp").mode()).isEqualTo(0755);
    }

    @Test
    void rootHasTheAttributesOfTheHighestLayerThatDescribesIt() throws IOException {
        MountableLayer low =
                layers.layer(
                        l ->
                                l.add(
                                        with(
                                                entry(
                                                        "",
                                                        EntryType.DIRECTORY,
                                                        0751,
                                                        "",
                                                        Entry.Device.NONE),
                                                Map.of("user.r", new byte[] {1}))));
        MountableLayer high = layers.layer(l -> file(l, "x", "x"));

        Path root = mount("one", low, high);
        Path plain = mount("two", high);

        assertThat(status(root, "").mode()).isEqualTo(0751);
        assertThat(status(root, "").gid()).isEqualTo(8);
        assertThat(status(root, "").modified()).isEqualTo(new Timestamp(1_600_000_000, 5));
        assertThat(Xattrs.of(root).all()).containsOnlyKeys("user.r");
        assertThat(status(plain, "").mode()).isEqualTo(0755);
        assertThat(status(plain, "").modified()).isEqualTo(new Timestamp(0, 0));
    }

    @Test
    void whatIsWrittenIsThereAgainAndNowhereElse() throws IOException {
        MountableLayer layer =
                layers.layer(
                        l -> {
                            folder(l, "d");
                            file(l, "d/a", "a");
                            file(l, "d/b", "b");
                        });
        Path root = mount("one", layer);
        Files.writeString(root.resolve("d/a"), "changed");
        Files.delete(root.resolve("d/b"));
        Files.writeString(root.resolve("new"), "new");
        snapshotter.unmount("one");
        assertThat(root).doesNotExist();
        assertThat(snapshotter.mounted()).isEmpty();

        Path again = mount("one", layer);
        Path other = mount("two", layer);

        assertThat(again.resolve("d/a")).hasContent("changed");
        assertThat(again.resolve("d/b")).doesNotExist();
        assertThat(again.resolve("new")).hasContent("new");
        assertThat(names(other, "d")).containsExactly("a", "b");
        assertThat(other.resolve("d/a")).hasContent("a");
        assertThat(snapshotter.mounted()).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void mountingAndUnmountingAgainChangesNothing() throws IOException {
        MountableLayer layer = layers.layer(l -> file(l, "a", "a"));
        Path root = mount("one", layer);
        int before = MountTable.read().mounts().size();

        assertThat(mount("one", layer)).isEqualTo(root);
        assertThat(MountTable.read().mounts()).hasSize(before);
        snapshotter.unmount("one");
        snapshotter.unmount("one");
        snapshotter.unmount("never-there");
    }

    @Test
    void rootInUseDisappearsAtOnce() throws IOException {
        Path root = mount("one", layers.layer(l -> file(l, "a", "still here")));
        try (RandomAccessFile open = new RandomAccessFile(root.resolve("a").toFile(), "r")) {
            snapshotter.unmount("one");

            assertThat(root).doesNotExist();
            assertThat(open.readLine()).isEqualTo("still here");
        }
    }

    @Test
    void noLayersAreAnEmptyRoot() throws IOException {
        Path root = mount("one");

        assertThat(names(root, "")).isEmpty();
        Files.writeString(root.resolve("a"), "a");
        assertThat(root.resolve("a")).hasContent("a");
    }

    @Test
    void emptyLayersAndRepeatedOnesAreFine() throws IOException {
        MountableLayer empty = layers.layer(l -> {});
        MountableLayer a = layers.layer(l -> file(l, "f", "a"));
        MountableLayer b =
                layers.layer(
                        l -> {
                            l.hide(TreePath.of("f"), TestLayers.TIME);
                            file(l, "g", "b");
                        });

        Path root = mount("one", empty, a, empty, b, a, empty);

        assertThat(names(root, "")).containsExactly("f", "g");
        assertThat(root.resolve("f")).hasContent("a");
    }

    @Test
    void stacks127Layers() throws IOException {
        List<MountableLayer> stack = new ArrayList<>();
        for (int i = 0; i < 127; i++) {
            int n = i;
            stack.add(
                    layers.layer(
                            l -> {
                                file(l, "common", "of " + n);
                                file(l, "implied/file" + n, "text " + n);
                            }));
        }

        Path root = mount("one", stack.toArray(MountableLayer[]::new));

        assertThat(root.resolve("common")).hasContent("of 126");
        assertThat(names(root, "implied")).hasSize(127);
        assertThat(root.resolve("implied/file0")).hasContent("text 0");
        assertThat(root.resolve("implied/file77")).hasContent("text 77");
    }

    @Test
    void refusesMoreLayersThanTheKernelStacks() throws IOException {
        List<MountableLayer> stack = new ArrayList<>();
        for (int i = 0; i < 501; i++) {
            int n = i;
            stack.add(
                    new MountableLayer(
                            Digest.sha256(new byte[] {(byte) n, (byte) (n >> 8)}),
                            temp,
                            temp,
                            FileTree::new));
        }

        assertThatThrownBy(() -> mount("one", stack.toArray(MountableLayer[]::new)))
                .isInstanceOf(TooManyLayers.class)
                .hasMessage(
                        "cannot mount 501 layers: the kernel puts at most 500 on top of each other");
        assertThat(snapshotter.mounted()).isEmpty();
    }

    @Test
    void startsAnewWhereTheRunFolderVanished() throws IOException {
        MountableLayer layer = layers.layer(l -> file(l, "a", "a"));
        mount("one", layer);
        Mounts.unmountAll(run, true);
        deleteTree(run);

        assertThat(snapshotter.mounted()).isEmpty();
        snapshotter.unmountUnusedLayers();
        assertThat(mount("one", layer).resolve("a")).hasContent("a");
    }

    @Test
    void makesAgainWhatWasDerivedAndIsGone() throws IOException {
        MountableLayer layer = layers.layer(l -> file(l, "a", "a"));
        snapshotter.prepare(layer);
        try (var files = Files.list(layer.folder())) {
            for (Path file : files.filter(f -> !f.equals(layer.tar())).toList()) {
                Files.delete(file);
            }
        }

        assertThat(mount("one", layer).resolve("a")).hasContent("a");
    }

    @Test
    void leavesNothingTemporaryBesideALayer() throws IOException {
        MountableLayer layer = layers.layer(l -> file(l, "a", "a"));
        mount("one", layer);

        try (var files = Files.list(layer.folder())) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    @Test
    void manyAtOnceShareWhatOneOfThemMade() throws Exception {
        List<MountableLayer> stack = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int n = i;
            stack.add(layers.layer(l -> file(l, "tmp/f" + n, "text" + n)));
        }
        List<Callable<Path>> mounts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String name = "root" + i;
            // Every other one as if it were of another process.
            Snapshotter own = i % 2 == 0 ? snapshotter : snapshotter();
            mounts.add(() -> own.mount(name, stack, writable(name)));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Path> root : threads.invokeAll(mounts)) {
                assertThat(names(root.get(), "tmp")).hasSize(6);
            }
        }

        assertThat(layerMounts().size()).isLessThanOrEqualTo(6);
        assertThat(snapshotter.mounted()).hasSize(8);
    }
}
