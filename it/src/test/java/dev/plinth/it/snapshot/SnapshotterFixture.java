package dev.plinth.it.snapshot;

import dev.plinth.core.snapshot.MountableLayer;
import dev.plinth.core.snapshot.Snapshotter;
import dev.plinth.core.snapshot.Snapshotter.Writable;
import dev.plinth.core.snapshot.SnapshotterChoice;
import dev.plinth.core.snapshot.SnapshotterKind;
import dev.plinth.linux.FileStatus;
import dev.plinth.linux.Folder;
import dev.plinth.linux.MountPoint;
import dev.plinth.linux.MountTable;
import dev.plinth.linux.Mounts;
import dev.plinth.linux.RootedFolder;
import dev.plinth.testkit.needs.NeedsRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A snapshotter of one kind with layers and a run folder, all in folders with difficult names.
@NeedsRoot
abstract class SnapshotterFixture {
    @TempDir Path temp;

    Path run;
    TestLayers layers;
    Snapshotter snapshotter;

    abstract SnapshotterKind kind();

    @BeforeEach
    void begin() throws IOException {
        Path real = temp.toRealPath();
        // Characters that options of a mount, or a list of layers, would be cut at.
        Path store = Files.createDirectories(real.resolve("a store, with: all \\ of it"));
        run = real.resolve("a run, folder: too");
        layers = new TestLayers(store);
        snapshotter = snapshotter();
    }

    Snapshotter snapshotter() throws IOException {
        return SnapshotterChoice.of(temp, Optional.of(kind())).open(run);
    }

    @AfterEach
    void end() throws IOException {
        Mounts.unmountAll(run, true);
    }

    Writable writable(String name) {
        return new Writable(temp.resolve(name + "-upper"), temp.resolve(name + "-work"));
    }

    Path mount(String name, MountableLayer... stack) throws IOException {
        return snapshotter.mount(name, List.of(stack), writable(name));
    }

    static FileStatus status(Path root, String path) throws IOException {
        try (RootedFolder folder = RootedFolder.open(root);
                var node = folder.node(path)) {
            return node.status();
        }
    }

    static List<String> names(Path root, String path) throws IOException {
        try (RootedFolder rooted = RootedFolder.open(root);
                Folder folder = rooted.folder(path)) {
            return folder.entries().stream().map(Folder.Entry::name).sorted().toList();
        }
    }

    List<MountPoint> layerMounts() throws IOException {
        Path parts = run.resolve("layers");
        return MountTable.read().mounts().stream()
                .filter(m -> parts.equals(m.path().getParent()))
                .toList();
    }

    static void deleteTree(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
