package dev.plinth.core.store;

import dev.plinth.core.error.PlinthException;
import dev.plinth.core.layer.LayerFile;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Looks at every byte of a store: whether each blob and layer has the digest it is named by,
/// whether everything that is referred to is here, and what is lying about that nobody needs.
///
/// Runs alone, under the exclusive lock. Debris, which is what killed processes leave, is removed;
/// what is damaged or missing is told and left as it is.
public final class StoreCheck {
    private final Store store;
    private final List<String> damage = new ArrayList<>();
    private final List<String> debris = new ArrayList<>();
    private int blobs;
    private int layers;
    private int names;

    private StoreCheck(Store store) {
        this.store = store;
    }

    /// What a check found.
    ///
    /// @param damage one sentence for each thing that is wrong and was left as it is
    /// @param debris one sentence for each thing that was of no use and was removed
    public record Report(
            int names, int layers, int blobs, List<String> damage, List<String> debris) {
        public Report {
            damage = List.copyOf(damage);
            debris = List.copyOf(debris);
        }

        public boolean isSound() {
            return damage.isEmpty();
        }
    }

    /// Checks `store`.
    ///
    /// @param others as for [Store#collect]
    public static Report check(Store store, Store.Roots others) throws IOException {
        try (var _ = store.lock().exclusive()) {
            StoreCheck check = new StoreCheck(store);
            check.leftovers();
            check.strangers();
            check.blobs();
            check.layers();
            check.names(others.digests());
            return new Report(check.names, check.layers, check.blobs, check.damage, check.debris);
        }
    }

    private void leftovers() throws IOException {
        Path tmp = store.root().resolve("tmp");
        Set<Path> before = list(tmp);
        store.sweepLeases();
        before.removeAll(list(tmp));
        for (Path gone : before) {
            debris.add("removed what a dead process left: tmp/" + gone.getFileName());
        }
    }

    private void strangers() throws IOException {
        for (Path path : list(store.root())) {
            if (!Store.PARTS.contains(path.getFileName().toString())) {
                damage.add(path + " is not of a store");
            }
        }
    }

    private void blobs() throws IOException {
        for (Path algorithm : list(store.root().resolve("blobs"))) {
            for (Path file : list(algorithm)) {
                blobs++;
                Digest digest = named(algorithm, file);
                if (digest != null && !digest.equals(hash(file))) {
                    damage.add("the blob " + digest + " has other bytes than its name says");
                }
            }
        }
    }

    private void layers() throws IOException {
        for (Path algorithm : list(store.root().resolve("layers"))) {
            for (Path folder : list(algorithm)) {
                layers++;
                Digest digest = named(algorithm, folder);
                if (digest == null) {
                    continue;
                }
                StoredLayer layer = store.layers().find(digest).orElse(null);
                if (layer == null) {
                    damage.add("the layer " + digest + " has no tar");
                    continue;
                }
                try (LayerFile tar = layer.file()) {
                    if (tar.verify(digest).isEmpty()) {
                        damage.add("the layer " + digest + " has other bytes than its name says");
                        continue;
                    }
                }
                entries(layer);
            }
        }
    }

    private void entries(StoredLayer layer) throws IOException {
        try {
            if (layer.repairIndex()) {
                debris.add("made the list of entries of " + layer.diffId() + " again");
            }
        } catch (PlinthException e) {
            damage.add("the layer " + layer.diffId() + " cannot be read: " + e.getMessage());
        }
    }

    private void names(List<Digest> others) throws IOException {
        List<Digest> roots = new ArrayList<>(others);
        try {
            for (Names.Name name : store.names().all()) {
                names++;
                roots.add(name.target().digest());
                if (!store.blobs().contains(name.target().digest())) {
                    damage.add(
                            "the image "
                                    + name.reference().map(Object::toString).orElse("<untagged>")
                                    + " is gone: "
                                    + name.target().digest()
                                    + " is not in the store");
                }
            }
        } catch (PlinthException e) {
            damage.add(e.getMessage());
        }
        Reach reach = new Reach(store);
        reach.add(roots);
        reach.missing()
                .forEach(
                        (digest, from) ->
                                damage.add(digest + ", which " + from + " needs, is missing"));
    }

    private @Nullable Digest named(Path algorithm, Path file) {
        try {
            return Digest.parse(algorithm.getFileName() + ":" + file.getFileName());
        } catch (PlinthException e) {
            damage.add(file + " is not named by a digest");
            return null;
        }
    }

    private static Digest hash(Path file) throws IOException {
        MessageDigest hash = Digest.Algorithm.SHA256.hasher();
        byte[] buffer = new byte[1 << 18];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hash.update(buffer, 0, n);
            }
        }
        return Digest.of(Digest.Algorithm.SHA256, hash.digest());
    }

    private static Set<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return new TreeSet<>();
        }
        try (var list = Files.list(folder)) {
            return new TreeSet<>(list.toList());
        }
    }
}
