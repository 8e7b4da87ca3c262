package dev.plinth.core.snapshot;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;
import dev.plinth.core.error.Quote;

/// A way to mount layers was asked for that does not exist.
public final class UnknownSnapshotter extends PlinthException {
    private static final long serialVersionUID = 1;

    private final String name;

    UnknownSnapshotter(String name) {
        super(
                Kind.INVALID,
                "unknown snapshotter " + Quote.go(name, 80) + ": wanted erofs, loop or unpacked");
        this.name = name;
    }

    /// What was asked for.
    public String name() {
        return name;
    }
}
