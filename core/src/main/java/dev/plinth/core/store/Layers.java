package dev.plinth.core.store;

import dev.plinth.core.layer.EntryIndex;
import dev.plinth.core.layer.EntrySink;
import dev.plinth.core.layer.LayerSummary;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Layers by diff ID: for each a folder with its uncompressed tar and what was derived from it.
public final class Layers {
    private final Store store;
    private final Path folder;

    Layers(Store store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    /// Writes the tar of a layer.
    @FunctionalInterface
    public interface Source {
        /// Writes the tar into `tar`, an empty file, and tells each entry to `entries` in the order
        /// of the tar.
        LayerSummary writeTo(FileChannel tar, EntrySink entries) throws IOException;
    }

    /// A layer that was added.
    ///
    /// @param wasHere whether the store had it already, so that what was written is dropped
    public record Added(StoredLayer layer, LayerSummary summary, boolean wasHere) {}

    public boolean contains(Digest diffId) {
        return Files.exists(folder(diffId).resolve(StoredLayer.TAR));
    }

    public Optional<StoredLayer> find(Digest diffId) throws IOException {
        Path place = folder(diffId);
        return Files.exists(place.resolve(StoredLayer.TAR))
                ? Optional.of(new StoredLayer(diffId, place))
                : Optional.empty();
    }

    /// The layer, which an image says is here.
    ///
    /// @throws MissingContent if it is not
    public StoredLayer require(Digest diffId) throws IOException {
        return find(diffId).orElseThrow(() -> new MissingContent("layer", diffId));
    }

    /// Puts the layer that `source` writes into the store, kept by `lease`. It is on the disk
    /// afterwards, and if `source` fails nothing of it is left.
    public Added add(Source source, Lease lease) throws IOException {
        Path temporary = Files.createDirectory(lease.temporary());
        boolean published = false;
        try {
            LayerSummary summary;
            Path tarPath = temporary.resolve(StoredLayer.TAR);
            try (FileChannel tar = create(tarPath);
                    FileChannel index = create(temporary.resolve(EntryIndex.FILE_NAME))) {
                EntryIndex.Writer entries = new EntryIndex.Writer(index);
                summary = source.writeTo(tar, entries);
                entries.finish(summary);
                lease.keep(summary.diffId());
                if (contains(summary.diffId())) {
                    return new Added(require(summary.diffId()), summary, true);
                }
                // The list of entries is derived from the tar and carries a checksum: it is made
                // again if a power failure takes it, so only the tar waits for the disk.
                tar.force(true);
            }
            published = publish(temporary, summary.diffId(), lease);
            if (published) {
                lease.added(summary.diffId());
            }
            return new Added(require(summary.diffId()), summary, !published);
        } catch (IOException e) {
            throw Durable.named(e, store.root());
        } finally {
            if (!published) {
                Durable.remove(temporary);
            }
        }
    }

    private boolean publish(Path temporary, Digest diffId, Lease lease) throws IOException {
        Path place = folder(diffId);
        try (var _ = store.lock().shared()) {
            Durable.createFolders(Durable.folderOf(place));
            Durable.sync(temporary);
            if (Files.exists(place) && !contains(diffId)) {
                // What is left of a damaged layer.
                Files.move(place, lease.temporary());
            }
            Durable.publish(temporary, place);
            return true;
        } catch (FileSystemException e) {
            if (contains(diffId)) {
                // Another process was faster; a layer is never replaced.
                return false;
            }
            throw e;
        }
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    Path folder(Digest diffId) {
        return folder.resolve(diffId.algorithm().id()).resolve(diffId.hex());
    }
}
