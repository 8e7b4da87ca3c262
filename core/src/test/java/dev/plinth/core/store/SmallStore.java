package dev.plinth.core.store;

import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.LayerIntake;
import dev.plinth.core.layer.TarWriter;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.History;
import dev.plinth.core.oci.ImageConfig;
import dev.plinth.core.oci.Index;
import dev.plinth.core.oci.Manifest;
import dev.plinth.core.oci.MediaType;
import dev.plinth.core.oci.Platform;
import dev.plinth.core.reference.ImageReference;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A store in a folder of a test, and images of one layer with one file in it.
final class SmallStore implements AutoCloseable {
    static final Platform PLATFORM = Platform.parse("linux/amd64");
    static final Store.Roots NOTHING_ELSE = List::of;

    private final Store store;

    SmallStore(Path root) throws IOException {
        this.store = Store.open(root);
    }

    Store store() {
        return store;
    }

    /// The tar of a layer with one file of this name.
    static byte[] tar(String file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(out);
        byte[] bytes = ("content of " + file).getBytes(StandardCharsets.UTF_8);
        tar.add(
                Entry.emptyFile(TreePath.of(file), 0644, Timestamp.EPOCH),
                bytes.length,
                new ByteArrayInputStream(bytes));
        tar.finish();
        return out.toByteArray();
    }

    Layers.Added layer(String file, Lease lease) throws IOException {
        byte[] tar = tar(file);
        return store.layers()
                .add(
                        (into, entries) ->
                                LayerIntake.take(new ByteArrayInputStream(tar), into, entries),
                        lease);
    }

    /// An image of a layer with one file, without a name; its manifest.
    Descriptor image(String file, Lease lease) throws IOException {
        Layers.Added layer = layer(file, lease);
        Digest diffId = layer.summary().diffId();
        byte[] config = config(diffId);
        store.blobs().add(config, lease);
        byte[] manifest =
                new Manifest(
                                Descriptor.of(MediaType.OCI_CONFIG, config),
                                List.of(
                                        new Descriptor(
                                                MediaType.OCI_LAYER,
                                                diffId,
                                                layer.summary().size())))
                        .toJson();
        store.blobs().add(manifest, lease);
        return Descriptor.of(MediaType.OCI_MANIFEST, manifest);
    }

    static byte[] config(Digest... diffIds) {
        ImageConfig config = ImageConfig.empty(PLATFORM);
        for (Digest diffId : diffIds) {
            config = config.plusLayer(diffId, new History(Optional.empty(), "test", "", "", false));
        }
        return config.toJson();
    }

    /// An image of a layer with one file, called `name`.
    Descriptor image(String file, String name) throws IOException {
        try (Lease lease = store.lease()) {
            Descriptor target = image(file, lease);
            store.names().set(name(name), target, lease);
            return target;
        }
    }

    Descriptor index(Lease lease, Descriptor... manifests) throws IOException {
        byte[] index = new Index(List.of(manifests)).toJson();
        store.blobs().add(index, lease);
        return Descriptor.of(MediaType.OCI_INDEX, index);
    }

    static ImageReference name(String text) {
        return ImageReference.parse(text).withDefaultTag();
    }

    ImageConfig configOf(Descriptor manifest) throws IOException {
        return ImageConfig.parse(store.blobs().document(configDigest(manifest)));
    }

    Digest configDigest(Descriptor manifest) throws IOException {
        return Manifest.parse(store.blobs().document(manifest.digest())).config().digest();
    }

    Digest layerOf(Descriptor manifest) throws IOException {
        return configOf(manifest).diffIds().getFirst();
    }

    Collected collect() throws IOException {
        return store.collect(NOTHING_ELSE);
    }

    StoreCheck.Report check() throws IOException {
        return StoreCheck.check(store, NOTHING_ELSE, true);
    }

    /// Every path in the store with the length of its file, but for the events.
    Map<String, Long> listing() throws IOException {
        return listing(store.root());
    }

    static Map<String, Long> listing(Path root) throws IOException {
        Map<String, Long> listing = new TreeMap<>();
        try (var files = Files.walk(root)) {
            files.forEach(
                    file -> {
                        try {
                            long size = Files.isDirectory(file) ? -1 : Files.size(file);
                            listing.put(root.relativize(file).toString(), size);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
        listing.remove("events");
        return listing;
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
