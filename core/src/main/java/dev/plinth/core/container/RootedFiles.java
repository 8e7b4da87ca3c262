package dev.plinth.core.container;

import dev.plinth.linux.Errno;
import dev.plinth.linux.Fd;
import dev.plinth.linux.FileStatus;
import dev.plinth.linux.FileType;
import dev.plinth.linux.Node;
import dev.plinth.linux.RawNames;
import dev.plinth.linux.RootedFolder;
import dev.plinth.linux.SyscallException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/// The files of a mounted root. The kernel resolves each path, so that no link leads out.
final class RootedFiles implements RootFiles, AutoCloseable {
    private final RootedFolder root;

    private RootedFiles(RootedFolder root) {
        this.root = root;
    }

    static RootedFiles open(Path root) throws IOException {
        return new RootedFiles(RootedFolder.open(root));
    }

    @Override
    public Optional<Head> head(String path, int most) throws IOException {
        try (Node node = root.nodeFollowing(RawNames.fromUtf8(path))) {
            FileStatus status = node.status();
            if (status.type() != FileType.REGULAR) {
                Type type = status.type() == FileType.FOLDER ? Type.FOLDER : Type.OTHER;
                return Optional.of(new Head(type, status.mode(), ByteBuffer.allocate(0)));
            }
            try (Fd file = node.reading()) {
                return Optional.of(
                        new Head(
                                Type.FILE,
                                status.mode(),
                                read(file, (int) Math.min(most, status.size()))));
            }
        } catch (SyscallException e) {
            return switch (e.errno()) {
                case Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP, Errno.ENAMETOOLONG, Errno.EXDEV ->
                        Optional.empty();
                default -> throw e;
            };
        }
    }

    private static ByteBuffer read(Fd file, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining() && file.read(bytes) >= 0) {}
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        root.close();
    }
}
