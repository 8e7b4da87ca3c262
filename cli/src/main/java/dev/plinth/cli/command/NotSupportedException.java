package dev.plinth.cli.command;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// A command that Docker has and this version of Plinth lacks.
public final class NotSupportedException extends PlinthException {
    private static final long serialVersionUID = 1;

    private final String path;

    public NotSupportedException(String path) {
        super(Kind.UNSUPPORTED, "'plinth " + path + "' is not supported by plinth yet");
        this.path = path;
    }

    /// The command's name, as it was called.
    public String path() {
        return path;
    }
}
