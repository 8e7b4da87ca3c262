package dev.plinth.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Steps that leave a file or folder either as it was or as it shall be, wherever a process is
/// killed or the power fails.
public final class Durable {
    private Durable() {}

    /// Makes `file` hold `bytes`, by way of `temporary` on the same file system.
    static void write(Path file, byte[] bytes, Path temporary) throws IOException {
        createFolders(folderOf(file));
        try (FileChannel out =
                FileChannel.open(
                        temporary,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        } catch (IOException e) {
            throw named(e, file);
        }
        publish(temporary, file);
    }

    /// As `trouble`, with the place where there is no room; a channel does not say which file it
    /// could not write.
    static IOException named(IOException trouble, Path place) {
        String message = trouble.getMessage();
        if (message == null || trouble instanceof FileSystemException) {
            return trouble;
        }
        return switch (message) {
            case "No space left on device", "Disk quota exceeded", "File too large" -> {
                var named = new FileSystemException(place.toString(), null, message);
                named.initCause(trouble);
                yield named;
            }
            default -> trouble;
        };
    }

    /// Moves `temporary`, whose content is on the disk, to `place`, and waits until the disk knows.
    /// A file that is there is replaced.
    static void publish(Path temporary, Path place) throws IOException {
        try {
            Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException(
                    "the temporary folder of the store must be on the file system of " + place, e);
        }
        sync(folderOf(place));
    }

    /// Makes `folder` with those above it that are missing, and waits until the disk knows.
    static void createFolders(Path folder) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path up = folder; !Files.isDirectory(up); up = folderOf(up)) {
            missing.push(up);
        }
        for (Path next : missing) {
            try {
                Files.createDirectory(next);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(next)) {
                    throw e;
                }
                // Another process was faster.
            }
            sync(folderOf(next));
        }
    }

    /// The folder that a file of the store is in.
    static Path folderOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file in a folder");
    }

    /// Waits until the names in `folder` are on the disk; does nothing where a folder cannot be
    /// opened (Windows).
    static void sync(Path folder) throws IOException {
        FileChannel open;
        try {
            open = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            return;
        }
        try (open) {
            open.force(true);
        }
    }

    /// Removes `place` and what is below it; nothing happens where nothing is. Symbolic links are
    /// removed, not followed.
    public static void remove(Path place) throws IOException {
        if (Files.notExists(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(
                place,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path folder, @Nullable IOException trouble) throws IOException {
                        Files.deleteIfExists(folder);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
