package dev.plinth.cli;

/// The program's exit codes. What a container ended with is passed on as it is.
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;

    /// A `--format` that is no template.
    static final int NO_TEMPLATE = 64;

    /// A flag that makes no sense; and for commands that start a program in a container: it was
    /// never tried, for whatever reason.
    static final int NOT_TRIED = 125;

    /// Stopped by the user (128 + SIGINT).
    static final int STOPPED = 130;

    /// The reader of the output is gone (128 + SIGPIPE), as for programs that this kills.
    static final int NO_READER = 141;

    private ExitCode() {}
}
