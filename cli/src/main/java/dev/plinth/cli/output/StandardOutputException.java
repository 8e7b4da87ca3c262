package dev.plinth.cli.output;

import java.io.IOException;

/// The standard output cannot be written: its reader is gone, or its disk is full.
public final class StandardOutputException extends IOException {
    private static final long serialVersionUID = 1;

    StandardOutputException(IOException cause) {
        super("cannot write to the standard output: " + cause.getMessage(), cause);
    }

    /// Whether the reader has closed its end, as `head` does when it has seen enough.
    public boolean isClosedByReader() {
        Throwable cause = getCause();
        String message = cause == null ? null : cause.getMessage();
        return message != null && message.contains("Broken pipe");
    }
}
