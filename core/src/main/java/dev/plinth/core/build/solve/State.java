package dev.plinth.core.build.solve;

import dev.plinth.core.layer.LayerSummary;
import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.MediaType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files that a step has in the end, as layers.
///
/// @param diffIds the lowest layer first
/// @param layers the same layers as a manifest names them
/// @param own what the step itself made, if it made something
public record State(List<Digest> diffIds, List<Descriptor> layers, Optional<LayerSummary> own) {
    /// No files.
    static final State EMPTY = new State(List.of(), List.of(), Optional.empty());

    public State {
        diffIds = List.copyOf(diffIds);
        layers = List.copyOf(layers);
    }

    /// The files with what a step made on top.
    State with(Optional<LayerSummary> made) {
        if (made.isEmpty()) {
            return new State(diffIds, layers, made);
        }
        Digest diffId = made.get().diffId();
        List<Digest> moreIds = new ArrayList<>(diffIds);
        moreIds.add(diffId);
        List<Descriptor> more = new ArrayList<>(layers);
        // Uncompressed, the blob is the layer itself.
        more.add(new Descriptor(MediaType.OCI_LAYER, diffId, made.get().size()));
        return new State(moreIds, more, made);
    }

    /// Equal for equal files, whatever steps made them.
    Digest key() {
        MessageDigest digest = Digest.Algorithm.SHA256.hasher();
        for (Digest diffId : diffIds) {
            digest.update((diffId + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        return Digest.of(Digest.Algorithm.SHA256, digest.digest());
    }
}
