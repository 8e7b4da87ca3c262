package dev.plinth.core.store;

import dev.plinth.core.error.PlinthException;
import dev.plinth.core.json.MalformedJson;
import dev.plinth.core.layer.LayerFile;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Looks at every byte of a store: whether each blob and layer has the digest it is named by,
/// whether everything that is referred to is here, and what is lying about that nobody needs.
///
/// Debris, which is what killed processes leave, is removed; what is damaged or missing is told and
/// left as it is. Other commands go on meanwhile: nobody changes a blob or layer, so that the store
/// is locked only for the moments in which debris is looked for.
public final class StoreCheck {
    private final Store store;
    private final Store.Roots others;
    private final boolean repair;
    private final Set<String> damage = new LinkedHashSet<>();
    private final List<String> debris = new ArrayList<>();
    private int blobs;
    private int layers;
    private int names;
    private long bytes;

    private StoreCheck(Store store, Store.Roots others, boolean repair) {
        this.store = store;
        this.others = others;
        this.repair = repair;
    }

    /// What a check found.
    ///
    /// @param bytes how many bytes of blobs and layers were compared with their digests
    /// @param damage one sentence for each thing that is wrong and was left as it is
    /// @param debris what was of no use and was removed, or would have been
    public record Report(
            int names,
            int layers,
            int blobs,
            long bytes,
            List<String> damage,
            List<String> debris) {
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
    /// @param repair whether debris is removed
    public static Report check(Store store, Store.Roots others, boolean repair) throws IOException {
        StoreCheck check = new StoreCheck(store, others, repair);
        check.folder();
        check.blobs();
        check.layers();
        check.compressed();
        try (var _ = store.lock().exclusive()) {
            check.references();
        }
        return new Report(
                check.names,
                check.layers,
                check.blobs,
                check.bytes,
                List.copyOf(check.damage),
                check.debris);
    }

    private void folder() throws IOException {
        for (Path path : list(store.root())) {
            String name = path.getFileName().toString();
            if (isAbandoned(path)) {
                remove(path);
            } else if (!StoreFolder.isPart(name) && !name.endsWith(StoredLayer.UNFINISHED)) {
                damage.add(path + " is not of a store");
            }
        }
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(store.root());
            if (mode.contains(PosixFilePermission.GROUP_EXECUTE)
                    || mode.contains(PosixFilePermission.OTHERS_EXECUTE)) {
                damage.add(
                        store.root()
                                + " is open to other users, who could use the programs in its"
                                + " layers; chmod 700 mends it");
            }
        } catch (UnsupportedOperationException e) {
            // Such a file system knows no permissions.
        }
    }

    private void blobs() throws IOException {
        for (Path file : digestNamed("blobs")) {
            Optional<Digest> digest = named(file);
            if (digest.isEmpty()) {
                continue;
            }
            try {
                if (!digest.get().equals(hash(file, digest.get().algorithm()))) {
                    damage.add(store.blobs().damaged(digest.get()).problem());
                }
                blobs++;
            } catch (NoSuchFileException e) {
                // It was collected meanwhile.
            }
        }
    }

    private void layers() throws IOException {
        for (Path folder : digestNamed("layers")) {
            Optional<Digest> digest = named(folder);
            if (digest.isPresent()) {
                try {
                    layer(new StoredLayer(digest.get(), folder));
                    layers++;
                } catch (NoSuchFileException e) {
                    // It was collected meanwhile.
                }
            }
        }
    }

