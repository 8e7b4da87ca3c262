package dev.plinth.core.container;

import dev.plinth.linux.MountPoint;
import dev.plinth.linux.MountTable;
import dev.plinth.linux.RawNames;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The files and folders of the host that containers see.
final class HostBinds {
    private HostBinds() {}

    /// Throws [InvalidOption] if the source is not there and is not to be made.
    static void requireSource(Mount.Bind bind) {
        if (!bind.createSource() && !Files.exists(bind.source())) {
            throw Mount.config("bind", "bind source path does not exist: " + bind.source());
        }
    }

    /// The source, which exists afterwards, on a mount that fits the propagation.
    static Path open(Mount.Bind bind) throws IOException {
        requireSource(bind);
        if (!Files.exists(bind.source())) {
            try {
                Files.createDirectories(bind.source());
            } catch (FileAlreadyExistsException e) {
                throw new InvalidOption(
                        "cannot make the folder "
                                + bind.source()
                                + " for the mount at "
                                + bind.target()
                                + ": "
                                + e.getFile()
                                + " is there and is no folder",
                        e);
            }
        }
        if (bind.propagation().needsSharedSource()) {
            requirePropagation(bind.source(), "a shared mount", "shared:");
        } else if (bind.propagation().needsSlaveSource()) {
            requirePropagation(bind.source(), "a shared or slave mount", "shared:", "master:");
        }
        return bind.source();
    }

    private static void requirePropagation(Path source, String wanted, String... tags)
            throws IOException {
        String real = RawNames.of(source.toRealPath());
        Optional<MountPoint> holder = Optional.empty();
        for (MountPoint mount : MountTable.read().mounts()) {
            String target = mount.target();
            boolean holds =
                    real.equals(target)
                            || real.startsWith(target.endsWith("/") ? target : target + "/");
            // The longest target holds it, and of those stacked at one the last.
            if (holds && (holder.isEmpty() || target.length() >= holder.get().target().length())) {
                holder = Optional.of(mount);
            }
        }
        String propagation = holder.map(MountPoint::propagation).orElse("");
        for (String tag : tags) {
            if (propagation.contains(tag)) {
                return;
            }
        }
        throw new InvalidOption(
                "path "
                        + source
                        + " is mounted on "
                        + holder.map(MountPoint::target).map(RawNames::shown).orElse("nothing")
                        + " but it is not "
                        + wanted);
    }
}
