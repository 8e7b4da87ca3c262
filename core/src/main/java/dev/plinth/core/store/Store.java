package dev.plinth.core.store;

import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// One folder with everything Plinth keeps: images, layers, names, containers. Several processes
/// may have it open at once; one process opens it once. Safe for use by several threads.
///
/// This is store format 1.
public final class Store implements AutoCloseable {
    private static final String FORMAT = "1";
    static final Set<String> PARTS =
            Set.of(
                    "format",
                    "layers",
                    "blobs",
                    "compressed",
                    "names",
                    "containers",
                    "volumes",
                    "networks",
                    "cache",
                    "events",
                    "tmp",
                    "lock",
                    "snapshotter",
                    "run");

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
        this.lock = new StoreLock(root.resolve("lock"));
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
        String format;
        try {
            format = Files.readString(root.resolve("format"), StandardCharsets.UTF_8).strip();
        } catch (NoSuchFileException e) {
            create(root);
            format = FORMAT;
        } catch (AccessDeniedException e) {
            throw UnusableStore.denied(root, e);
        }
        if (!format.equals(FORMAT)) {
            throw UnusableStore.format(root, format);
        }
        return new Store(root.toRealPath());
    }

    private static void create(Path root) throws IOException {
        try {
            if (Files.isDirectory(root)) {
                try (var list = Files.list(root)) {
                    list.filter(path -> !PARTS.contains(path.getFileName().toString()))
                            .findAny()
                            .ifPresent(
                                    stranger -> {
                                        throw UnusableStore.foreign(root, stranger);
                                    });
                }
            } else {
                Files.createDirectories(root.toAbsolutePath().getParent());
                createPrivate(root);
            }
            for (String part :
                    List.of(
                            "layers",
                            "blobs",
                            "compressed",
                            "names",
                            "containers",
                            "cache",
                            "tmp")) {
                Files.createDirectories(root.resolve(part));
            }
            Files.createDirectories(root.resolve("layers/sha256"));
            Files.createDirectories(root.resolve("blobs/sha256"));
            Files.createDirectories(root.resolve("compressed/sha256"));
            // Two processes may both get here; each writes the same.
            Path temporary = root.resolve("tmp").resolve("format-" + randomId());
            Durable.write(
                    root.resolve("format"),
                    (FORMAT + "\n").getBytes(StandardCharsets.UTF_8),
                    temporary);
        } catch (AccessDeniedException e) {
            throw UnusableStore.denied(root, e);
        }
    }

    /// Layers hold setuid files and what images keep secret: the store is its owner's alone.
    private static void createPrivate(Path root) throws IOException {
        try {
            Files.createDirectory(
                    root,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (UnsupportedOperationException e) {
            Files.createDirectory(root);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster.
        }
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

    /// A lease of this process, to be closed when the command is over.
    public Lease lease() throws IOException {
        try (var _ = lock.shared()) {
            Lease lease = Lease.take(this, root.resolve("tmp"), randomId());
            synchronized (leases) {
                leases.add(lease);
            }
            return lease;
        }
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
    /// @param others asked, while nothing can be added, for the blobs that must stay besides: those
    ///   of containers
    public Collected collect(Roots others) throws IOException {
        try (var _ = lock.exclusive()) {
            List<Digest> roots = new ArrayList<>(sweepLeases());
            roots.addAll(others.digests());
            names.all().forEach(name -> roots.add(name.target().digest()));
            return new Collector(this).collect(roots);
        }
    }

    /// Removes what dead processes left under `tmp`; returns what living ones keep. Under the
    /// exclusive lock.
    Collection<Digest> sweepLeases() throws IOException {
        List<Lease> own;
        synchronized (leases) {
            own = new ArrayList<>(leases);
        }
        return Lease.sweep(root.resolve("tmp"), own);
    }

    /// What must stay in the store besides what has a name.
    public interface Roots {
        List<Digest> digests() throws IOException;
    }

    private static String randomId() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    }

    @Override
    public void close() throws IOException {
        List<Lease> own;
        synchronized (leases) {
            own = new ArrayList<>(leases);
        }
        for (Lease lease : own) {
            lease.close();
        }
        lock.close();
    }
}
