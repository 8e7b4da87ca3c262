package dev.plinth.cli.syntax;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// The command line does not say what to do. The message is everything that is shown, with the
/// usage line and where to find more.
public final class UsageException extends PlinthException {
    private static final long serialVersionUID = 1;

    /// What of the command line is wrong; the two have different exit codes in Docker.
    public enum What {
        /// A flag is unknown, lacks its value or has a wrong one.
        FLAG,
        /// A command is unknown, or has too few or too many arguments.
        ARGUMENTS
    }

    private final What what;

    private UsageException(What what, String message) {
        super(Kind.INVALID, message);
        this.what = what;
    }

    public static UsageException flag(String problem, String synopsis, String path) {
        return new UsageException(What.FLAG, message(problem, synopsis, path));
    }

    public static UsageException arguments(String problem, String synopsis, String path) {
        return new UsageException(What.ARGUMENTS, message(problem, synopsis, path));
    }

    /// A command that does not exist at the top level, where a usage line would not help.
    public static UsageException unknownCommand(String problem) {
        return new UsageException(
                What.ARGUMENTS, problem + "\n\nRun 'plinth --help' for more information");
    }

    public What what() {
        return what;
    }

    private static String message(String problem, String synopsis, String path) {
        return problem
                + "\n\nUsage:  "
                + synopsis
                + "\n\nRun '"
                + path
                + " --help' for more information";
    }
}
