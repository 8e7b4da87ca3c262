package dev.plinth.core.snapshot;

import dev.plinth.linux.Credentials;
import dev.plinth.linux.Erofs;
import dev.plinth.linux.FileSystemStatus;
import dev.plinth.linux.KernelVersion;
import dev.plinth.linux.SyscallException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Which snapshotter a store uses, and why.
///
/// The best one that works is found by the version of the kernel, which must not be asked for what
/// makes it panic, and then by trying. What was found is remembered in the file `snapshotter` of
/// the store, until the kernel or the store's file system is another one: three lines, the kind,
/// what it was found on, and the reason.
///
/// @param reason a few words, such as what failed with a better one
public record SnapshotterChoice(SnapshotterKind kind, String reason) {
    private static final String FILE = "snapshotter";

    /// The choice for the store in the folder `store`.
    ///
    /// @param wanted what the user asked for, which is taken without a try
    public static SnapshotterChoice of(Path store, Optional<SnapshotterKind> wanted)
            throws IOException {
        if (wanted.isPresent()) {
            return new SnapshotterChoice(wanted.get(), "asked for");
        }
        KernelVersion kernel = KernelVersion.running();
        if (!Credentials.current().hasOnHost(Credentials.CAP_SYS_ADMIN)) {
            return new SnapshotterChoice(
                    SnapshotterKind.UNPACKED, "only root can mount a layer as it is");
        }
        String where = kernel + " " + FileSystemStatus.of(store).kind();
        Path file = store.resolve(FILE);
        Optional<SnapshotterChoice> known = read(file, where);
        if (known.isPresent()) {
            return known.get();
        }
        SnapshotterChoice found = find(store, kernel);
        byte[] text =
                (found.kind + "\n" + where + "\n" + found.reason + "\n")
                        .getBytes(StandardCharsets.UTF_8);
        // Two processes may both get here; each writes the same.
        Path temporary = DerivedFile.temporary(file);
        DerivedFile.write(file, temporary, out -> out.write(ByteBuffer.wrap(text)));
        return found;
    }

    /// A snapshotter of this kind.
    ///
    /// @param folder where it mounts: absolute, without symbolic links in its path, on the host's
    ///   own file systems. It may vanish with the host's next start
    public Snapshotter open(Path folder) throws IOException {
        MountFolder mounts = new MountFolder(folder);
        NamedLocks locks = new NamedLocks(folder);
        LayerForm form =
                switch (kind) {
                    case EROFS -> new MountedForm(ErofsMounting.FILES, mounts, locks);
                    case LOOP -> new MountedForm(ErofsMounting.LOOP_DEVICES, mounts, locks);
                    case UNPACKED -> new UnpackedForm(marks(), locks);
                };
        return new OverlaySnapshotter(form, mounts, locks);
    }

    private static OverlayMarks marks() throws IOException {
        return Credentials.current().initialUserNamespace()
                ? OverlayMarks.TRUSTED
                : OverlayMarks.USER;
    }

    private static Optional<SnapshotterChoice> read(Path file, String where) throws IOException {
        try {
            String[] lines = Files.readString(file, StandardCharsets.UTF_8).split("\n", -1);
            if (lines.length == 4 && lines[1].equals(where)) {
                return Optional.of(new SnapshotterChoice(SnapshotterKind.of(lines[0]), lines[2]));
            }
        } catch (NoSuchFileException | UnknownSnapshotter e) {
            // It is found out again.
        }
        return Optional.empty();
    }

    private static SnapshotterChoice find(Path store, KernelVersion kernel) throws IOException {
        if (!kernel.isAtLeast(6, 4, 0)) {
            return new SnapshotterChoice(
                    SnapshotterKind.UNPACKED,
                    "Linux " + kernel + " does not mount layers, 6.4 does");
        }
        String reason = "works here";
        if (Erofs.mountsFiles(kernel)) {
            Optional<String> failure = failure(ErofsMounting.FILES, store);
            if (failure.isEmpty()) {
                return new SnapshotterChoice(SnapshotterKind.EROFS, reason);
            }
            reason = failure.get();
        } else {
            reason = "Linux " + kernel + " does not mount files, 6.12.2 does";
        }
        Optional<String> failure = failure(ErofsMounting.LOOP_DEVICES, store);
        return failure.isEmpty()
                ? new SnapshotterChoice(SnapshotterKind.LOOP, reason)
                : new SnapshotterChoice(SnapshotterKind.UNPACKED, failure.get());
    }

    private static Optional<String> failure(ErofsMounting mounting, Path store) throws IOException {
        try {
            return MountTrial.works(mounting, store)
                    ? Optional.empty()
                    : Optional.of("a mounted file read wrong");
        } catch (SyscallException e) {
            return Optional.of(String.valueOf(e.getMessage()).replace('\n', ' '));
        }
    }
}
