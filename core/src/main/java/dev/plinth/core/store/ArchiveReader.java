package dev.plinth.core.store;

import dev.plinth.core.error.Kind;
import dev.plinth.core.json.Json;
import dev.plinth.core.json.JsonObject;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.TarReader;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.ImageConfig;
import dev.plinth.core.oci.Index;
import dev.plinth.core.oci.Manifest;
import dev.plinth.core.oci.ManifestOrIndex;
import dev.plinth.core.oci.MediaType;
import dev.plinth.core.reference.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads images out of one tar, in one pass and in whatever order its files come: an OCI image
/// layout, an archive as `docker save` writes it, or both at once.
///
/// Layers go into the store while they are read. Nothing has a name afterwards: that is for the
/// caller, once everything was found to be whole.
public final class ArchiveReader {
    private static final int MAX_LINKS = 40;

    private final Store store;
    private final Lease lease;
    private final ArchiveContent content;

    private ArchiveReader(Store store, Lease lease) {
        this.store = store;
        this.lease = lease;
        this.content = new ArchiveContent(store, lease);
    }

    /// An image that was read.
    ///
    /// @param target its manifest or index, which is in the store with all that belongs to it
    /// @param id the digest of its config, that of the first manifest for an index
    /// @param names what the archive calls it
    public record Loaded(Descriptor target, Digest id, List<ImageReference> names) {
        public Loaded {
            names = List.copyOf(names);
        }
    }

    /// Reads the tar `in`, which is not compressed any more, to its end.
    ///
    /// @param lease keeps what was read
    /// @throws MalformedArchive if it holds no images, or not all that they are made of
    public static List<Loaded> read(InputStream in, Store store, Lease lease) throws IOException {
        ArchiveReader reader = new ArchiveReader(store, lease);
        reader.files(TarReader.of(in));
        return reader.images();
    }

    private void files(TarReader tar) throws IOException {
        boolean any = false;
        for (Entry entry = tar.next(); entry != null; entry = tar.next()) {
            any = true;
            if (entry.type() == EntryType.FILE) {
                content.file(entry.path(), entry.size(), tar.data());
            } else if (entry.type() == EntryType.SYMLINK) {
                // Old archives hold a layer once and link to it from the other images.
                TreePath folder = entry.path().parent();
                String raw = folder.raw() + "/" + entry.link();
                content.link(entry.path(), TreePath.clean(raw));
            } else if (entry.type() == EntryType.HARDLINK) {
                content.link(entry.path(), TreePath.clean(entry.link()));
            }
        }
        if (!any) {
            throw new MalformedArchive("there is nothing to load: the archive is empty");
        }
    }

    private List<Loaded> images() throws IOException {
        byte[] index = content.document("index.json");
        byte[] list = content.document("manifest.json");
        if (index != null && content.document("oci-layout") != null) {
            return layout(index, list);
        }
        if (list != null) {
            return docker(list);
        }
        throw new MalformedArchive(
                content.document("repositories") != null
                        ? "this archive is of a Docker older than 1.10; load and save it there first"
                        : "no images here: neither index.json nor manifest.json is in the archive; use"
                                + " plinth import for the tar of a root file system");
    }

    // --- OCI image layout

    private List<Loaded> layout(byte[] bytes, byte @Nullable [] dockerList) throws IOException {
        Map<Digest, List<ImageReference>> dockerNames =
                dockerList == null ? Map.of() : dockerNames(dockerList);
        Map<Digest, Descriptor> targets = new LinkedHashMap<>();
        Map<Digest, Set<ImageReference>> names = new HashMap<>();
        for (Descriptor descriptor : Index.parse(bytes).manifests()) {
            targets.putIfAbsent(descriptor.digest(), descriptor);
            Set<ImageReference> own =
                    names.computeIfAbsent(descriptor.digest(), _ -> new LinkedHashSet<>());
            name(descriptor).ifPresent(own::add);
        }
        List<Loaded> images = new ArrayList<>();
        for (Descriptor descriptor : targets.values()) {
            Optional<Digest> id = take(descriptor, 0);
            if (id.isEmpty()) {
                throw new MalformedArchive(
                        "no image for "
                                + descriptor.digest()
                                + ": its manifest is not in the archive");
            }
            Set<ImageReference> own = names.getOrDefault(descriptor.digest(), Set.of());
            List<ImageReference> chosen =
                    own.isEmpty()
                            ? dockerNames.getOrDefault(id.get(), List.of())
                            : List.copyOf(own);
            images.add(new Loaded(descriptor.withAnnotations(Map.of()), id.get(), chosen));
        }
        return images;
    }

    /// Puts a manifest or index with all that it names into the store; the ID of its first image,
    /// or nothing if the archive does not have it.
    private Optional<Digest> take(Descriptor descriptor, int depth) throws IOException {
        byte[] bytes = content.blob(descriptor.digest());
        if (bytes == null) {
            return Optional.empty();
        }
        if (depth > 4) {
            throw new MalformedArchive("indexes within indexes, too deep: " + descriptor.digest());
        }
        Optional<Digest> id = Optional.empty();
        switch (ManifestOrIndex.parse(bytes)) {
            case Index index -> {
                // A part of an index may be left out: images of other platforms.
                for (Descriptor part : index.manifests()) {
                    Optional<Digest> taken = take(part, depth + 1);
                    id = id.isPresent() ? id : taken;
                }
            }
            case Manifest manifest -> {
                id = Optional.of(manifest.config().digest());
                takeManifest(manifest);
            }
        }
        store.blobs().add(bytes, lease);
        return id;
    }

