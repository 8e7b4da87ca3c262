package dev.plinth.core.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// The lock of a store, held by the kernel: shared by who reads or adds, alone for who deletes.
///
/// A lock of this sort belongs to the process, and falls when any descriptor of the file is closed
/// in it. So this class opens the file once, and keeps it open as long as the store; threads of the
/// process share through a lock of their own.
final class StoreLock implements Closeable {
    private final Path file;
    private final ReentrantReadWriteLock threads = new ReentrantReadWriteLock();
    private @Nullable FileChannel channel;
    private @Nullable FileLock kernel;
    private int sharers;

    StoreLock(Path file) {
        this.file = file;
    }

    /// A section under the lock; ends when closed, by the thread that began it.
    interface Section extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /// Waits until nobody deletes, then begins a section in which nobody can.
    Section shared() throws IOException {
        threads.readLock().lock();
        boolean done = false;
        try {
            synchronized (this) {
                if (sharers == 0) {
                    kernel = channel().lock(0, Long.MAX_VALUE, true);
                }
                sharers++;
            }
            done = true;
        } finally {
            if (!done) {
                threads.readLock().unlock();
            }
        }
        return () -> {
            try {
                synchronized (this) {
                    if (--sharers == 0) {
                        release();
                    }
                }
            } finally {
                threads.readLock().unlock();
            }
        };
    }

    /// Waits until nobody is in a section, then begins one alone. Not within a shared one.
    Section exclusive() throws IOException {
        threads.writeLock().lock();
        boolean done = false;
        try {
            synchronized (this) {
                kernel = channel().lock();
            }
            done = true;
        } finally {
            if (!done) {
                threads.writeLock().unlock();
            }
        }
        return () -> {
            try {
                synchronized (this) {
                    release();
                }
            } finally {
                threads.writeLock().unlock();
            }
        };
    }

    private void release() throws IOException {
        FileLock held = kernel;
        kernel = null;
        if (held != null) {
            held.release();
        }
    }

    private FileChannel channel() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            channel = open;
        }
        return open;
    }

    @Override
    public synchronized void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
