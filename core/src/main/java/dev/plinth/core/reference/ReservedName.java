package dev.plinth.core.reference;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// A name that no image can have, because it means something else in a Dockerfile.
public final class ReservedName extends PlinthException {
    private static final long serialVersionUID = 1;

    private final String name;

    ReservedName(String name) {
        super(Kind.FORBIDDEN, "'" + name + "' is a reserved name");
        this.name = name;
    }

    public String name() {
        return name;
    }
}
