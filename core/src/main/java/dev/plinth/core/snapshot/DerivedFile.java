package dev.plinth.core.snapshot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/// Writes files that are derived from a layer so that each is whole or absent.
final class DerivedFile {
    private static final String SUFFIX = ".tmp";

    private DerivedFile() {}

    /// Writes a file.
    @FunctionalInterface
    interface Content {
        void writeTo(FileChannel out) throws IOException;
    }

    /// Makes `file` hold `content`, in place of what was there. Nothing waits for the disk, so
    /// whoever reads the file has to find out whether a power failure took a part of it.
    ///
    /// To be called by one at a time for each file: what a process leaves that is killed here, the
    /// next one takes over.
    static void write(Path file, Content content) throws IOException {
        write(file, file.resolveSibling(file.getFileName() + SUFFIX), content);
    }

    /// As the other, by way of `temporary` on the same file system.
    static void write(Path file, Path temporary, Content content) throws IOException {
        try (FileChannel out =
                FileChannel.open(
                        temporary,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            // Tells a check of the store that somebody is at work here.
            out.lock();
            content.writeTo(out);
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /// A path beside `file` that nothing is at.
    static Path temporary(Path file) {
        String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
        return file.resolveSibling(file.getFileName() + "-" + random + SUFFIX);
    }
}
