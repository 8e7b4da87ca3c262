package dev.plinth.core.snapshot;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// Locks of the kernel by name, among processes and among the threads of this one. A lock falls
/// with its process.
///
/// Such a lock belongs to the process and falls when any descriptor of its file is closed, so each
/// file is opened once at a time here. Waiting is by trying again: the kernel takes two threads of
/// one process for one and would see a deadlock between processes where there is none.
final class NamedLocks {
    private static final long MOST_WAIT_MILLIS = 20;

    private final Path folder;
    private final ConcurrentHashMap<String, NamedLock> locks = new ConcurrentHashMap<>();

    /// @param folder where the files of the locks are; it must exist while one is taken
    NamedLocks(Path folder) {
        this.folder = folder;
    }

    /// A section under a lock; ends when closed, by the thread that began it.
    interface Section extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /// Waits until nobody has the lock alone, then shares it.
    Section shared(String name) throws IOException {
        NamedLock lock = lock(name);
        lock.threads.readLock().lock();
        return section(lock.threads.readLock(), lock, true);
    }

    /// Waits until nobody has the lock, then has it alone. Not within a shared section of that
    /// name.
    Section exclusive(String name) throws IOException {
        NamedLock lock = lock(name);
        lock.threads.writeLock().lock();
        return section(lock.threads.writeLock(), lock, false);
    }

    /// Has the lock alone if nobody has it, else null.
    @Nullable Section tryExclusive(String name) throws IOException {
        NamedLock lock = lock(name);
        if (!lock.threads.writeLock().tryLock()) {
            return null;
        }
        boolean done = false;
        try {
            done = lock.tryEnter(false);
        } finally {
            if (!done) {
                lock.threads.writeLock().unlock();
            }
        }
        return done ? ending(lock.threads.writeLock(), lock) : null;
    }

    private NamedLock lock(String name) {
        return locks.computeIfAbsent(name, n -> new NamedLock(folder.resolve(n + ".lock")));
    }

    private static Section section(Lock thread, NamedLock lock, boolean shared) throws IOException {
        boolean done = false;
        try {
            lock.enter(shared);
            done = true;
        } finally {
            if (!done) {
                thread.unlock();
            }
        }
        return ending(thread, lock);
    }

    private static Section ending(Lock thread, NamedLock lock) {
        return () -> {
            try {
                lock.leave();
            } finally {
                thread.unlock();
            }
        };
    }

    /// One lock; its file is open while a thread of this process is inside.
    private static final class NamedLock {
        final ReentrantReadWriteLock threads = new ReentrantReadWriteLock();
        private final Path file;
        private @Nullable FileChannel channel;
        private int inside;

        NamedLock(Path file) {
            this.file = file;
        }

        void enter(boolean shared) throws IOException {
            long wait = 1;
            while (!tryEnter(shared)) {
                try {
                    Thread.sleep(wait);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    InterruptedIOException interrupted =
                            new InterruptedIOException("interrupted while waiting for " + file);
                    interrupted.initCause(e);
                    throw interrupted;
                }
                wait = Math.min(wait * 2, MOST_WAIT_MILLIS);
            }
        }

        synchronized boolean tryEnter(boolean shared) throws IOException {
            if (inside == 0) {
                FileChannel open = open(shared);
                if (open == null) {
                    return false;
                }
                channel = open;
            }
            inside++;
            return true;
        }

        /// The file, locked; null if somebody else has it, or if it is no longer the one that
        /// others will find: the folder can be removed and made again while somebody waits.
        private @Nullable FileChannel open(boolean shared) throws IOException {
            if (Files.notExists(file)) {
                try {
                    Files.createFile(file);
                } catch (FileAlreadyExistsException e) {
                    // Another process was faster.
                }
            }
            Object before = identity();
            FileChannel open =
                    FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            boolean kept = false;
            try {
                kept = lock(open, shared) && before.equals(identity());
                return kept ? open : null;
            } finally {
                if (!kept) {
                    open.close();
                }
            }
        }

        private Object identity() throws IOException {
            return Files.getAttribute(file, "unix:ino");
        }

        private static boolean lock(FileChannel open, boolean shared) throws IOException {
            try {
                FileLock lock = open.tryLock(0, Long.MAX_VALUE, shared);
                return lock != null;
            } catch (OverlappingFileLockException e) {
                // Another instance in this process has it.
                return false;
            }
        }

        synchronized void leave() throws IOException {
            if (--inside == 0 && channel != null) {
                FileChannel open = channel;
                channel = null;
                open.close();
            }
        }
    }
}
