package dev.plinth.core.engine;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// A list was to be limited by something that it cannot be limited by.
public final class InvalidFilter extends PlinthException {
    private static final long serialVersionUID = 1;

    InvalidFilter(String message) {
        super(Kind.INVALID, message);
    }
}
