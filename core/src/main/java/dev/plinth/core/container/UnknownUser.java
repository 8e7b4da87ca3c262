package dev.plinth.core.container;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// A user or group that the image's `/etc/passwd` or `/etc/group` does not have, or a number that
/// cannot be one.
public final class UnknownUser extends PlinthException {
    private static final long serialVersionUID = 1;

    private UnknownUser(String message) {
        super(Kind.INVALID, message);
    }

    static UnknownUser user(String name) {
        return new UnknownUser(
                "unable to find user " + name + ": no matching entries in passwd file");
    }

    static UnknownUser group(String name) {
        return new UnknownUser(
                "unable to find group " + name + ": no matching entries in group file");
    }

    static UnknownUser outOfRange() {
        return new UnknownUser("uids and gids must be in range 0-2147483647");
    }
}
