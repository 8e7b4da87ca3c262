package dev.plinth.core.store;

import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/// One folder with everything Plinth keeps: images, layers, names, containers. Several processes
/// may have it open at once; one process opens it once. Safe for use by several threads.
///
/// This is store format 1.
public final class Store implements AutoCloseable {
    private final Path root;
    private final StoreLock lock;
    private final Blobs blobs;
    private final Layers layers;
    private final Names names;
    private final CompressedForms compressed;
    private final EventLog events;
    private final Set<Lease> leases = new HashSet<>();

    private Store(Path root) {
        this.root = root;
        this.lock = new StoreLock(root.resolve(StoreFolder.LOCK));
        this.layers = new Layers(this, root.resolve("layers"));
        this.blobs = new Blobs(this, root.resolve("blobs"));
        this.names = new Names(this, root.resolve("names"));
        this.compressed = new CompressedForms(this, root.resolve("compressed"));
        this.events = new EventLog(root.resolve("events"));
    }

    /// The store in the folder `root`, which is made if it is absent or empty.
    ///
    /// @throws UnusableStore if there is something else, or a store of a newer format, or one that
    ///   belongs to somebody else
    public static Store open(Path root) throws IOException {
        return new Store(StoreFolder.open(root));
    }

    /// The folder of the store, without symbolic links in its path.
    public Path root() {
        return root;
    }

    public Blobs blobs() {
        return blobs;
    }

    public Layers layers() {
        return layers;
    }

    public Names names() {
        return names;
    }

    /// What is known of the compressed forms of layers.
    public CompressedForms compressed() {
        return compressed;
    }

    public EventLog events() {
        return events;
    }

    StoreLock lock() {
        return lock;
    }

    Path tmp() {
        return root.resolve("tmp");
    }

    /// A lease of this process, to be closed when the command is over. What killed processes left
    /// under `tmp` is removed on the way, unless somebody is busy just now.
    public Lease lease() throws IOException {
        Lease lease;
        try (var _ = lock.shared()) {
            lease = Lease.take(this, tmp(), randomId());
            synchronized (leases) {
                leases.add(lease);
            }
        } catch (IOException e) {
            throw Durable.named(e, root);
        }
        tidy();
        return lease;
    }

    private void tidy() {
        try (var list = Files.list(tmp())) {
            if (list.count() <= 2L * ownLeases().size()) {
                return;
            }
            try (var alone = lock.exclusiveNow()) {
                if (alone != null) {
                    leftovers().remove();
                }
            }
        } catch (IOException e) {
            // Nobody needs it to be tidy now; the next one tries again, and `system check` tells.
        }
    }

    private List<Lease> ownLeases() {
        synchronized (leases) {
            return new ArrayList<>(leases);
        }
    }

    /// What lies under `tmp`. Under the exclusive lock.
    Leftovers leftovers() throws IOException {
        return Leftovers.of(tmp(), ownLeases());
    }

    void ended(Lease lease) {
        synchronized (leases) {
            leases.remove(lease);
        }
    }

    /// Begins a section in which nothing is deleted from the store. Keep it short: collection, and
    /// whoever waits behind it, waits for its end.
    public Reading reading() throws IOException {
        return lock.shared()::close;
    }

    /// A section in which nothing is deleted.
    public interface Reading extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /// Deletes what neither a name, nor `others`, nor the lease of a living process reaches, and
    /// what dead processes left under `tmp`. Waits for the short sections of others, not for their
    /// commands.
    ///
    /// @param others asked, while nothing can be added, for the images that must stay besides
    /// @throws DamagedContent if something that has a name cannot be read, so that it is not known
    ///   what it needs; nothing was deleted then
    public Collected collect(Roots others) throws IOException {
        return collect(others, _ -> true);
    }

    /// As the other, of blobs and layers only those that `deletable` says.
    Collected collect(Roots others, Predicate<Digest> deletable) throws IOException {
        try (var _ = lock.exclusive()) {
            Leftovers leftovers = leftovers();
            leftovers.remove();
            return new Collector(this, reach(leftovers, others), deletable).collect();
        }
    }

    /// What must stay, and all that it leads to. Under the exclusive lock.
    Reach reach(Leftovers leftovers, Roots others) throws IOException {
        Reach reach = new Reach(this);
        for (Names.Name name : names.all()) {
            reach.image(name.target().digest());
        }
        others.digests().forEach(reach::config);
        leftovers.kept().forEach(reach::anything);
        reach.follow();
        return reach;
    }

    /// The images that must stay in the store besides those with a name: what containers were made
    /// from.
    public interface Roots {
        /// The IDs of the images.
        List<Digest> digests() throws IOException;
    }

    private static String randomId() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    }

    @Override
    public void close() throws IOException {
        for (Lease lease : ownLeases()) {
            lease.close();
        }
        lock.close();
    }
}
