package dev.plinth.core.container;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// The locks of containers, one each: whoever changes a container, in whatever process, holds its
/// lock. Looking needs none. A lock falls with its process, however that ends.
///
/// Such a lock of the kernel also falls when any descriptor of its file is closed in the process
/// that holds it, and counts for all threads; so this class alone opens the file, and within the
/// process a lock of Java's stands before the kernel's.
final class ContainerLocks {
    private static final String FILE = "lock";

    private final Map<ContainerId, ReentrantLock> inProcess = new ConcurrentHashMap<>();

    /// The lock, waited for; empty if the container is gone by then.
    Optional<Held> lock(ContainerId id, Path folder) throws IOException {
        ReentrantLock first = inProcess.computeIfAbsent(id, _ -> new ReentrantLock());
        first.lock();
        return open(first, folder, true);
    }

    /// The lock, if it is free; empty if it is not, or the container is gone.
    Optional<Held> tryLock(ContainerId id, Path folder) throws IOException {
        ReentrantLock first = inProcess.computeIfAbsent(id, _ -> new ReentrantLock());
        return first.isHeldByCurrentThread() || !first.tryLock()
                ? Optional.empty()
                : open(first, folder, false);
    }

    /// Lets go of what is kept for a container that is gone. Whoever still waits for its lock finds
    /// that out by its folder.
    void forget(ContainerId id) {
        inProcess.remove(id);
    }

    private static Optional<Held> open(ReentrantLock first, Path folder, boolean wait)
            throws IOException {
        Held held = null;
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            folder.resolve(FILE),
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE);
            FileLock lock = wait ? channel.lock() : channel.tryLock();
            // Whoever held it before may have removed the container, file and all.
            if (lock != null && Files.exists(folder.resolve(FILE))) {
                held = new Held(first, channel);
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } finally {
            if (held == null) {
                try {
                    if (channel != null) {
                        channel.close();
                    }
                } finally {
                    first.unlock();
                }
            }
        }
        return Optional.ofNullable(held);
    }

    /// A lock held by the thread that got it, until it is closed.
    static final class Held implements AutoCloseable {
        private final ReentrantLock first;
        private final FileChannel channel;

        private Held(ReentrantLock first, FileChannel channel) {
            this.first = first;
            this.channel = channel;
        }

        @Override
        public void close() throws IOException {
            try {
                channel.close();
            } finally {
                first.unlock();
            }
        }
    }
}
