package dev.plinth.core.build;

import dev.plinth.core.build.files.LayerContent;
import dev.plinth.core.build.solve.LayerStore;
import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.LayerFile;
import dev.plinth.core.layer.LayerSummary;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// Keeps layers as files in a folder of a test, and what is in them in memory.
final class LayersInFolder implements LayerStore {
    private final Path folder;
    private final Map<Digest, FileTree> trees = new HashMap<>();
    private final Map<Digest, Path> tars = new HashMap<>();
    private int added;

    LayersInFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public synchronized boolean keep(Digest diffId) {
        return trees.containsKey(diffId);
    }

    @Override
    public synchronized LayerContent open(Digest diffId) throws IOException {
        FileTree tree = Objects.requireNonNull(trees.get(diffId), "no such layer");
        Path tar = Objects.requireNonNull(tars.get(diffId), "no such layer");
        return new LayerContent(tree, LayerFile.open(tar));
    }

    @Override
    public synchronized LayerSummary add(Source source) throws IOException {
        Path tar = folder.resolve("layer-" + added++);
        FileTree tree = new FileTree();
        try (FileChannel out =
                FileChannel.open(tar, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            LayerSummary layer = source.writeTo(out, tree::add);
            trees.put(layer.diffId(), tree);
            tars.put(layer.diffId(), tar);
            return layer;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(tar);
            throw e;
        }
    }

    /// Forgets a layer, as a collection of garbage does.
    synchronized void remove(Digest diffId) {
        trees.remove(diffId);
    }

    /// How many layers were written.
    synchronized int added() {
        return added;
    }
}
