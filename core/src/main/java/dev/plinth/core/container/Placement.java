package dev.plinth.core.container;

import dev.plinth.linux.TerminalSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where the parts of one container are on the host, once they are there.
///
/// @param root the root file system, mounted
/// @param user the numbers behind the user
/// @param files those that Plinth writes for the container and binds into it
/// @param binds one for each mount of the options that is not in memory
/// @param devices those of the host, for a privileged container, else empty
/// @param consoleSize of whoever will watch its terminal, if that is known
public record Placement(
        ContainerId id,
        Path root,
        ContainerUser user,
        List<Bound> files,
        List<Bound> binds,
        List<RuntimeSpec.DeviceNode> devices,
        Optional<TerminalSize> consoleSize) {
    public Placement {
        files = List.copyOf(files);
        binds = List.copyOf(binds);
        devices = List.copyOf(devices);
    }

    /// A path of the host that is seen in the container.
    public record Bound(Path source, String target) {}
}
