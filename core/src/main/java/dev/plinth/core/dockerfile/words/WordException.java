package dev.plinth.core.dockerfile.words;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// A word of a Dockerfile, or the words of one instruction, do not have the form they must have.
/// The message does not say where: the reader of the whole file turns this into a
/// `DockerfileException`, which does.
public final class WordException extends PlinthException {
    private static final long serialVersionUID = 1;

    public WordException(String message) {
        super(Kind.INVALID, message);
    }
}
