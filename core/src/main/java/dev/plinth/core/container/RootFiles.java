package dev.plinth.core.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The files of a container's root, read so that no link in it leads out, and no fifo or device in
/// it is opened.
public interface RootFiles {
    /// The largest `/etc/passwd` or `/etc/group` that is read.
    int MOST_DATABASE = 16 * 1024 * 1024;

    /// What is at a path of the root, every link followed as a process inside would; empty where
    /// there is nothing, or the path leads nowhere.
    ///
    /// @param most how many bytes of a regular file to read, from its beginning
    Optional<Head> head(String path, int most) throws IOException;

    /// The beginning of a file.
    ///
    /// @param mode the permission bits
    /// @param content empty for what is no regular file
    record Head(Type type, int mode, ByteBuffer content) {
        public Head {
            content = content.asReadOnlyBuffer();
        }

        /// A copy of what was read.
        public byte[] bytes() {
            byte[] bytes = new byte[content.remaining()];
            content.get(content.position(), bytes);
            return bytes;
        }
    }

    /// What a path can lead to.
    enum Type {
        FILE,
        FOLDER,
        OTHER
    }

    /// The whole content of a small file, or nothing where there is none.
    default byte[] small(String path, int most) throws IOException {
        Optional<Head> head = head(path, most + 1);
        if (head.isEmpty() || head.get().type() != Type.FILE) {
            return new byte[0];
        }
        byte[] bytes = head.get().bytes();
        if (bytes.length > most) {
            throw new InvalidOption(
                    path
                            + " of the image is larger than "
                            + most
                            + " bytes, which is not believable");
        }
        return bytes;
    }
}
