package dev.plinth.core.container;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Which container has which name: a symbolic link for each name, to the id. The file system itself
/// sees to it that a name is given once.
final class ContainerNames {
    private static final String LOCK = ".lock";

    /// Whether a container still stands by a name it once reserved.
    interface Claims {
        boolean claims(ContainerId id, ContainerName name) throws IOException;
    }

    private final Path folder;
    private final Claims claims;
    private final ReentrantLock inProcess = new ReentrantLock();

    ContainerNames(Path folder, Claims claims) {
        this.folder = folder;
        this.claims = claims;
    }

    /// Gives the name to the container. Throws [ContainerNameInUse].
    void reserve(ContainerName name, ContainerId id) throws IOException {
        if (link(name, id)) {
            return;
        }
        // A link whose container is gone was left by a process that was killed. Two who see that at
        // the same time must not take each other's new link for the old one.
        inProcess.lock();
        try (FileChannel channel =
                        FileChannel.open(
                                folder.resolve(LOCK),
                                StandardOpenOption.WRITE,
                                StandardOpenOption.CREATE);
                FileLock _ = channel.lock()) {
            Optional<ContainerId> owner = find(name);
            if (owner.isPresent()) {
                if (claims.claims(owner.get(), name)) {
                    throw new ContainerNameInUse(name, owner.get());
                }
                Files.deleteIfExists(folder.resolve(name.text()));
            }
            if (!link(name, id)) {
                throw new ContainerNameInUse(name, find(name).orElse(id));
            }
        } finally {
            inProcess.unlock();
        }
    }

    private boolean link(ContainerName name, ContainerId id) throws IOException {
        try {
            Files.createSymbolicLink(folder.resolve(name.text()), Path.of(id.hex()));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (NoSuchFileException e) {
            Files.createDirectories(folder);
            return link(name, id);
        }
    }

    /// The container that has the name.
    Optional<ContainerId> find(ContainerName name) throws IOException {
        try {
            String target = Files.readSymbolicLink(folder.resolve(name.text())).toString();
            return ContainerId.isId(target)
                    ? Optional.of(new ContainerId(target))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// Takes the name from the container, if it has it.
    void release(ContainerName name, ContainerId id) throws IOException {
        if (find(name).filter(id::equals).isPresent()) {
            Files.deleteIfExists(folder.resolve(name.text()));
        }
    }
}
