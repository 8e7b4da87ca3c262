package dev.plinth.it.snapshot;

import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.LayerFile;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.snapshot.MountableLayer;
import dev.plinth.core.snapshot.Snapshotter;
import dev.plinth.core.snapshot.SnapshotterChoice;
import dev.plinth.core.snapshot.SnapshotterKind;
import dev.plinth.linux.Errno;
import dev.plinth.linux.SyscallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Mounts and unmounts the same layers over and over, deriving everything anew each time, until it
/// is killed.
final class MountingProcess {
    private MountingProcess() {}

    /// @param args kind, folder of the layers, run folder, folder for what is written, name of a
    ///   root
    public static void main(String[] args) throws IOException {
        SnapshotterKind kind = SnapshotterKind.of(args[0]);
        Path store = Path.of(args[1]);
        Snapshotter snapshotter =
                SnapshotterChoice.of(store, Optional.of(kind)).open(Path.of(args[2]));
        Path written = Path.of(args[3]);
        List<MountableLayer> layers = layers(store);
        Snapshotter.Writable writable =
                new Snapshotter.Writable(
                        written.resolve(args[4] + "-upper"), written.resolve(args[4] + "-work"));
        while (true) {
            try {
                snapshotter.mount(args[4], layers, writable);
                System.out.println("mounted");
                snapshotter.unmount(args[4]);
            } catch (SyscallException e) {
                // The other process may have removed an index that was about to be mounted, which
                // nobody does but this test.
                if (e.errno() != Errno.ENOENT) {
                    throw e;
                }
            }
            for (MountableLayer layer : layers) {
                Files.deleteIfExists(layer.folder().resolve("implied-1"));
                Files.deleteIfExists(layer.folder().resolve("erofs-1"));
            }
        }
    }

    /// The layers in a folder, in the order of their names.
    static List<MountableLayer> layers(Path store) throws IOException {
        List<MountableLayer> layers = new ArrayList<>();
        try (var folders = Files.list(store)) {
            for (Path folder : folders.sorted().toList()) {
                Path tar = folder.resolve("layer.tar");
                layers.add(
                        new MountableLayer(
                                new Digest(
                                        Digest.Algorithm.SHA256, folder.getFileName().toString()),
                                tar,
                                folder,
                                () -> tree(tar)));
            }
        }
        return layers;
    }

    private static FileTree tree(Path tar) throws IOException {
        FileTree tree = new FileTree();
        try (LayerFile file = LayerFile.open(tar)) {
            file.entries(tree::add);
        }
        return tree;
    }
}
