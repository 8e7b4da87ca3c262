package dev.plinth.core.store;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The folder of a store: recognised by its file `format`, or made.
final class StoreFolder {
    static final String LOCK = "lock";

    private static final String FORMAT_FILE = "format";
    private static final String NEW_FORMAT_FILE = "format.new";
    private static final String FORMAT = "1";

    /// In the order they are made.
    private static final List<String> FOLDERS =
            List.of(
                    "layers/sha256",
                    "blobs/sha256",
                    "compressed/sha256",
                    "names",
                    "containers",
                    "cache",
                    "tmp");

    private static final String LAST_FOLDER = "tmp";

    private StoreFolder() {}

    /// Whether something of this name is in the folder of a store.
    static boolean isPart(String name) {
        return switch (name) {
            case FORMAT_FILE, LOCK, "layers", "blobs", "compressed", "names", "tmp", "events" ->
                    true;
            case "containers", "volumes", "networks", "cache", "snapshotter", "run" -> true;
            default -> false;
        };
    }

    /// As [Store#open]: the real path of the store.
    static Path open(Path root) throws IOException {
        try {
            String format = format(root);
            if (format.isEmpty()) {
                create(root);
            } else if (!format.equals(FORMAT)) {
                throw UnusableStore.format(root, format);
            }
            refuseOther(root);
            if (!Files.isDirectory(root.resolve(LAST_FOLDER))) {
                createFolders(root);
            }
            return root.toRealPath();
        } catch (AccessDeniedException e) {
            throw UnusableStore.denied(root, e);
        } catch (NotDirectoryException | FileAlreadyExistsException e) {
            throw UnusableStore.noFolder(root, e);
        } catch (FileSystemException e) {
            // Most calls of the kernel tell this in the text only.
            if ("Not a directory".equals(e.getReason())) {
                throw UnusableStore.noFolder(root, e);
            }
            throw e;
        }
    }

    /// The format that is written in the folder; empty if none is.
    private static String format(Path root) throws IOException {
        try {
            String text =
                    Files.readString(root.resolve(FORMAT_FILE), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "nothing" : text;
        } catch (NoSuchFileException e) {
            return "";
        } catch (CharacterCodingException e) {
            return "no text";
        }
    }

    private static void create(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            Files.createDirectories(folderOf(root));
            createPrivate(root);
        } else {
            refuseForeign(root);
            makePrivate(root);
        }
        try (StoreLock lock = new StoreLock(root.resolve(LOCK));
                var _ = lock.exclusive()) {
            if (!format(root).isEmpty()) {
                // Another process was faster.
                return;
            }
            // First of all, so that a folder with anything in it and without this is not a store.
            Path temporary = root.resolve(NEW_FORMAT_FILE);
            Files.writeString(temporary, FORMAT + "\n");
            Durable.sync(temporary);
            Files.move(temporary, root.resolve(FORMAT_FILE), StandardCopyOption.ATOMIC_MOVE);
            createFolders(root);
            Durable.sync(folderOf(root));
        }
    }

    private static void createFolders(Path root) throws IOException {
        for (String folder : FOLDERS) {
            Files.createDirectories(root.resolve(folder));
        }
        Durable.sync(root.resolve("layers"));
        Durable.sync(root.resolve("blobs"));
        Durable.sync(root.resolve("compressed"));
        Durable.sync(root);
    }

    /// Refuses a folder with anything in it, unless it has become a store just now.
    private static void refuseForeign(Path root) throws IOException {
        List<Path> found;
        try (var list = Files.list(root)) {
            found = list.sorted().toList();
        }
        for (Path path : found) {
            switch (path.getFileName().toString()) {
                case LOCK, NEW_FORMAT_FILE -> {}
                default -> {
                    if (format(root).isEmpty()) {
                        throw UnusableStore.foreign(root, path);
                    }
                }
            }
        }
    }

    /// Layers hold setuid files and what images keep secret: the store is its owner's alone.
    private static void createPrivate(Path root) throws IOException {
        try {
            FileAttribute<Set<PosixFilePermission>> mode =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------"));
            Files.createDirectory(root, mode);
        } catch (UnsupportedOperationException e) {
            Files.createDirectory(root);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(root)) {
                throw e;
            }
            // Another process was faster.
        }
    }

    private static void makePrivate(Path root) throws IOException {
        try {
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        } catch (UnsupportedOperationException e) {
            // Such a file system knows no permissions.
        }
    }

    /// Refuses the store of another user: root would leave files in it that its owner cannot use,
    /// and would follow what the owner lays out there.
    private static void refuseOther(Path root) throws IOException {
        Path self = Path.of("/proc/self");
        if (Files.isDirectory(self)) {
            Object owner = Files.getAttribute(root, "unix:uid");
            if (!owner.equals(Files.getAttribute(self, "unix:uid"))) {
                throw UnusableStore.ofOther(root, owner);
            }
        }
    }

    private static Path folderOf(Path root) {
        return Objects.requireNonNull(
                root.toAbsolutePath().normalize().getParent(), "a store has a folder above it");
    }
}
