package dev.plinth.core.store;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.Quote;
import dev.plinth.core.json.Json;
import dev.plinth.core.json.JsonObject;
import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.ImageConfig;
import dev.plinth.core.oci.Index;
import dev.plinth.core.oci.Manifest;
import dev.plinth.core.oci.ManifestOrIndex;
import dev.plinth.core.reference.ImageReference;
import dev.plinth.core.reference.InvalidReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The images of an archive that is an OCI image layout.
///
/// See [Image Layout](https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md).
final class LayoutImages {
    private static final int MAX_DEPTH = 4;

    private final ArchiveContent content;
    private final Store store;
    private final Lease lease;

    /// The ID of the first image in each manifest or index that was taken; none if there is none.
    private final Map<Digest, Optional<Digest>> taken = new HashMap<>();

    LayoutImages(ArchiveContent content, Store store, Lease lease) {
        this.content = content;
        this.store = store;
        this.lease = lease;
    }

    /// The images that `index.json` names, in its order.
    ///
    /// @param dockerList `manifest.json`, which tells names where `index.json` does not
    List<ArchiveReader.Loaded> read(byte[] index, byte @Nullable [] dockerList) throws IOException {
        Map<Digest, List<ImageReference>> dockerNames =
                dockerList == null ? Map.of() : dockerNames(dockerList);
        Map<Digest, Descriptor> targets = new LinkedHashMap<>();
        Map<Digest, Set<ImageReference>> names = new HashMap<>();
        for (Descriptor descriptor : Index.parse(index).manifests()) {
            targets.putIfAbsent(descriptor.digest(), descriptor);
            Set<ImageReference> own =
                    names.computeIfAbsent(descriptor.digest(), _ -> new LinkedHashSet<>());
            name(descriptor).ifPresent(own::add);
        }
        List<ArchiveReader.Loaded> images = new ArrayList<>();
        for (Descriptor target : targets.values()) {
            Digest id = image(target);
            Set<ImageReference> own = names.getOrDefault(target.digest(), Set.of());
            images.add(
                    new ArchiveReader.Loaded(
                            target.withAnnotations(Map.of()),
                            id,
                            own.isEmpty()
                                    ? dockerNames.getOrDefault(id, List.of())
                                    : List.copyOf(own)));
        }
        return images;
    }

    private Digest image(Descriptor target) throws IOException {
        if (content.document(target.digest()) == null) {
            throw new MalformedArchive(
                    "the manifest " + target.digest() + " is not in the archive");
        }
        return take(target, 0)
                .orElseThrow(
                        () ->
                                new MalformedArchive(
                                        target.digest()
                                                + " is no image, nor an index with any that is in"
                                                + " the archive"));
    }

    /// Puts a manifest or index with all that it names into the store, if the archive has it.
    ///
    /// @return the ID of its first image, if there is any
    private Optional<Digest> take(Descriptor descriptor, int depth) throws IOException {
        Digest digest = descriptor.digest();
        byte[] bytes = content.document(digest);
        if (bytes == null) {
            // A part of an index may be left out: images of other platforms.
            return Optional.empty();
        }
        Optional<Digest> known = taken.get(digest);
        if (known != null) {
            return known;
        }
        if (depth > MAX_DEPTH) {
            throw new MalformedArchive("indexes within indexes, too deep: " + digest);
        }
        requireSize(descriptor, bytes.length);
        Optional<Digest> id = Optional.empty();
        switch (ManifestOrIndex.parse(bytes, descriptor.mediaType())) {
            case Index index -> {
                for (Descriptor part : index.manifests()) {
                    Optional<Digest> first = take(part, depth + 1);
                    id = id.isPresent() ? id : first;
                }
            }
            case Manifest manifest -> {
                takeConfig(manifest.config());
                if (manifest.isImage()) {
                    id = Optional.of(manifest.config().digest());
                    takeLayers(manifest);
                } else {
                    takeAttached(manifest);
                }
            }
        }
        store.blobs().add(bytes, lease);
        taken.put(digest, id);
        return id;
    }

    private void takeConfig(Descriptor config) throws IOException {
        byte[] bytes = content.document(config.digest());
        if (bytes == null) {
            throw new MalformedArchive("the config " + config.digest() + " is not in the archive");
        }
        requireSize(config, bytes.length);
        store.blobs().add(bytes, lease);
    }

    private void takeLayers(Manifest manifest) throws IOException {
        Digest id = manifest.config().digest();
        List<Digest> diffIds = ImageConfig.parse(store.blobs().document(id)).diffIds();
        if (diffIds.size() != manifest.layers().size()) {
            throw new MalformedArchive(
                    "the image "
                            + id
                            + " has "
                            + diffIds.size()
                            + " diff IDs and "
                            + manifest.layers().size()
                            + " layers");
        }
        for (int i = 0; i < diffIds.size(); i++) {
            Descriptor descriptor = manifest.layers().get(i);
            Digest diffId = diffIds.get(i);
            ArchiveContent.Layer layer = content.layer(descriptor.digest());
            if (layer == null) {
                requireKnown(descriptor.digest(), diffId);
                continue;
            }
            requireSame(diffId, layer.diffId());
            requireSize(descriptor, layer.size());
            if (!descriptor.digest().equals(diffId)) {
                store.compressed().add(diffId, descriptor.bare(), lease);
            }
        }
    }

    /// A layer may be left out where it is known to be here.
    private void requireKnown(Digest digest, Digest diffId) throws IOException {
        lease.keep(digest);
        lease.keep(diffId);
        boolean same =
                digest.equals(diffId)
                        || store.compressed().of(diffId).stream()
                                .anyMatch(form -> form.digest().equals(digest));
        if (!same || !store.blobs().contains(digest) || !store.layers().contains(diffId)) {
            throw new MalformedArchive("the layer " + digest + " is not in the archive");
        }
    }

    /// What is attached to an image need not be whole.
    private void takeAttached(Manifest manifest) throws IOException {
        for (Descriptor blob : manifest.layers()) {
            byte[] document = content.document(blob.digest());
            if (document != null) {
                requireSize(blob, document.length);
                store.blobs().add(document, lease);
            }
            Long size = content.other(blob.digest());
            if (size != null) {
                requireSize(blob, size);
            }
        }
    }

    private static void requireSize(Descriptor descriptor, long size) {
        if (descriptor.size() != size) {
            throw new MalformedArchive(
                    descriptor.digest()
                            + " has "
                            + size
                            + " bytes, and should have "
                            + descriptor.size());
        }
    }

    static void requireSame(Digest wanted, Digest found) {
        if (!wanted.equals(found)) {
            throw new MalformedArchive(
                    "a layer has the diff ID " + found + ", its image's config says " + wanted);
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
                : Optional.of(name(name));
    }

    /// A name that an archive gives an image.
    static ImageReference name(String text) {
        try {
            return ImageReference.parseTarget(text);
        } catch (InvalidReference e) {
            throw new MalformedArchive(
                    "the archive calls an image " + Quote.go(text, 80) + ": " + e.getMessage());
        }
    }

    private Map<Digest, List<ImageReference>> dockerNames(byte[] bytes) {
        Map<Digest, List<ImageReference>> names = new HashMap<>();
        for (JsonObject image : Json.parseObjects("manifest.json", bytes, Kind.INVALID)) {
            byte[] config = content.document(image.requireString("Config"));
            if (config != null) {
                List<ImageReference> own =
                        names.computeIfAbsent(Digest.sha256(config), _ -> new ArrayList<>());
                for (String tag : image.strings("RepoTags")) {
                    own.add(name(tag));
                }
            }
        }
        return names;
    }
}
