package dev.plinth.core.engine;

import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.ImageConfig;
import dev.plinth.core.oci.Manifest;
import dev.plinth.core.reference.ImageReference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An image in the store, for one platform.
///
/// @param id the digest of its config
/// @param names what it is called, in the order of their text; empty for an untagged image
/// @param target the manifest or index that the names stand for
/// @param manifest the descriptor of the manifest for the chosen platform
/// @param size the bytes of its layers, uncompressed
/// @param tagged when it was last given a name
public record Image(
        Digest id,
        List<ImageReference> names,
        Descriptor target,
        Descriptor manifest,
        List<Descriptor> layers,
        ImageConfig config,
        long size,
        Optional<Instant> tagged) {
    public Image {
        names = List.copyOf(names);
        layers = List.copyOf(layers);
    }

    Image(
            List<ImageReference> names,
            Descriptor target,
            Descriptor manifestDescriptor,
            Manifest manifest,
            ImageConfig config,
            long size,
            Optional<Instant> tagged) {
        this(
                manifest.config().digest(),
                names,
                target,
                manifestDescriptor,
                manifest.layers(),
                config,
                size,
                tagged);
    }

    /// The same image, called otherwise.
    Image withNames(List<ImageReference> names) {
        return new Image(id, names, target, manifest, layers, config, size, tagged);
    }

    /// Its first name, or its short ID when it has none: how messages call it.
    public String display() {
        return names.isEmpty() ? id.shortHex() : names.getFirst().familiar();
    }
}
