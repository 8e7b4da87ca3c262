package dev.plinth.core.engine;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// An instruction that was given to change an image cannot do so. The instruction is all there is,
/// so no excerpt of a file is shown.
public final class InvalidChange extends PlinthException {
    private static final long serialVersionUID = 1;

    InvalidChange(PlinthException cause) {
        super(Kind.INVALID, cause.getMessage(), cause);
    }
}
