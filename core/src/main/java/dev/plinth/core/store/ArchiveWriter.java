package dev.plinth.core.store;

import dev.plinth.core.json.JsonText;
import dev.plinth.core.layer.Data;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.TarWriter;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.layer.Xattrs;
import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.Index;
import dev.plinth.core.oci.Manifest;
import dev.plinth.core.oci.ManifestOrIndex;
import dev.plinth.core.reference.ImageReference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes images as one tar that is an OCI image layout and a docker archive at once: the blobs
/// stand once, `index.json` and `manifest.json` both name them. The same images give the same
/// bytes.
///
/// See [Image Layout](https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md).
public final class ArchiveWriter {
    /// The annotation that holds an image's whole name.
    static final String IMAGE_NAME = "io.containerd.image.name";

    /// The annotation that holds a tag, or a whole name.
    static final String REF_NAME = "org.opencontainers.image.ref.name";

    private final Store store;
    private final TarWriter tar;
    private final Set<Digest> written = new HashSet<>();

    private ArchiveWriter(Store store, OutputStream out) {
        this.store = store;
        this.tar = new TarWriter(out);
    }

    /// An image to be saved.
    ///
    /// @param target its manifest, or an index of which those manifests are saved that are here
    /// @param manifest the manifest that the docker archive shows
    /// @param names what it is called in the archive
    public record Saved(Descriptor target, Descriptor manifest, List<ImageReference> names) {
        public Saved {
            names = List.copyOf(names);
        }
    }

    /// Writes `images` to `out`, which is neither flushed nor closed. A lease must keep them, so
    /// that nothing vanishes meanwhile.
    ///
    /// @throws MissingContent if something is not in the store; nothing was written then
    /// @throws DamagedContent if something is not what it was
    public static void write(Store store, List<Saved> images, OutputStream out) throws IOException {
        ArchiveWriter writer = new ArchiveWriter(store, out);
        for (Saved image : images) {
            writer.requireWhole(image.target());
        }
        writer.folder("blobs");
        writer.folder("blobs/sha256");
        for (Saved image : images) {
            writer.document(image.target());
        }
        writer.file("index.json", index(images));
        writer.file("manifest.json", writer.manifests(images));
        writer.file(
                "oci-layout",
                JsonText.plain()
                        .beginObject()
                        .field("imageLayoutVersion", "1.0.0")
                        .endObject()
                        .toBytes());
        writer.tar.finish();
    }

    private void document(Descriptor descriptor) throws IOException {
        byte[] bytes = store.blobs().document(descriptor.digest());
        if (!written.add(descriptor.digest())) {
            return;
        }
        switch (ManifestOrIndex.parse(bytes)) {
            case Index index -> {
                for (Descriptor manifest : index.manifests()) {
                    if (store.blobs().contains(manifest.digest())) {
                        document(manifest);
                    }
                }
            }
            case Manifest manifest -> {
                blob(manifest.config().digest());
                for (Descriptor layer : manifest.layers()) {
                    if (manifest.isImage() || store.blobs().contains(layer.digest())) {
                        blob(layer.digest());
                    }
                }
            }
        }
        file(path(descriptor.digest()), bytes);
    }

    private void blob(Digest digest) throws IOException {
        if (!written.add(digest)) {
            return;
        }
        MessageDigest hash = digest.algorithm().hasher();
        try (InputStream in = new DigestInputStream(store.blobs().open(digest), hash)) {
            tar.add(entry(path(digest), EntryType.FILE, 0644), store.blobs().size(digest), in);
        }
        if (!Digest.of(digest.algorithm(), hash.digest()).equals(digest)) {
            throw store.blobs().damaged(digest);
        }
    }

    /// Whether all is here, before the first byte is written.
    private void requireWhole(Descriptor descriptor) throws IOException {
        switch (ManifestOrIndex.parse(store.blobs().document(descriptor.digest()))) {
            case Index index -> {
                for (Descriptor part : index.manifests()) {
                    if (store.blobs().contains(part.digest())) {
                        requireWhole(part);
                    }
                }
            }
            case Manifest manifest -> {
                // What is attached to an image need not be whole.
                store.blobs().size(manifest.config().digest());
                if (manifest.isImage()) {
                    for (Descriptor layer : manifest.layers()) {
                        store.blobs().size(layer.digest());
                    }
                }
            }
        }
    }

    private static byte[] index(List<Saved> images) {
        List<Descriptor> descriptors = new ArrayList<>();
        for (Saved image : images) {
            if (image.names().isEmpty()) {
                descriptors.add(image.target());
            }
            for (ImageReference name : image.names()) {
                Map<String, String> annotations = new LinkedHashMap<>(image.target().annotations());
                annotations.put(IMAGE_NAME, name.canonical());
                name.tag().ifPresent(tag -> annotations.put(REF_NAME, tag));
                descriptors.add(image.target().withAnnotations(annotations));
            }
        }
        return new Index(descriptors).toJson();
    }

    private byte[] manifests(List<Saved> images) throws IOException {
        Map<Digest, List<String>> tags = new LinkedHashMap<>();
        for (Saved image : images) {
            List<String> own =
                    tags.computeIfAbsent(image.manifest().digest(), _ -> new ArrayList<>());
            for (ImageReference name : image.names()) {
                if (name.digest().isEmpty()) {
                    own.add(name.familiar());
                }
            }
        }
        JsonText json = JsonText.plain().beginArray();
        for (Map.Entry<Digest, List<String>> image : tags.entrySet()) {
            Manifest manifest = Manifest.parse(store.blobs().document(image.getKey()));
            json.beginObject().field("Config", path(manifest.config().digest()));
            json.key("RepoTags").tree(image.getValue().isEmpty() ? null : image.getValue());
            json.key("Layers")
                    .tree(manifest.layers().stream().map(layer -> path(layer.digest())).toList());
            json.endObject();
        }
        return json.endArray().toBytes();
    }

    private void folder(String path) throws IOException {
        tar.add(entry(path, EntryType.DIRECTORY, 0755));
    }

    private void file(String path, byte[] bytes) throws IOException {
        tar.add(entry(path, EntryType.FILE, 0644), bytes.length, new ByteArrayInputStream(bytes));
    }

    private static Entry entry(String path, EntryType type, int mode) {
        return new Entry(
                TreePath.of(path),
                type,
                mode,
                0,
                0,
                Timestamp.EPOCH,
                "",
                Entry.Device.NONE,
                Xattrs.NONE,
                Data.NONE);
    }

    static String path(Digest digest) {
        return "blobs/" + digest.algorithm().id() + "/" + digest.hex();
    }
}
