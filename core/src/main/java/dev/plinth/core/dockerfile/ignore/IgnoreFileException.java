package dev.plinth.core.dockerfile.ignore;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// A line of an ignore file, or an `--exclude`, is no pattern.
public final class IgnoreFileException extends PlinthException {
    private static final long serialVersionUID = 1;

    private final String file;
    private final int line;

    IgnoreFileException(String file, int line, String message) {
        super(Kind.INVALID, message + " (" + file + ":" + line + ")");
        this.file = file;
        this.line = line;
    }

    /// The name of the file.
    public String file() {
        return file;
    }

    /// The line, counted from 1.
    public int line() {
        return line;
    }
}