    private void takeManifest(Manifest manifest) throws IOException {
        byte[] config = content.blob(manifest.config().digest());
        if (config == null) {
            throw missing("config", manifest.config().digest());
        }
        store.blobs().add(config, lease);
        if (!manifest.isImage()) {
            for (Descriptor blob : manifest.layers()) {
                byte[] small = content.blob(blob.digest());
                if (small != null) {
                    store.blobs().add(small, lease);
                }
            }
            return;
        }
        List<Digest> diffIds = ImageConfig.parse(config).diffIds();
        if (diffIds.size() != manifest.layers().size()) {
            throw new MalformedArchive(
                    "the image "
                            + manifest.config().digest()
                            + " has "
                            + diffIds.size()
                            + " diff IDs and "
                            + manifest.layers().size()
                            + " layers");
        }
        for (int i = 0; i < diffIds.size(); i++) {
            Descriptor layer = manifest.layers().get(i);
            Digest diffId = content.layer(layer.digest());
            if (diffId == null && store.layers().contains(diffIds.get(i))) {
                lease.keep(diffIds.get(i));
                continue;
            }
            if (diffId == null) {
                throw missing("layer", layer.digest());
            }
            requireSame(diffIds.get(i), diffId);
            if (!layer.digest().equals(diffId)) {
                store.compressed().add(diffId, layer.bare(), lease);
            }
        }
    }

    private static Optional<ImageReference> name(Descriptor descriptor) {
        String name =
                descriptor
                        .annotations()
                        .getOrDefault(
                                ArchiveWriter.IMAGE_NAME,
                                descriptor.annotations().getOrDefault(ArchiveWriter.REF_NAME, ""));
        // `ref.name` is often a bare tag, which names nothing without its repository.
        return name.indexOf('/') < 0 && name.indexOf(':') < 0
                ? Optional.empty()
                : Optional.of(ImageReference.parseTarget(name));
    }

    // --- docker archive

    private List<Loaded> docker(byte[] bytes) throws IOException {
        List<Loaded> images = new ArrayList<>();
        for (JsonObject image : Json.parseObjects("manifest.json", bytes, Kind.INVALID)) {
            String configPath = image.requireString("Config");
            byte[] config = content.document(configPath);
            if (config == null) {
                throw new MalformedArchive("the config " + configPath + " is not in the archive");
            }
            List<Digest> diffIds = ImageConfig.parse(config).diffIds();
            List<String> paths = image.strings("Layers");
            if (paths.size() != diffIds.size()) {
                throw new MalformedArchive(
                        configPath
                                + " has "
                                + diffIds.size()
                                + " diff IDs and manifest.json "
                                + paths.size()
                                + " layers");
            }
            List<Descriptor> layers = new ArrayList<>();
            for (int i = 0; i < paths.size(); i++) {
                layers.add(dockerLayer(paths.get(i), diffIds.get(i)));
            }
            store.blobs().add(config, lease);
            Descriptor configDescriptor = Descriptor.of(MediaType.OCI_CONFIG, config);
            byte[] manifest = new Manifest(configDescriptor, layers).toJson();
            store.blobs().add(manifest, lease);
            List<ImageReference> names = new ArrayList<>();
            for (String tag : image.strings("RepoTags")) {
                names.add(ImageReference.parseTarget(tag));
            }
            images.add(
                    new Loaded(
                            Descriptor.of(MediaType.OCI_MANIFEST, manifest),
                            configDescriptor.digest(),
                            names));
        }
        return images;
    }

    private Descriptor dockerLayer(String path, Digest wanted) throws IOException {
        Digest diffId = content.layerAt(path, MAX_LINKS);
        if (diffId == null) {
            if (!store.layers().contains(wanted)) {
                throw new MalformedArchive("the layer " + path + " is not in the archive");
            }
            diffId = wanted;
            lease.keep(wanted);
        }
        requireSame(wanted, diffId);
        return new Descriptor(MediaType.OCI_LAYER, diffId, store.layers().require(diffId).size());
    }

    private Map<Digest, List<ImageReference>> dockerNames(byte[] bytes) {
        Map<Digest, List<ImageReference>> names = new HashMap<>();
        for (JsonObject image : Json.parseObjects("manifest.json", bytes, Kind.INVALID)) {
            byte[] config = content.document(image.requireString("Config"));
            if (config != null) {
                List<ImageReference> own =
                        names.computeIfAbsent(Digest.sha256(config), _ -> new ArrayList<>());
                for (String tag : image.strings("RepoTags")) {
                    own.add(ImageReference.parseTarget(tag));
                }
            }
        }
        return names;
    }

    private static void requireSame(Digest wanted, Digest found) {
        if (!wanted.equals(found)) {
            throw new MalformedArchive(
                    "a layer has the diff ID " + found + ", its image's config says " + wanted);
        }
    }

    private static MalformedArchive missing(String what, Digest digest) {
        return new MalformedArchive("the " + what + " " + digest + " is not in the archive");
    }
}
