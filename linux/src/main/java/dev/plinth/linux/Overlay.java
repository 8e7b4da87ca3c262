package dev.plinth.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An overlay file system to be mounted: folders that look like one.
///
/// Its features are fixed, so that what a container writes means the same on every host and can be
/// turned into a layer: no index, no metadata-only copies, no redirects, no inode numbers made up.
/// Redirects found in a layer are not followed either (`redirect_dir=nofollow`; `off` would follow
/// them on kernels built with `OVERLAY_FS_REDIRECT_ALWAYS_FOLLOW`).
///
/// Paths may be of any length and hold any bytes: the kernel gets descriptors, not names.
///
/// @param lower the layers below, the topmost first
/// @param writable where changes go; without it the overlay is read-only
/// @param userAttributes whether overlayfs keeps its marks in `user.overlay.` instead of
///   `trusted.overlay.`, as it must in a user namespace
/// @see <a href="https://docs.kernel.org/filesystems/overlayfs.html">overlayfs</a>
public record Overlay(List<Layer> lower, Optional<Writable> writable, boolean userAttributes) {
    /// The most lower layers the kernel takes.
    public static final int MOST_LAYERS = 500;

    /// What an overlay is made of.
    public sealed interface Layer {}

    /// A folder that the process can reach by a path.
    public record PathLayer(Path path) implements Layer {}

    /// The root of a mount that need not be attached anywhere; that it need not takes Linux 6.15.
    public record MountLayer(MountHandle mount) implements Layer {}

    /// Where changes go.
    ///
    /// @param upper holds what was written, and marks for what was removed
    /// @param work an empty folder on the same mount as `upper`, for the kernel's own use
    public record Writable(Path upper, Path work) {}

    public Overlay {
        lower = List.copyOf(lower);
        if (lower.isEmpty() || lower.size() > MOST_LAYERS) {
            throw new IllegalArgumentException(
                    "an overlay has 1 to " + MOST_LAYERS + " lower layers, not " + lower.size());
        }
        if (lower.size() == 1 && writable.isEmpty()) {
            throw new IllegalArgumentException("one layer alone is no overlay; bind it instead");
        }
    }

    /// How layers are told to the kernel.
    enum Way {
        /// Descriptors, each its own parameter: Linux 6.13.
        DESCRIPTORS,
        /// Links to descriptors, each its own parameter: Linux 6.8.
        LINKS,
        /// Links to descriptors in one option string of mount(2): any kernel, some 220 layers.
        OPTIONS;

        static Way of(KernelVersion kernel) {
            if (kernel.isAtLeast(6, 13, 0)) {
                return DESCRIPTORS;
            }
            return kernel.isAtLeast(6, 8, 0) ? LINKS : OPTIONS;
        }
    }

    /// Mounts the overlay at an existing folder.
    public void mountAt(Path target, Set<MountFlag> flags) throws IOException {
        mountAt(target, flags, Way.of(KernelVersion.running()));
    }

    /// A new mount of the overlay that is attached nowhere. Needs Linux 6.8.
    public MountHandle mount(Set<MountFlag> flags) throws IOException {
        return mount(flags, Way.of(KernelVersion.running()));
    }

    void mountAt(Path target, Set<MountFlag> flags, Way way) throws IOException {
        if (way == Way.OPTIONS) {
            mountByOptions(target, flags);
            return;
        }
        try (MountHandle mount = mount(flags, way)) {
            mount.attach(target);
        }
    }

    MountHandle mount(Set<MountFlag> flags, Way way) throws IOException {
        try (Opened opened = new Opened();
                FsContext context = FsContext.open("overlay")) {
            context.set("source", "overlay");
            for (Layer layer : lower) {
                set(context, way, "lowerdir+", opened.layer(layer));
            }
            if (writable.isPresent()) {
                set(context, way, "upperdir", opened.folder(writable.get().upper()));
                set(context, way, "workdir", opened.folder(writable.get().work()));
            }
            for (String option : features()) {
                int equals = option.indexOf('=');
                if (equals < 0) {
                    context.setFlag(option);
                } else {
                    context.set(option.substring(0, equals), option.substring(equals + 1));
                }
            }
            return context.mount(flags);
        }
    }

    private static void set(FsContext context, Way way, String key, Fd folder) throws IOException {
        switch (way) {
            case DESCRIPTORS -> context.set(key, folder);
            case LINKS -> context.set(key, folder.link());
            case OPTIONS ->
                    throw new UnsupportedOperationException(
                            "a detached overlay needs Linux 6.8 or later");
        }
    }

    private List<String> features() {
        List<String> features = new ArrayList<>();
        features.add("index=off");
        features.add("redirect_dir=nofollow");
        features.add("metacopy=off");
        features.add("xino=off");
        if (userAttributes) {
            features.add("userxattr");
        }
        return features;
    }

    private void mountByOptions(Path target, Set<MountFlag> flags) throws IOException {
        try (Opened opened = new Opened();
                Syscall kernel = new Syscall()) {
            String raw = RawNames.of(target);
            String options = options(opened);
            if (options.length() >= Syscall.PATH_MAX) {
                throw new SyscallException(
                        SyscallNumber.MOUNT.callName(),
                        raw,
                        Errno.E2BIG,
                        lower.size() + " layers do not fit in one page of options");
            }
            kernel.call(
                    SyscallNumber.MOUNT,
                    raw,
                    kernel.text("overlay"),
                    kernel.text(raw),
                    kernel.text("overlay"),
                    MountFlag.legacy(flags),
                    kernel.text(options));
        }
    }

    private String options(Opened opened) throws IOException {
        StringBuilder options = new StringBuilder("lowerdir=");
        for (int i = 0; i < lower.size(); i++) {
            options.append(i == 0 ? "" : ":").append(opened.layer(lower.get(i)).link());
        }
        if (writable.isPresent()) {
            options.append(",upperdir=").append(opened.folder(writable.get().upper()).link());
            options.append(",workdir=").append(opened.folder(writable.get().work()).link());
        }
        for (String option : features()) {
            options.append(',').append(option);
        }
        return options.toString();
    }

    /// The folders held open until the overlay is made; later it holds them itself.
    private static final class Opened implements AutoCloseable {
        private final List<Fd> fds = new ArrayList<>();

        Fd layer(Layer layer) throws IOException {
            return switch (layer) {
                case PathLayer(Path path) -> folder(path);
                // Stays the property of its owner.
                case MountLayer(MountHandle mount) -> mount.fd();
            };
        }

        Fd folder(Path path) throws IOException {
            // Before 6.15 the kernel refuses descriptors made with O_PATH here.
            Fd fd = Fd.open(path, Abi.O_RDONLY | Abi.O_DIRECTORY);
            fds.add(fd);
            return fd;
        }

        @Override
        public void close() throws IOException {
            @Nullable IOException failure = null;
            for (Fd fd : fds) {
                try {
                    fd.close();
                } catch (IOException e) {
                    failure = e;
                }
            }
            if (failure != null) {
                throw failure;
            }
        }
    }
}
