package dev.plinth.linux;

import java.io.IOException;
import java.nio.file.Path;

/// Moves within one file system that `Files.move` does not offer.
public final class Renames {
    private static final int RENAME_NOREPLACE = 1;
    private static final int RENAME_EXCHANGE = 2;

    private Renames() {}

    /// Gives a file or folder another name, unless that exists; then false, and nothing has
    /// changed.
    public static boolean withoutReplacing(Path source, Path target) throws IOException {
        try {
            rename(source, target, RENAME_NOREPLACE);
            return true;
        } catch (SyscallException e) {
            if (e.errno() == Errno.EEXIST) {
                return false;
            }
            throw e;
        }
    }

    /// Exchanges two existing files or folders in one step that nobody sees half done.
    public static void exchange(Path one, Path other) throws IOException {
        rename(one, other, RENAME_EXCHANGE);
    }

    private static void rename(Path source, Path target, int flags) throws IOException {
        String from = RawNames.of(source);
        String to = RawNames.of(target);
        try (Syscall kernel = new Syscall()) {
            kernel.call(
                    SyscallNumber.RENAMEAT2,
                    from + " to " + to,
                    Abi.AT_FDCWD,
                    kernel.text(from),
                    Abi.AT_FDCWD,
                    kernel.text(to),
                    flags);
        }
    }
}
