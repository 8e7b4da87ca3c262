package dev.plinth.core.store;

import dev.plinth.core.oci.Digest;
import java.util.List;

/// What a collection deleted.
///
/// @param layers the diff IDs of deleted layers
/// @param blobs the digests of deleted blobs
/// @param bytes how much room they had on the disk
public record Collected(List<Digest> layers, List<Digest> blobs, long bytes) {
    public Collected {
        layers = List.copyOf(layers);
        blobs = List.copyOf(blobs);
    }
}
