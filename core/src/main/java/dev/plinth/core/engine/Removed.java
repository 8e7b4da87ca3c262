package dev.plinth.core.engine;

import dev.plinth.core.oci.Digest;
import java.util.List;

/// What was removed.
///
/// @param untagged names that were taken away
/// @param deleted the image, if nobody needed it any more, and layers that went with it
/// @param bytes the room they had on the disk
public record Removed(List<String> untagged, List<Digest> deleted, long bytes) {
    public Removed {
        untagged = List.copyOf(untagged);
        deleted = List.copyOf(deleted);
    }
}
