package dev.plinth.core.layer;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;
import dev.plinth.core.error.Quote;

/// An owner that is no number and that the image does not know by name.
public final class UnknownOwner extends PlinthException {
    private static final long serialVersionUID = 1;

    private final String name;

    private UnknownOwner(String name, String message) {
        super(Kind.INVALID, message);
        this.name = name;
    }

    static UnknownOwner user(String name) {
        return new UnknownOwner(
                name,
                "no such user: "
                        + Quote.go(name)
                        + " is not in the image's /etc/passwd; use a number, or add the user first");
    }

    static UnknownOwner group(String name) {
        return new UnknownOwner(
                name,
                "no such group: "
                        + Quote.go(name)
                        + " is not in the image's /etc/group; use a number, or add the group first");
    }

    static UnknownOwner malformed(String text) {
        return new UnknownOwner(
                text, "not an owner: " + Quote.go(text) + "; USER or USER:GROUP is wanted");
    }

    /// What was asked for.
    public String name() {
        return name;
    }
}
