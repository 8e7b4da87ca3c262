package dev.plinth.core.build.plan;

import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import java.util.List;

/// What a [Vertex] does to files.
public sealed interface Operation {
    /// Begins with nothing at all.
    record Scratch() implements Operation {}

    /// Begins with the layers of an image.
    ///
    /// @param name the image as people know it
    /// @param diffIds its layers, the lowest first
    /// @param layers the same layers as its manifest names them
    record Image(String name, List<Digest> diffIds, List<Descriptor> layers) implements Operation {
        public Image {
            diffIds = List.copyOf(diffIds);
            layers = List.copyOf(layers);
            if (diffIds.size() != layers.size()) {
                throw new IllegalArgumentException(
                        name + ": " + diffIds.size() + " diff IDs, " + layers.size() + " layers");
            }
        }
    }

    /// Writes a layer of files that are copied or made: ADD, COPY and WORKDIR.
    ///
    /// @param actions what to do, in this order
    /// @param independent whether the layer is made as if there were none below: `--link`
    record Files(List<FileAction> actions, boolean independent) implements Operation {
        public Files {
            actions = List.copyOf(actions);
        }
    }
}
