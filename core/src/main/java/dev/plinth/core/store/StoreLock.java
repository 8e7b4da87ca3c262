package dev.plinth.core.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// The locks of a store, held by the kernel on two bytes of one file.
///
/// The first byte is shared by who reads or adds, and held alone by who deletes. The second is held
/// alone by who changes what is read, changed and written back: names and the like.
///
/// A lock of this sort belongs to the process, and falls when any descriptor of the file is closed
/// in it. So this class opens the file once, and keeps it open as long as the store; threads of the
/// process share through locks of their own.
final class StoreLock implements Closeable {
    private static final int PRESENCE = 0;
    private static final int CHANGE = 1;

    private final Path file;
    private final ReentrantReadWriteLock threads = new ReentrantReadWriteLock();
    private final ReentrantLock changers = new ReentrantLock();
    private @Nullable FileChannel channel;
    private @Nullable FileLock presence;
    private int sharers;

    StoreLock(Path file) {
        this.file = file;
    }

    /// A section under a lock; ends when closed, by the thread that began it.
    interface Section extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /// Waits until nobody deletes, then begins a section in which nobody can. May be within another
    /// of this thread.
    Section shared() throws IOException {
        threads.readLock().lock();
        boolean done = false;
        try {
            synchronized (this) {
                if (sharers == 0) {
                    presence = channel().lock(PRESENCE, 1, true);
                }
                sharers++;
            }
            done = true;
        } finally {
            if (!done) {
                threads.readLock().unlock();
            }
        }
        return this::endShared;
    }

    private void endShared() throws IOException {
        try {
            synchronized (this) {
                if (--sharers == 0) {
                    releasePresence();
                }
            }
        } finally {
            threads.readLock().unlock();
        }
    }

    /// Waits until nobody else changes names, then begins a section in which nobody does, and
    /// nobody deletes. Not within another one.
    Section change() throws IOException {
        Section shared = shared();
        changers.lock();
        boolean done = false;
        try {
            FileLock kernel = channel().lock(CHANGE, 1, false);
            done = true;
            return () -> {
                try (shared) {
                    kernel.release();
                } finally {
                    changers.unlock();
                }
            };
        } finally {
            if (!done) {
                changers.unlock();
                shared.close();
            }
        }
    }

    /// Waits until nobody is in a section, then begins one alone. Not within a shared one.
    Section exclusive() throws IOException {
        threads.writeLock().lock();
        boolean done = false;
        try {
            synchronized (this) {
                presence = channel().lock(PRESENCE, 1, false);
            }
            done = true;
        } finally {
            if (!done) {
                threads.writeLock().unlock();
            }
        }
        return this::endExclusive;
    }

    /// As [#exclusive], or null at once if anybody is in a section.
    @Nullable Section exclusiveNow() throws IOException {
        if (threads.getReadHoldCount() > 0 || !threads.writeLock().tryLock()) {
            return null;
        }
        boolean done = false;
        try {
            synchronized (this) {
                presence = channel().tryLock(PRESENCE, 1, false);
                done = presence != null;
            }
        } finally {
            if (!done) {
                threads.writeLock().unlock();
            }
        }
        return done ? this::endExclusive : null;
    }

    private void endExclusive() throws IOException {
        try {
            synchronized (this) {
                releasePresence();
            }
        } finally {
            threads.writeLock().unlock();
        }
    }

    private void releasePresence() throws IOException {
        FileLock held = presence;
        presence = null;
        if (held != null) {
            held.release();
        }
    }

    private synchronized FileChannel channel() throws IOException {
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
