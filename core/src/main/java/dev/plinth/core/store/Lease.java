package dev.plinth.core.store;

import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one running command uses or is making: kept from collection until the lease is closed or
/// its process has died, together with a folder for its temporary files.
///
/// On disk a lease is the file `tmp/ID.lease`, locked by the kernel while its owner lives, with a
/// digest on each line, and the folder `tmp/ID`. Safe for use by several threads.
public final class Lease implements AutoCloseable {
    private static final String SUFFIX = ".lease";

    private final Store store;
    private final Path file;
    private final Path folder;
    private final FileChannel channel;
    private int made;
    private boolean closed;

    private Lease(Store store, Path file, Path folder, FileChannel channel) {
        this.store = store;
        this.file = file;
        this.folder = folder;
        this.channel = channel;
    }

    /// A new lease of this process. To be called under the shared lock, so that no collection finds
    /// it before it is locked.
    static Lease take(Store store, Path tmp, String id) throws IOException {
        Path file = tmp.resolve(id + SUFFIX);
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        boolean done = false;
        try {
            channel.lock();
            Path folder = Files.createDirectory(tmp.resolve(id));
            done = true;
            return new Lease(store, file, folder, channel);
        } finally {
            if (!done) {
                channel.close();
                Files.deleteIfExists(file);
            }
        }
    }

    /// Keeps the blob or layer `digest`, and all that it refers to, until this lease ends. A
    /// collection that is under way is waited for: look whether the content is there *after* this.
    public void keep(Digest digest) throws IOException {
        ByteBuffer line = StandardCharsets.US_ASCII.encode(digest + "\n");
        try (var _ = store.lock().shared()) {
            synchronized (this) {
                if (closed) {
                    throw new IllegalStateException("the lease has ended");
                }
                while (line.hasRemaining()) {
                    channel.write(line);
                }
            }
        }
    }

    /// A path that nothing is at, for a file or folder of this lease; whatever is there when the
    /// lease ends is removed.
    public synchronized Path temporary() {
        return folder.resolve(Integer.toString(made++));
    }

    Path file() {
        return file;
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            Durable.remove(folder);
        } finally {
            store.ended(this);
            Files.deleteIfExists(file);
            channel.close();
        }
    }

    /// What dead processes left under `tmp` is removed, and what living ones keep is returned. To
    /// be called under the exclusive lock.
    ///
    /// @param own the leases of this process, whose files must not be opened a second time
    static Collection<Digest> sweep(Path tmp, Collection<Lease> own) throws IOException {
        List<Digest> kept = new ArrayList<>();
        List<Path> ownFiles = new ArrayList<>();
        List<Path> alive = new ArrayList<>();
        for (Lease lease : own) {
            kept.addAll(lease.read());
            ownFiles.add(lease.file);
            alive.add(lease.folder);
        }
        List<Path> found;
        try (var list = Files.list(tmp)) {
            found = list.sorted().toList();
        }
        for (Path path : found) {
            String name = path.getFileName().toString();
            if (!name.endsWith(SUFFIX) || ownFiles.contains(path)) {
                continue;
            }
            List<Digest> held = heldBy(path);
            if (held != null) {
                kept.addAll(held);
                alive.add(tmp.resolve(name.substring(0, name.length() - SUFFIX.length())));
            }
        }
        for (Path path : found) {
            if (!path.getFileName().toString().endsWith(SUFFIX) && !alive.contains(path)) {
                Durable.remove(path);
            }
        }
        return kept;
    }

    /// The digests in the lease of another process, or null and the file removed if it has died.
    private static @Nullable List<Digest> heldBy(Path file) throws IOException {
        try (FileChannel open =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var lock = open.tryLock();
            if (lock != null) {
                Files.deleteIfExists(file);
                return null;
            }
            return read(open);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private synchronized List<Digest> read() throws IOException {
        return read(channel);
    }

    private static List<Digest> read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {}
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        List<Digest> digests = new ArrayList<>();
        // A line without its end was being written when its owner was killed.
        for (int start = 0, end; (end = text.indexOf('\n', start)) >= 0; start = end + 1) {
            digests.add(Digest.parse(text.substring(start, end)));
        }
        return digests;
    }
}
