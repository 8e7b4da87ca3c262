package dev.plinth.core.container;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// A name or the beginning of an id that no container has.
public final class NoSuchContainer extends PlinthException {
    private static final long serialVersionUID = 1;

    private final String wanted;

    public NoSuchContainer(String wanted) {
        super(Kind.NOT_FOUND, "No such container: " + wanted);
        this.wanted = wanted;
    }

    public String wanted() {
        return wanted;
    }
}
