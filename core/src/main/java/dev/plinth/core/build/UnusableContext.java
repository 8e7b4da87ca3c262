package dev.plinth.core.build;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// What was named as a build context is none, or has no Dockerfile.
public final class UnusableContext extends PlinthException {
    private static final long serialVersionUID = 1;

    UnusableContext(Kind kind, String message) {
        super(kind, message);
    }
}
