package dev.plinth.core.store;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;
import java.nio.file.Path;

/// A file of the store is not what it must be.
public final class DamagedContent extends PlinthException {
    private static final long serialVersionUID = 1;

    private final String problem;

    DamagedContent(Path file, String problem) {
        super(
                Kind.CORRUPT,
                "the store is damaged: "
                        + file
                        + ": "
                        + problem
                        + "; `plinth system check` tells more");
        this.problem = file + ": " + problem;
    }

    /// The file and what is wrong with it.
    String problem() {
        return problem;
    }
}
