package dev.plinth.cli.command;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// An argument of a command line that makes no sense.
final class InvalidArgument extends PlinthException {
    private static final long serialVersionUID = 1;

    InvalidArgument(String message) {
        super(Kind.INVALID, message);
    }
}
