package dev.plinth.core.layer;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// The stored entries of a layer cannot be used. Nothing is lost: they are made again from the tar.
public final class DamagedIndex extends PlinthException {
    private static final long serialVersionUID = 1;

    DamagedIndex(String what) {
        super(Kind.CORRUPT, "the stored entries of the layer are damaged: " + what);
    }

    DamagedIndex(String what, Throwable cause) {
        super(Kind.CORRUPT, "the stored entries of the layer are damaged: " + what, cause);
    }
}
