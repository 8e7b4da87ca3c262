package dev.plinth.core.layer;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// A tar, or a compressed stream around one, that cannot be a layer.
public final class MalformedLayer extends PlinthException {
    private static final long serialVersionUID = 1;

    public MalformedLayer(String message) {
        super(Kind.INVALID, message);
    }

    public MalformedLayer(String message, Throwable cause) {
        super(Kind.INVALID, message, cause);
    }
}
