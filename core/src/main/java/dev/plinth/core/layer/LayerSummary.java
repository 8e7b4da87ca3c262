package dev.plinth.core.layer;

import dev.plinth.core.oci.Digest;
import java.util.Optional;

/// What is known of a layer once its whole tar was read or written.
///
/// @param diffId the SHA-256 of the tar, from its first byte to its last, whatever follows its end
///   mark included
/// @param size how many bytes `diffId` covers. The file that holds the tar may be up to 511 zero
///   bytes longer: see [LayerIntake]
/// @param entries how many entries the tar has, duplicates and whiteouts counted
/// @param newest the latest time of any entry; absent without entries
public record LayerSummary(Digest diffId, long size, long entries, Optional<Timestamp> newest) {
    public LayerSummary {
        if (diffId.algorithm() != Digest.Algorithm.SHA256 || size < 0 || entries < 0) {
            throw new IllegalArgumentException("no layer: " + diffId + ' ' + size + ' ' + entries);
        }
    }

    /// Counts entries and finds the latest time.
    static final class Tally implements EntrySink {
        private long entries;
        private Optional<Timestamp> newest = Optional.empty();

        @Override
        public void accept(Entry entry) {
            entries++;
            if (newest.isEmpty() || entry.mtime().compareTo(newest.get()) > 0) {
                newest = Optional.of(entry.mtime());
            }
        }

        LayerSummary summary(Digest diffId, long size) {
            return new LayerSummary(diffId, size, entries, newest);
        }
    }
}
