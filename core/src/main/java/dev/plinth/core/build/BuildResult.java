package dev.plinth.core.build;

import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.ImageConfig;
import java.util.List;

/// What a build made: an image that nobody has been told of yet.
///
/// @param config with the diff IDs of all its layers, which the layer store keeps
/// @param layers the same layers as a manifest is to name them
public record BuildResult(ImageConfig config, List<Descriptor> layers) {
    public BuildResult {
        layers = List.copyOf(layers);
    }
}
