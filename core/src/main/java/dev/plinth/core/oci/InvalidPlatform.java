package dev.plinth.core.oci;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// A text that is not a platform such as `linux/arm64/v8`.
public final class InvalidPlatform extends PlinthException {
    private static final long serialVersionUID = 1;

    private final String found;

    InvalidPlatform(String found, String message) {
        super(Kind.INVALID, message);
        this.found = found;
    }

    public String found() {
        return found;
    }
}
