package dev.plinth.core.reference;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// A text that is not the name of an image, or names one in a way that is not allowed at its place.
/// The message is Docker's.
public final class InvalidReference extends PlinthException {
    private static final long serialVersionUID = 1;

    private final String found;

    InvalidReference(String found, String message) {
        super(Kind.INVALID, message);
        this.found = found;
    }

    /// The text.
    public String found() {
        return found;
    }
}
