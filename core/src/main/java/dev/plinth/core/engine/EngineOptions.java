package dev.plinth.core.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where an engine works.
///
/// @param root the folder of the store
/// @param runFolders the folder with the run folder of each store
/// @param snapshotter the name of the way to mount layers, else the best that works here
/// @param searchPath where programs of the host are looked for, as `PATH` has it
public record EngineOptions(
        Path root, Path runFolders, Optional<String> snapshotter, String searchPath) {

    /// What the environment asks for: the store of `PLINTH_ROOT`, else `/var/lib/plinth` for root
    /// and `$XDG_DATA_HOME/plinth` for others.
    ///
    /// @param root the store, where the user named one
    public static EngineOptions from(Map<String, String> environment, Optional<Path> root)
            throws IOException {
        boolean superuser = isSuperuser();
        Path data = root.orElseGet(() -> defaultRoot(environment, superuser));
        return new EngineOptions(
                data,
                runFolders(environment, superuser, data),
                Optional.ofNullable(environment.get("PLINTH_SNAPSHOTTER")),
                environment.getOrDefault("PATH", ""));
    }

    private static Path defaultRoot(Map<String, String> environment, boolean superuser) {
        String named = environment.getOrDefault("PLINTH_ROOT", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        if (superuser) {
            return Path.of("/var/lib/plinth");
        }
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        return (data.isEmpty() ? home(environment).resolve(".local/share") : Path.of(data))
                .resolve("plinth");
    }

    private static Path runFolders(Map<String, String> environment, boolean superuser, Path data) {
        if (superuser) {
            return Path.of("/run/plinth");
        }
        String run = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        return run.isEmpty() ? data.resolve("run") : Path.of(run).resolve("plinth");
    }

    private static Path home(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "");
        return Path.of(home.isEmpty() ? System.getProperty("user.home", ".") : home);
    }

    private static boolean isSuperuser() throws IOException {
        Path self = Path.of("/proc/self");
        return Files.isDirectory(self)
                && Files.getAttribute(self, "unix:uid") instanceof Integer uid
                && uid == 0;
    }
}
