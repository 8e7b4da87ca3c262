package dev.plinth.core.engine;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// What was asked of an image collides with its other names or with containers made from it.
public final class ImageConflict extends PlinthException {
    private static final long serialVersionUID = 1;

    ImageConflict(String message) {
        super(Kind.CONFLICT, message);
    }
}
