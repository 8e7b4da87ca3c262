package dev.plinth.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What tells a process from every other one since the host was started: numbers are used again,
/// but not at the same time. Makes no system calls of its own.
///
/// @param pid in the pid namespace of this process
/// @param startTicks when it was started, in clock ticks after the start of the host (field 22 of
///   `/proc/PID/stat`)
public record ProcessIdentity(long pid, long startTicks) {
    private static final int STATE_FIELD = 3;
    private static final int START_FIELD = 22;

    public ProcessIdentity {
        if (pid <= 0 || startTicks < 0) {
            throw new IllegalArgumentException("no process: " + pid + " from " + startTicks);
        }
    }

    /// The process that has a number now, unless there is none or it has ended.
    public static Optional<ProcessIdentity> of(long pid) throws IOException {
        if (pid <= 0) {
            return Optional.empty();
        }
        String stat;
        try {
            Path file = Path.of("/proc/" + pid + "/stat");
            stat = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            // ESRCH, when it ended between opening and reading, has no exception of its own.
            if (Files.exists(Path.of("/proc/" + pid))) {
                throw e;
            }
            return Optional.empty();
        }
        return parse(pid, stat);
    }

    /// This process.
    public static ProcessIdentity current() throws IOException {
        long pid = ProcessHandle.current().pid();
        return of(pid).orElseThrow(() -> new IOException("/proc does not show process " + pid));
    }

    /// Whether this very process still runs. One that has ended but was not waited for does not.
    public boolean isAlive() throws IOException {
        return equals(of(pid).orElse(null));
    }

    // By hand, as the ones of records are made at run time: see docs/decisions/cold-start.md.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProcessIdentity process
                && pid == process.pid
                && startTicks == process.startTicks;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(pid) * 31 + Long.hashCode(startTicks);
    }

    static Optional<ProcessIdentity> parse(long pid, String stat) throws IOException {
        // The second field is the program's name in parentheses; it may hold spaces and
        // parentheses.
        int at = stat.lastIndexOf(')') + 2;
        String[] fields =
                at > 1 && at < stat.length() ? stat.substring(at).split(" ") : new String[0];
        if (fields.length <= START_FIELD - STATE_FIELD) {
            throw new IOException("/proc/" + pid + "/stat has an unknown form");
        }
        if (fields[0].equals("Z") || fields[0].equals("X")) {
            return Optional.empty();
        }
        long start = Long.parseLong(fields[START_FIELD - STATE_FIELD]);
        return Optional.of(new ProcessIdentity(pid, start));
    }
}
