package dev.plinth.core.build.files;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// Files cannot be copied as ADD, COPY or WORKDIR say. The message is BuildKit's where that has
/// one.
public final class CannotCopy extends PlinthException {
    private static final long serialVersionUID = 1;

    CannotCopy(Kind kind, String message) {
        super(kind, message);
    }

    CannotCopy(Kind kind, String message, Throwable cause) {
        super(kind, message, cause);
    }

    CannotCopy(String message) {
        this(Kind.INVALID, message);
    }
}
