package dev.plinth.core.container;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// A text that cannot name a container.
public final class InvalidContainerName extends PlinthException {
    private static final long serialVersionUID = 1;

    private final String name;

    public InvalidContainerName(String name) {
        super(
                Kind.INVALID,
                "Invalid container name ("
                        + name
                        + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed, at least two characters and"
                        + " at most 255");
        this.name = name;
    }

    public String name() {
        return name;
    }
}
