package dev.plinth.core.store;

import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What lies in the temporary folder of a store: what the leases of living processes keep, and what
/// dead ones left. Looked at under the exclusive lock, so that no lease is just being taken.
///
/// @param kept the digests that living leases keep
/// @param dead files and folders that nobody owns any more
record Leftovers(List<Digest> kept, List<Path> dead) {

    /// @param own the leases of this process, whose files must not be opened a second time
    static Leftovers of(Path tmp, Collection<Lease> own) throws IOException {
        List<Digest> kept = new ArrayList<>();
        Set<Path> alive = new HashSet<>();
        for (Lease lease : own) {
            kept.addAll(lease.kept());
            alive.add(lease.file());
            alive.add(lease.folder());
        }
        List<Path> found;
        try (var list = Files.list(tmp)) {
            found = list.sorted().toList();
        }
        for (Path path : found) {
            String name = path.getFileName().toString();
            if (!name.endsWith(Lease.SUFFIX) || alive.contains(path)) {
                continue;
            }
            List<Digest> others = Lease.keptByOther(path);
            if (others != null) {
                kept.addAll(others);
                alive.add(path);
                alive.add(tmp.resolve(name.substring(0, name.length() - Lease.SUFFIX.length())));
            }
        }
        List<Path> dead = new ArrayList<>(found);
        dead.removeAll(alive);
        return new Leftovers(kept, dead);
    }

    void remove() throws IOException {
        for (Path path : dead) {
            Durable.remove(path);
        }
    }
}
