package dev.plinth.core.store;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// What was given is no archive of images, or a damaged one.
public final class MalformedArchive extends PlinthException {
    private static final long serialVersionUID = 1;

    MalformedArchive(String message) {
        super(Kind.INVALID, message);
    }
}
