package dev.plinth.core.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the files of containers are, and how their records are read and written.
///
///     containers/ID/container.json     what Plinth knows, changed by rename
///                  /lock               held by whoever changes the container
///                  /log /exit /oom     by the monitor
///                  /hosts /hostname /resolv.conf
///     containers/names/NAME            a link to the id
///     containers/.gone-ID              what is left of a removal that was interrupted
///     RUN/bundles/ID/                  there from the start of a container until all is tidied up
final class ContainerFolders {
    private static final String RECORD = "container.json";
    private static final String GONE = ".gone-";

    /// The largest record that is read: environments and labels can be long.
    private static final int MOST_RECORD = 16 * 1024 * 1024;

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path containers;
    private final Path run;

    ContainerFolders(Path containers, Path run) {
        this.containers = containers;
        this.run = run;
    }

    Path names() {
        return containers.resolve("names");
    }

    Path of(ContainerId id) {
        return containers.resolve(id.hex());
    }

    Path log(ContainerId id) {
        return of(id).resolve("log");
    }

    Path bundle(ContainerId id) {
        return bundles().resolve(id.hex());
    }

    private Path bundles() {
        return run.resolve("bundles");
    }

    void create(ContainerId id) throws IOException {
        try {
            Files.createDirectory(of(id), PRIVATE);
        } catch (NoSuchFileException e) {
            Files.createDirectories(containers);
            Files.createDirectory(of(id), PRIVATE);
        }
    }

    /// An empty folder for the bundle.
    void createBundle(ContainerId id) throws IOException {
        try {
            Files.createDirectory(bundle(id), PRIVATE);
        } catch (NoSuchFileException e) {
            Files.createDirectories(bundles(), PRIVATE);
            Files.createDirectory(bundle(id), PRIVATE);
        }
    }

    /// False in the first command after the host was started: then no bundle can be trusted to tell
    /// which containers need tidying up.
    boolean hasBundles() {
        return Files.exists(bundles());
    }

    void createBundles() throws IOException {
        Files.createDirectories(bundles(), PRIVATE);
    }

    /// The record, empty where there is none: the container is gone, or was not finished being
    /// made.
    Optional<ContainerRecord> read(ContainerId id) throws IOException {
        byte[] bytes;
        try (FileChannel file = FileChannel.open(of(id).resolve(RECORD), StandardOpenOption.READ)) {
            if (file.size() > MOST_RECORD) {
                throw new IOException(
                        of(id).resolve(RECORD) + " is larger than " + MOST_RECORD + " bytes");
            }
            ByteBuffer buffer = ByteBuffer.allocate((int) file.size());
            while (buffer.hasRemaining() && file.read(buffer) >= 0) {}
            bytes = buffer.array();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return Optional.of(RecordJson.read(bytes));
    }

    /// Replaces the record in one step.
    ///
    /// @param durable whether it must survive a failure of the host's power
    void write(ContainerRecord record, boolean durable) throws IOException {
        Path folder = of(record.id());
        Path temporary = folder.resolve(RECORD + ".new");
        try (FileChannel file =
                FileChannel.open(
                        temporary,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(RecordJson.write(record));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            if (durable) {
                file.force(true);
            }
        }
        Files.move(temporary, folder.resolve(RECORD), StandardCopyOption.ATOMIC_MOVE);
        if (durable) {
            sync(folder);
            sync(containers);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// The ids of all folders of containers, in no order.
    List<ContainerId> ids() throws IOException {
        return ids(containers);
    }

    /// The ids of all bundles.
    List<ContainerId> bundleIds() throws IOException {
        return ids(bundles());
    }

    private static List<ContainerId> ids(Path folder) throws IOException {
        List<ContainerId> ids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = name(entry);
                if (ContainerId.isId(name)) {
                    ids.add(new ContainerId(name));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return ids;
    }

    /// Makes the container invisible in one step; what is left of it is deleted by [#deleteGone].
    void markGone(ContainerId id) throws IOException {
        Files.move(of(id), gone(id), StandardCopyOption.ATOMIC_MOVE);
    }

    void deleteGone(ContainerId id) throws IOException {
        deleteTree(gone(id));
    }

    /// The containers whose removal was interrupted.
    List<ContainerId> gone() throws IOException {
        List<ContainerId> ids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(containers)) {
            for (Path entry : entries) {
                String name = name(entry);
                if (name.startsWith(GONE) && ContainerId.isId(name.substring(GONE.length()))) {
                    ids.add(new ContainerId(name.substring(GONE.length())));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return ids;
    }

    private Path gone(ContainerId id) {
        return containers.resolve(GONE + id.hex());
    }

    void deleteBundle(ContainerId id) throws IOException {
        deleteTree(bundle(id));
    }

    private static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    /// Deletes a folder with all that is in it, following no link. Nothing happens where there is
    /// none.
    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure)
                            throws IOException {
                        // Another process deletes the same.
                        if (failure instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw failure;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path visited, @Nullable IOException failure) throws IOException {
                        if (failure != null) {
                            throw failure;
                        }
                        Files.deleteIfExists(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
