package dev.plinth.core.snapshot;

import dev.plinth.linux.Errno;
import dev.plinth.linux.MountPoint;
import dev.plinth.linux.MountTable;
import dev.plinth.linux.Mounts;
import dev.plinth.linux.Node;
import dev.plinth.linux.SyscallException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The folder below which everything is mounted:
///
///     layers/HEX[-KEY]     a layer, KEY standing for what it inherits from those below
///     roots/NAME           an overlay
///     *.lock               see [NamedLocks]
///
/// It is its owner's alone, as layers hold setuid programs. `layers` and `roots` are mounts of their
/// own that share nothing with other mount namespaces: there, copies would keep layers busy.
final class MountFolder {
    private static final String LAYERS = "layers";
    private static final String ROOTS = "roots";
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path folder;

    /// @param folder absolute, without symbolic links
    MountFolder(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    Path layer(String name) {
        return folder.resolve(LAYERS).resolve(name);
    }

    Path root(String name) {
        return folder.resolve(ROOTS).resolve(name);
    }

    /// Makes the folder itself, so that locks can be taken.
    void create() throws IOException {
        Files.createDirectories(folder, PRIVATE);
    }

    /// Makes `layers` and `roots`. To be called by one at a time.
    void createParts() throws IOException {
        for (String part : List.of(LAYERS, ROOTS)) {
            Path path = folder.resolve(part);
            Files.createDirectories(path, PRIVATE);
            if (MountTable.read().at(path).isEmpty()) {
                Mounts.bind(path, path, false, Set.of());
                Mounts.makePrivate(path);
            }
        }
    }

    /// Unmounts `layers` and `roots` with all that is mounted in them, and removes both: one wait
    /// for the kernel each, however many layers there are.
    void removeParts() throws IOException {
        MountTable table = MountTable.read();
        for (String part : List.of(LAYERS, ROOTS)) {
            Path path = folder.resolve(part);
            if (table.at(path).isPresent()) {
                Mounts.unmount(path, true);
            }
            if (Files.exists(path)) {
                try (DirectoryStream<Path> places = Files.newDirectoryStream(path)) {
                    for (Path place : places) {
                        Files.delete(place);
                    }
                }
                Files.delete(path);
            }
        }
    }

    /// Whether both parts are there and private.
    boolean hasParts() throws IOException {
        MountTable table = MountTable.read();
        return table.at(folder.resolve(LAYERS)).isPresent()
                && table.at(folder.resolve(ROOTS)).isPresent();
    }

    /// Whether a layer or a root is mounted at its place: then that is on another device than the
    /// folder it is in. Much cheaper than to read the table of mounts for each of many layers.
    boolean isMounted(Path place) throws IOException {
        try (Node there = Node.at(place);
                Node around = Node.at(folder)) {
            return !there.status().device().equals(around.status().device());
        } catch (SyscallException e) {
            if (e.errno() == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
    }

    /// The names below `roots` at which something is mounted.
    List<String> roots() throws IOException {
        return names(MountTable.read(), ROOTS);
    }

    /// The names below `layers` that no overlay refers to.
    List<String> unusedLayers() throws IOException {
        MountTable table = MountTable.read();
        List<String> used = new ArrayList<>();
        for (MountPoint mount : table.mounts()) {
            if (mount.type().equals("overlay")) {
                used.add(mount.superOptions());
            }
        }
        List<String> unused = new ArrayList<>();
        for (String name : names(table, LAYERS)) {
            // The name alone tells: it holds a digest. Another store may have the same layer
            // mounted;
            // then it stays here until that one is done with it.
            String lower = "/" + LAYERS + "/" + name;
            if (used.stream().noneMatch(options -> mentions(options, lower))) {
                unused.add(name);
            }
        }
        return unused;
    }

    private static boolean mentions(String options, String lower) {
        for (int at = options.indexOf(lower); at >= 0; at = options.indexOf(lower, at + 1)) {
            int end = at + lower.length();
            // A layer that inherits has a longer name than the same one that does not.
            if (end == options.length() || options.charAt(end) != '-') {
                return true;
            }
        }
        return false;
    }

    private List<String> names(MountTable table, String part) {
        Path parent = folder.resolve(part);
        List<String> names = new ArrayList<>();
        for (MountPoint mount : table.mounts()) {
            Path path = mount.path();
            Path name = path.getFileName();
            if (name != null
                    && parent.equals(path.getParent())
                    && !names.contains(name.toString())) {
                names.add(name.toString());
            }
        }
        return names;
    }
}
