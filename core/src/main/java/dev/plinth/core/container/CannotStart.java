package dev.plinth.core.container;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;
import java.util.Locale;

/// A container that the runtime could not make or start, with the exit code that tells why: 127 for
/// a command that is not there, 126 for one that cannot be run, 125 for anything else.
public final class CannotStart extends PlinthException {
    private static final long serialVersionUID = 1;

    /// The command is there but cannot be run.
    public static final int NOT_EXECUTABLE = 126;

    /// The command is not there.
    public static final int NOT_FOUND = 127;

    /// Something else is wrong.
    public static final int OTHER = 125;

    private final int exitCode;

    public CannotStart(int exitCode, String message) {
        super(Kind.FAILED, message);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /// The failure that a runtime reports in these words.
    ///
    /// @param runtime its name
    static CannotStart of(String runtime, String report) {
        String text = withoutNoise(report);
        return new CannotStart(
                exitCode(text), "cannot start the container: " + runtime + ": " + text);
    }

    /// This failure with a sentence on what to do.
    CannotStart withHint(String hint) {
        return new CannotStart(exitCode, getMessage() + "\n" + hint);
    }

    // runc: exec: "x": executable file not found in $PATH
    //       exec: "/x": stat /x: no such file or directory
    //       exec: "/x": permission denied, and: is a directory
    // crun: executable file `x` not found in $PATH: No such file or directory
    //       open executable: Permission denied
    private static int exitCode(String text) {
        boolean command = text.contains("exec: \"") || text.contains("executable");
        if (!command) {
            return OTHER;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("not found") || lower.contains("no such file or directory")) {
            return NOT_FOUND;
        }
        if (lower.contains("permission denied")
                || lower.contains("is a directory")
                || lower.contains("exec format error")
                || lower.contains("not a regular file")) {
            return NOT_EXECUTABLE;
        }
        return OTHER;
    }

    /// The report without what a runtime says before it comes to the point.
    private static String withoutNoise(String report) {
        String text = report.strip();
        for (String noise :
                new String[] {
                    "runc create failed: ",
                    "runc run failed: ",
                    "unable to start container process: ",
                    "error during container init: "
                }) {
            if (text.startsWith(noise)) {
                text = text.substring(noise.length());
            }
        }
        return text.isEmpty() ? "it gives no reason" : text;
    }
}
