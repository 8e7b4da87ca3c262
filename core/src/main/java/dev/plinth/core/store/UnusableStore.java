package dev.plinth.core.store;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;
import java.nio.file.Path;

/// The folder that was given as the store cannot be used as one.
public final class UnusableStore extends PlinthException {
    private static final long serialVersionUID = 1;

    private UnusableStore(Kind kind, String message) {
        super(kind, message);
    }

    private UnusableStore(Kind kind, String message, Throwable cause) {
        super(kind, message, cause);
    }

    static UnusableStore format(Path root, String found) {
        return new UnusableStore(
                Kind.UNSUPPORTED,
                "this store was written by a newer Plinth: "
                        + root
                        + " has format "
                        + found
                        + ", this Plinth knows format 1; use the newer Plinth, or another folder with --root");
    }

    static UnusableStore foreign(Path root, Path stranger) {
        return new UnusableStore(
                Kind.INVALID,
                "no store: "
                        + root
                        + " holds "
                        + stranger.getFileName()
                        + ", which is not of a store; name an empty or absent folder with --root");
    }

    static UnusableStore denied(Path root, Throwable cause) {
        return new UnusableStore(
                Kind.FORBIDDEN,
                "no access to the store "
                        + root
                        + "; run as its owner, or name a store of your own with --root or PLINTH_ROOT",
                cause);
    }
}
