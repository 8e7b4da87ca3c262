package dev.plinth.core.engine;

import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.ImageConfig;
import dev.plinth.core.oci.Index;
import dev.plinth.core.oci.Manifest;
import dev.plinth.core.oci.ManifestOrIndex;
import dev.plinth.core.oci.Platform;
import dev.plinth.core.oci.PlatformMatcher;
import dev.plinth.core.reference.ImageReference;
import dev.plinth.core.store.Names;
import dev.plinth.core.store.Store;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads images out of the store, by what names stand for.
///
/// @param host the platform that is chosen where nobody asks for another
record ImageReader(Store store, Platform host) {

    /// The image that `names` stand for, which all have the same target.
    ///
    /// @throws dev.plinth.core.store.MissingContent if a part of it is not in the store
    /// @throws dev.plinth.core.store.DamagedContent if a part of it is not what it was
    Image read(List<Names.Name> names, Optional<Platform> platform) throws IOException {
        Descriptor target = names.getFirst().target();
        Descriptor descriptor = target;
        ManifestOrIndex document = document(target);
        if (document instanceof Index index) {
            List<Descriptor> images = new ArrayList<>();
            collect(index, images, new HashSet<>());
            descriptor = choose(images, platform, target);
            document = document(descriptor);
        }
        Manifest manifest =
                switch (document) {
                    case Manifest one -> one;
                    case Index _ -> throw new AssertionError("only manifests were collected");
                };
        ImageConfig config = ImageConfig.parse(store.blobs().document(manifest.config().digest()));
        long size = 0;
        for (Digest diffId : config.diffIds()) {
            size += store.layers().require(diffId).size();
        }
        List<ImageReference> references = new ArrayList<>();
        Optional<Instant> tagged = Optional.empty();
        for (Names.Name name : names) {
            name.reference().ifPresent(references::add);
            if (tagged.isEmpty() || name.set().isAfter(tagged.get())) {
                tagged = Optional.of(name.set());
            }
        }
        return new Image(references, target, descriptor, manifest, config, size, tagged);
    }

    private ManifestOrIndex document(Descriptor descriptor) throws IOException {
        return ManifestOrIndex.parse(store.blobs().document(descriptor.digest()));
    }

    /// The images of an index, and of indexes in it, that are in the store: those for other
    /// platforms may never have been fetched.
    private void collect(Index index, List<Descriptor> images, Set<Digest> seen)
            throws IOException {
        for (Descriptor part : index.manifests()) {
            if (seen.add(part.digest()) && store.blobs().contains(part.digest())) {
                switch (document(part)) {
                    case Manifest manifest when manifest.isImage() -> images.add(part);
                    case Manifest _ -> {}
                    case Index inner -> collect(inner, images, seen);
                }
            }
        }
    }

    private Descriptor choose(
            List<Descriptor> images, Optional<Platform> platform, Descriptor target) {
        Optional<Descriptor> best = PlatformMatcher.of(platform.orElse(host)).best(images);
        if (best.isEmpty() && platform.isEmpty() && !images.isEmpty()) {
            return images.getFirst();
        }
        return best.orElseThrow(
                () ->
                        new NoSuchImage(
                                target.digest() + " for the platform " + platform.orElse(host)));
    }
}
