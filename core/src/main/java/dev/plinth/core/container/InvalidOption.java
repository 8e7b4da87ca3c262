package dev.plinth.core.container;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;
import dev.plinth.core.error.Quote;

/// A wish about a container that is not of the form it must have, or that contradicts another.
public final class InvalidOption extends PlinthException {
    private static final long serialVersionUID = 1;

    public InvalidOption(String message) {
        super(Kind.INVALID, message);
    }

    public InvalidOption(String message, Throwable cause) {
        super(Kind.INVALID, message, cause);
    }

    /// The value of a flag that does not obey the flag's grammar, in Docker's words.
    ///
    /// @param flag with its dashes
    static InvalidOption argument(String flag, String value, String problem) {
        return new InvalidOption(
                "invalid argument " + Quote.go(value) + " for \"" + flag + "\" flag: " + problem);
    }
}
