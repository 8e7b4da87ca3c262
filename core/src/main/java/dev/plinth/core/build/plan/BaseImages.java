package dev.plinth.core.build.plan;

import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.ImageConfig;
import dev.plinth.core.oci.Platform;
import dev.plinth.core.reference.ImageReference;
import java.io.IOException;
import java.util.List;

/// Knows the images that a build may begin with or copy from.
@FunctionalInterface
public interface BaseImages {
    /// The image of that name, whose layers stay where they are until the build is over.
    ///
    /// @param reference with a tag or a digest
    /// @throws dev.plinth.core.error.PlinthException if there is none; the message is the reason
    ///   alone, without the name
    BaseImage resolve(ImageReference reference, Platform platform) throws IOException;

    /// An image to build upon.
    ///
    /// @param layers its layers as its manifest names them, one for each diff ID of the config
    record BaseImage(ImageConfig config, List<Descriptor> layers) {
        public BaseImage {
            layers = List.copyOf(layers);
            if (layers.size() != config.diffIds().size()) {
                throw new IllegalArgumentException(
                        config.diffIds().size() + " diff IDs, " + layers.size() + " layers");
            }
        }
    }
}
