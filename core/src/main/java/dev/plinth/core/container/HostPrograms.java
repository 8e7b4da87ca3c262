package dev.plinth.core.container;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Finds programs of the host.
final class HostPrograms {
    static final File NOTHING = new File("/dev/null");

    /// Where runtimes and monitors are installed although a user's search path often lacks it.
    private static final String SYSTEM =
            ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/libexec/podman"
                    + ":/usr/lib/podman";

    private HostPrograms() {}

    /// The first program of that name on a search path or in the usual places.
    ///
    /// @param name one name, or an absolute path
    static @Nullable Path find(String name, @Nullable String searchPath) {
        if (name.startsWith("/")) {
            Path path = Path.of(name);
            return Files.isExecutable(path) ? path : null;
        }
        for (String folder :
                MountFlags.split((searchPath == null ? "" : searchPath) + SYSTEM, ':')) {
            // An empty or relative entry would find what lies in the current folder.
            if (folder.startsWith("/")) {
                Path path = Path.of(folder, name);
                if (Files.isExecutable(path) && Files.isRegularFile(path)) {
                    return path;
                }
            }
        }
        return null;
    }
}
