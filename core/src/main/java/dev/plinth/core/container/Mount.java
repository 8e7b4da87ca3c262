package dev.plinth.core.container;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A place in a container that shows something else than the image.
public sealed interface Mount {
    /// The absolute, clean path inside the container; never `/`.
    String target();

    boolean readOnly();

    /// A file or folder of the host.
    ///
    /// @param propagation which mounts made later below it are seen on the other side
    /// @param recursion what happens with the mounts that are below it now
    /// @param createSource whether a folder is made where there is nothing: `-v` does, `--mount`
    ///   does not
    record Bind(
            Path source,
            String target,
            boolean readOnly,
            Propagation propagation,
            Recursion recursion,
            boolean createSource)
            implements Mount {
        public Bind {
            requireTarget("bind", target);
            if (!source.isAbsolute()) {
                throw config(
                        "bind", "invalid mount path: '" + source + "' mount path must be absolute");
            }
        }
    }

    /// A folder kept by Plinth.
    ///
    /// @param name absent for an anonymous volume, which goes with its container
    /// @param copy whether a new volume starts with what the image has at the target
    record Volume(Optional<String> name, String target, boolean readOnly, boolean copy)
            implements Mount {
        public Volume {
            requireTarget("volume", target);
            if (name.isPresent() && !ContainerName.isName(name.get())) {
                String text = name.get();
                throw new InvalidOption(
                        "create "
                                + text
                                + ": \""
                                + text
                                + "\" includes invalid characters for a local volume name, only"
                                + " \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a"
                                + " host directory, use absolute path");
            }
        }
    }

    /// An empty file system in memory, gone with the container's end.
    ///
    /// @param options of the mount, as `size=10m`, beyond the defaults
    record Tmpfs(String target, boolean readOnly, List<String> options) implements Mount {
        public Tmpfs {
            requireTarget("tmpfs", target);
            options = List.copyOf(options);
        }
    }

    /// The propagation of `mount(2)`: of a mount itself, or with `R` of all that is below it too.
    enum Propagation {
        PRIVATE("private"),
        RPRIVATE("rprivate"),
        SHARED("shared"),
        RSHARED("rshared"),
        SLAVE("slave"),
        RSLAVE("rslave");

        private final String text;

        Propagation(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        /// Whether the source must lie on a mount that hands its events on.
        boolean needsSharedSource() {
            return this == SHARED || this == RSHARED;
        }

        /// Whether the source must lie on a mount that receives events.
        boolean needsSlaveSource() {
            return this == SLAVE || this == RSLAVE;
        }

        static Optional<Propagation> named(String text) {
            for (Propagation propagation : values()) {
                if (propagation.text.equals(text)) {
                    return Optional.of(propagation);
                }
            }
            return Optional.empty();
        }
    }

    /// What a bind does with the mounts below its source.
    enum Recursion {
        /// They are seen; read-only with the bind where the kernel can.
        ENABLED("enabled"),
        /// They are not seen.
        DISABLED("disabled"),
        /// They are seen and stay writable although the bind is read-only.
        WRITABLE("writable"),
        /// They are seen and read-only, or the container does not start.
        READONLY("readonly");

        private final String text;

        Recursion(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        static Optional<Recursion> named(String text) {
            for (Recursion recursion : values()) {
                if (recursion.text.equals(text)) {
                    return Optional.of(recursion);
                }
            }
            return Optional.empty();
        }
    }

    private static void requireTarget(String type, String target) {
        if (target.isEmpty()) {
            throw config(type, "field Target must not be empty");
        }
        if (!target.startsWith("/")) {
            throw config(type, "invalid mount path: '" + target + "' mount path must be absolute");
        }
        if (target.equals("/")) {
            throw config(type, "invalid specification: destination can't be '/'");
        }
    }

    /// A mount that contradicts itself, in Docker's words.
    static InvalidOption config(String type, String problem) {
        return new InvalidOption("invalid mount config for type \"" + type + "\": " + problem);
    }
}