    private void layer(StoredLayer layer) throws IOException {
        Digest digest = layer.diffId();
        if (!Files.isRegularFile(layer.tar(), LinkOption.NOFOLLOW_LINKS)) {
            if (Files.exists(layer.folder())) {
                damage.add("the layer " + digest + " has no tar");
            }
            return;
        }
        for (Path path : list(layer.folder())) {
            if (isAbandoned(path)) {
                remove(path);
            }
        }
        try (LayerFile tar = layer.file()) {
            bytes += Files.size(layer.tar());
            if (tar.verify(digest).isEmpty()) {
                damage.add(store.blobs().damaged(digest).problem());
                return;
            }
        }
        try {
            if (!layer.hasIndex()) {
                debris.add("the unreadable list of entries of " + digest);
                if (repair) {
                    layer.repairIndex();
                }
            }
        } catch (PlinthException e) {
            damage.add("the layer " + digest + " cannot be read: " + e.getMessage());
        }
    }

    private void compressed() throws IOException {
        for (Path file : digestNamed("compressed")) {
            if (named(file).isPresent()) {
                try {
                    CompressedForms.read(file);
                } catch (MalformedJson e) {
                    remove(file);
                }
            }
        }
    }

    /// Under the exclusive lock, so that nothing comes or goes meanwhile.
    private void references() throws IOException {
        Leftovers leftovers = store.leftovers();
        for (Path dead : leftovers.dead()) {
            remove(dead);
        }
        List<String> unreadable = new ArrayList<>();
        List<Names.Name> all = store.names().all(it -> unreadable.add(it.problem()));
        names = all.size();
        Reach reach = new Reach(store);
        for (Names.Name name : all) {
            root(name.target().digest(), "which is the image " + called(name), unreadable);
            reach.image(name.target().digest());
        }
        for (Digest image : others.digests()) {
            root(image, "which a container was made from", unreadable);
            reach.config(image);
        }
        leftovers.kept().forEach(reach::anything);
        reach.follow();
        unreadable.addAll(reach.missing());
        reach.damage().forEach(it -> unreadable.add(it.problem()));
        if (unreadable.isEmpty()) {
            // Only if all that has a name can be read is it known what nobody needs.
            unreached(new Collector(store, reach, _ -> true));
        }
        damage.addAll(unreadable);
    }

    private void root(Digest digest, String role, List<String> unreadable) {
        if (!store.blobs().contains(digest)) {
            unreadable.add(digest + ", " + role + ", is missing");
        }
    }

    private static String called(Names.Name name) {
        return name.reference().map(reference -> reference.familiar()).orElse("without a name");
    }

    private void unreached(Collector collector) throws IOException {
        Collected collected = repair ? collector.collect() : collector.find();
        collected.layers().forEach(layer -> debris.add("the layer " + layer + " of no image"));
        collected.blobs().forEach(blob -> debris.add("the blob " + blob + " of no image"));
    }

    private void remove(Path path) throws IOException {
        debris.add(store.root().relativize(path).toString());
        if (repair) {
            Durable.remove(path);
        }
    }

    /// Whether this is a derived file that nobody is writing any more.
    private static boolean isAbandoned(Path path) throws IOException {
        if (!path.getFileName().toString().endsWith(StoredLayer.UNFINISHED)
                || !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            return file.tryLock() != null;
        } catch (NoSuchFileException | OverlappingFileLockException e) {
            // It is finished, or another thread of this process is at it.
            return false;
        }
    }

    /// The files of a part of the store that has folders by algorithm.
    private List<Path> digestNamed(String part) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path algorithm : list(store.root().resolve(part))) {
            if (Files.isDirectory(algorithm, LinkOption.NOFOLLOW_LINKS)) {
                files.addAll(list(algorithm));
            } else {
                damage.add(algorithm + " is not of a store");
            }
        }
        return files;
    }

    private Optional<Digest> named(Path file) {
        Optional<Digest> digest = Collector.named(file);
        if (digest.isEmpty()) {
            damage.add(file + " is not named by a digest");
        }
        return digest;
    }

    private Digest hash(Path file, Digest.Algorithm algorithm) throws IOException {
        MessageDigest hash = algorithm.hasher();
        byte[] buffer = new byte[1 << 18];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hash.update(buffer, 0, n);
                bytes += n;
            }
        }
        return Digest.of(algorithm, hash.digest());
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
