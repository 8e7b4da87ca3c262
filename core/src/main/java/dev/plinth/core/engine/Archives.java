package dev.plinth.core.engine;

import dev.plinth.core.layer.UnpackedStream;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.reference.ImageReference;
import dev.plinth.core.store.ArchiveReader;
import dev.plinth.core.store.ArchiveWriter;
import dev.plinth.core.store.Lease;
import dev.plinth.core.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Images out to one file and in again: `save` and `load`.
public final class Archives {
    private final Store store;
    private final Images images;

    Archives(Store store, Images images) {
        this.store = store;
        this.images = images;
    }

    /// An image that was loaded.
    ///
    /// @param names what it is called now; empty if the archive had no name for it
    public record Loaded(Digest id, List<ImageReference> names) {
        public Loaded {
            names = List.copyOf(names);
        }
    }

    /// Writes the images that `names` mean, each under the names that were asked for, as one tar
    /// that is an OCI image layout and a docker archive at once. A name without tag or digest means
    /// all tags of the repository.
    public void save(List<String> names, OutputStream out) throws IOException {
        try (Lease lease = store.lease()) {
            Map<Digest, Image> chosen = new LinkedHashMap<>();
            Map<Digest, List<ImageReference>> calledAs = new LinkedHashMap<>();
            for (String name : names) {
                for (Images.Match match : images.matching(name, lease)) {
                    Digest target = match.image().target().digest();
                    chosen.put(target, match.image());
                    List<ImageReference> own =
                            calledAs.computeIfAbsent(target, _ -> new ArrayList<>());
                    match.name().filter(n -> !own.contains(n)).ifPresent(own::add);
                }
            }
            List<ArchiveWriter.Saved> saved = new ArrayList<>();
            for (Map.Entry<Digest, Image> entry : chosen.entrySet()) {
                Image image = entry.getValue();
                saved.add(
                        new ArchiveWriter.Saved(
                                image.target(),
                                image.manifest(),
                                calledAs.getOrDefault(entry.getKey(), List.of())));
            }
            ArchiveWriter.write(store, saved, out);
        }
    }

    /// Reads all images of an archive, which may be compressed. They get their names when all of it
    /// was read and is sound; until then nothing has changed.
    ///
    /// @throws dev.plinth.core.store.MalformedArchive if there are none, or not whole
    public List<Loaded> load(InputStream in) throws IOException {
        try (Lease lease = store.lease();
                InputStream tar = UnpackedStream.of(in)) {
            return images.orUndo(lease, () -> load(tar, lease));
        }
    }

    private List<Loaded> load(InputStream tar, Lease lease) throws IOException {
        List<ArchiveReader.Loaded> read = ArchiveReader.read(tar, store, lease);
        for (ArchiveReader.Loaded image : read) {
            image.names().forEach(ImageReference::refuseReserved);
        }
        List<Loaded> loaded = new ArrayList<>();
        for (ArchiveReader.Loaded image : read) {
            images.name(image.target(), image.names(), lease);
            store.events().add("image", "load", image.id().toString(), Map.of());
            loaded.add(new Loaded(image.id(), image.names()));
        }
        return loaded;
    }
}
