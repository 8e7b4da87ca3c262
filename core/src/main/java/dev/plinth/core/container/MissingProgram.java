package dev.plinth.core.container;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// A program of the host that containers need and that is not installed.
public final class MissingProgram extends PlinthException {
    private static final long serialVersionUID = 1;

    private final String program;

    MissingProgram(String program, String purpose, String install) {
        super(
                Kind.UNAVAILABLE,
                "cannot run containers: there is no "
                        + program
                        + " on this host, "
                        + purpose
                        + "; install "
                        + install);
        this.program = program;
    }

    public String program() {
        return program;
    }
}
