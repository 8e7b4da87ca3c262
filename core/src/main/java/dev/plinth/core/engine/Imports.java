package dev.plinth.core.engine;

import dev.plinth.core.build.plan.ConfigEditor;
import dev.plinth.core.dockerfile.Dockerfile;
import dev.plinth.core.error.PlinthException;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.LayerIntake;
import dev.plinth.core.layer.LayerSummary;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.UnpackedStream;
import dev.plinth.core.oci.ContainerConfig;
import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.History;
import dev.plinth.core.oci.ImageConfig;
import dev.plinth.core.oci.MediaType;
import dev.plinth.core.oci.Platform;
import dev.plinth.core.oci.Rfc3339;
import dev.plinth.core.reference.ImageReference;
import dev.plinth.core.store.Lease;
import dev.plinth.core.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes an image of a root file system that comes as a tar.
///
/// The same tar gives the same image, whenever and wherever it is imported: its date is that of its
/// newest entry.
public final class Imports {
    private final Store store;
    private final Images images;

    Imports(Store store, Images images) {
        this.store = store;
        this.images = images;
    }

    /// How to make an image of a tar.
    ///
    /// @param name what to call it; untagged if absent
    /// @param changes Dockerfile instructions for its config
    /// @param message the comment in its history
    /// @param created its date, else that of the newest entry
    public record Options(
            Optional<ImageReference> name,
            List<String> changes,
            String message,
            Platform platform,
            Optional<Instant> created) {
        public Options {
            changes = List.copyOf(changes);
        }
    }

    /// Reads the tar `in`, which may be compressed, to its end and returns the ID of the image made
    /// of it. Nothing is registered unless all of it was read and is sound.
    ///
    /// @throws InvalidChange if a change cannot be made; nothing was read then
    /// @throws dev.plinth.core.layer.MalformedLayer if it is no tar
    /// @throws SavedImage if it holds images rather than a root file system
    public Digest run(InputStream in, Options options) throws IOException {
        // What can be wrong with the request is found before the first byte is read.
        ContainerConfig config = config(options.changes());
        try (Lease lease = store.lease();
                InputStream tar = UnpackedStream.of(in)) {
            return images.orUndo(lease, () -> run(tar, config, options, lease));
        }
    }

    private static ContainerConfig config(List<String> changes) {
        try {
            return ConfigEditor.change(ContainerConfig.EMPTY, Dockerfile.parseChanges(changes));
        } catch (PlinthException e) {
            throw new InvalidChange(e);
        }
    }

    private Digest run(InputStream tar, ContainerConfig config, Options options, Lease lease)
            throws IOException {
        Shape shape = new Shape();
        LayerSummary layer =
                store.layers()
                        .add(
                                (file, entries) ->
                                        shape.check(
                                                LayerIntake.take(
                                                        tar, file, entries.then(shape::look))),
                                lease)
                        .summary();
        Instant created = options.created().orElseGet(() -> date(layer.newest()));
        History line = new History(Optional.of(created), "", "", options.message(), false);
        ImageConfig image =
                ImageConfig.empty(options.platform())
                        .withConfig(config)
                        .withCreated(created)
                        .plusLayer(layer.diffId(), line);
        Digest id =
                images.register(
                        image,
                        List.of(new Descriptor(MediaType.OCI_LAYER, layer.diffId(), layer.size())),
                        options.name().map(List::of).orElse(List.of()),
                        lease);
        store.events()
                .add(
                        "image",
                        "import",
                        id.toString(),
                        options.name().map(n -> Map.of("name", n.familiar())).orElse(Map.of()));
        return id;
    }

    /// The date of an image whose newest entry is of `newest`; without any entry the epoch.
    static Instant date(Optional<Timestamp> newest) {
        Timestamp time = newest.orElse(Timestamp.EPOCH);
        return Rfc3339.clamp(clamped(time));
    }

    private static Instant clamped(Timestamp time) {
        if (time.seconds() < Rfc3339.EARLIEST.getEpochSecond()) {
            return Rfc3339.EARLIEST;
        }
        if (time.seconds() > Rfc3339.LATEST.getEpochSecond()) {
            return Rfc3339.LATEST;
        }
        return Instant.ofEpochSecond(time.seconds(), time.nanos());
    }

    /// Tells an archive that `save` wrote from a root file system, by what lies at its root.
    private static final class Shape {
        private boolean layout;
        private boolean manifest;
        private boolean index;
        private boolean repositories;
        private boolean blobs;
        private boolean system;

        void look(Entry entry) {
            String path = entry.path().raw();
            switch (path) {
                case "oci-layout" -> layout = true;
                case "manifest.json" -> manifest = true;
                case "index.json" -> index = true;
                case "repositories" -> repositories = true;
                case "blobs/sha256" -> blobs = true;
                case "bin", "etc", "usr", "lib" -> system = true;
                default -> blobs |= path.startsWith("blobs/sha256/");
            }
        }

        <T> T check(T result) {
            boolean saved = (layout && index) || (manifest && (repositories || blobs));
            if (saved && !system) {
                throw new SavedImage();
            }
            return result;
        }
    }
}
