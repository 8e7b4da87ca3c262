package dev.plinth.core.store;

import dev.plinth.core.error.PlinthException;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one running command uses or is making: kept from collection until the lease is closed or
/// its process has died, together with a folder for its temporary files.
///
/// On disk a lease is the file `tmp/ID.lease`, locked by the kernel while its owner lives, with a
/// digest on each line, and the folder `tmp/ID`. Safe for use by several threads.
public final class Lease implements AutoCloseable {
    static final String SUFFIX = ".lease";

    private final Store store;
    private final Path file;
    private final Path folder;
    private final FileChannel channel;
    private final Set<Digest> added = new HashSet<>();
    private int made;
    private long end;
    private boolean closed;

    private Lease(Store store, Path file, Path folder, FileChannel channel) {
        this.store = store;
        this.file = file;
        this.folder = folder;
        this.channel = channel;
    }

    /// A new lease of this process. To be called under the shared lock, so that no sweep finds it
    /// before it is locked.
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
                Files.deleteIfExists(file);
                channel.close();
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
                long at = end;
                while (line.hasRemaining()) {
                    at += channel.write(line, at);
                }
                end = at;
            }
        } catch (IOException e) {
            throw Durable.named(e, store.root());
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

    Path folder() {
        return folder;
    }

    /// Remembers that `digest` was not in the store before.
    synchronized void added(Digest digest) {
        added.add(digest);
    }

    /// Ends this lease, and deletes what was added to the store under it, as far as nobody else
    /// needs it.
    ///
    /// @param others as for [Store#collect]
    public void undo(Store.Roots others) throws IOException {
        close();
        if (!added.isEmpty()) {
            store.collect(others, added::contains);
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            Durable.remove(folder);
        } finally {
            // Not while this process sweeps: it must not open the file of a lease of its own, which
            // it knows as such until the end of this section.
            try (var _ = store.lock().shared()) {
                Files.deleteIfExists(file);
                channel.close();
                store.ended(this);
            }
        }
    }

    /// The digests that this lease keeps.
    List<Digest> kept() throws IOException {
        return read(channel);
    }

    /// The digests that the lease in `file` keeps, or null if its owner has died. To be called
    /// under the exclusive lock, and not for a lease of this process, whose lock would fall.
    static @Nullable List<Digest> keptByOther(Path file) throws IOException {
        try (FileChannel open =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return open.tryLock() == null ? read(open) : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static List<Digest> read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {}
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        List<Digest> digests = new ArrayList<>();
        // What follows the last line end was being written when there was no room left for it.
        for (int start = 0, end; (end = text.indexOf('\n', start)) >= 0; start = end + 1) {
            digests.add(parse(text.substring(start, end)));
        }
        return digests;
    }

    private static Digest parse(String line) throws IOException {
        try {
            return Digest.parse(line);
        } catch (PlinthException e) {
            // What a living process keeps is not known: better nothing is deleted.
            throw new IOException("a lease that cannot be read: " + e.getMessage(), e);
        }
    }
}
