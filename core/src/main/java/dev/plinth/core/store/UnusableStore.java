package dev.plinth.core.store;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;
import dev.plinth.core.error.Quote;
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
        boolean newer = false;
        try {
            newer = Long.parseLong(found) > 1;
        } catch (NumberFormatException e) {
            // Then it is damaged.
        }
        return newer
                ? new UnusableStore(
                        Kind.UNSUPPORTED,
                        "this store was written by a newer Plinth: "
                                + root
                                + " has format "
                                + found
                                + ", this Plinth knows format 1; use the newer Plinth, or another"
                                + " folder with --root")
                : new UnusableStore(
                        Kind.CORRUPT,
                        "the store is damaged: "
                                + root.resolve("format")
                                + " should hold 1 and holds "
                                + Quote.go(found, 40));
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

    static UnusableStore noFolder(Path root, Throwable cause) {
        return new UnusableStore(
                Kind.INVALID, "no store: " + root + " is not a folder, or not in one", cause);
    }

    static UnusableStore ofOther(Path root, Object owner) {
        return new UnusableStore(
                Kind.FORBIDDEN,
                "the store "
                        + root
                        + " belongs to the user with the ID "
                        + owner
                        + "; run as that user, or name a store of your own with --root or"
                        + " PLINTH_ROOT");
    }
}
