package dev.plinth.it.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plinth.core.layer.Data;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.LayerSummary;
import dev.plinth.core.layer.LayerWriter;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.layer.Xattrs;
import dev.plinth.core.snapshot.MountableLayer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Layers in folders of their own, as a store has them.
final class TestLayers {
    static final Timestamp TIME = new Timestamp(1_600_000_000, 5);

    private final Path folder;

    TestLayers(Path folder) {
        this.folder = folder;
    }

    /// Says what is in a layer.
    @FunctionalInterface
    interface Content {
        void writeTo(LayerWriter layer) throws IOException;
    }

    MountableLayer layer(Content content) throws IOException {
        Path temporary = Files.createTempDirectory(folder, "layer");
        List<Entry> entries = new ArrayList<>();
        LayerSummary summary;
        try (FileChannel tar =
                        FileChannel.open(
                                temporary.resolve("layer.tar"),
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE);
                LayerWriter writer = new LayerWriter(tar, entries::add)) {
            content.writeTo(writer);
            summary = writer.finish();
        }
        Path place = folder.resolve(summary.diffId().hex());
        if (Files.notExists(place)) {
            Files.move(temporary, place);
        }
        return new MountableLayer(
                summary.diffId(), place.resolve("layer.tar"), place, () -> FileTree.of(entries));
    }

    static void file(LayerWriter layer, String path, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        layer.add(
                Entry.emptyFile(TreePath.of(path), 0644, TIME),
                bytes.length,
                new ByteArrayInputStream(bytes));
    }

    static void folder(LayerWriter layer, String path) throws IOException {
        layer.add(Entry.directory(TreePath.of(path), 0755, TIME));
    }

    static Entry entry(String path, EntryType type, int mode, String link, Entry.Device device) {
        return new Entry(
                TreePath.of(path), type, mode, 7, 8, TIME, link, device, Xattrs.NONE, Data.NONE);
    }

    static Entry with(Entry entry, Map<String, byte[]> xattrs) {
        return new Entry(
                entry.path(),
                entry.type(),
                entry.mode(),
                entry.uid(),
                entry.gid(),
                entry.mtime(),
                entry.link(),
                entry.device(),
                Xattrs.of(xattrs),
                entry.data());
    }
}
