package dev.plinth.core.container;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// Neither the image nor the user says what is to run.
public final class NoCommand extends PlinthException {
    private static final long serialVersionUID = 1;

    public NoCommand() {
        super(
                Kind.INVALID,
                "no command specified: the image has no CMD and no ENTRYPOINT, so name the command"
                        + " after the image");
    }
}
