package dev.plinth.cli.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ThreadLocalRandom;

/// A file that is there whole, or not at all.
final class WholeFile {
    private WholeFile() {}

    /// Writes what the file is to hold.
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /// Makes `file` hold what `content` writes; if that fails, the file is as it was. What is no
    /// file, such as a pipe or a device, is written to as it is.
    static void write(Path file, Content content) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            try (OutputStream out = Files.newOutputStream(file)) {
                content.writeTo(out);
            }
            return;
        }
        Path temporary =
                file.resolveSibling(
                        "."
                                + file.getFileName()
                                + "."
                                + Long.toHexString(ThreadLocalRandom.current().nextLong()));
        try {
            try (OutputStream out = Files.newOutputStream(temporary)) {
                content.writeTo(out);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
