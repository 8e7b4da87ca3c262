package dev.plinth.core.container;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// The beginning of an id that several containers share.
public final class AmbiguousContainer extends PlinthException {
    private static final long serialVersionUID = 1;

    private final String prefix;

    public AmbiguousContainer(String prefix) {
        super(Kind.INVALID, "multiple IDs found with provided prefix: " + prefix);
        this.prefix = prefix;
    }

    public String prefix() {
        return prefix;
    }
}
