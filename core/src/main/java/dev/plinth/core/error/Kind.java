package dev.plinth.core.error;

/// What sort of trouble a [PlinthException] reports. The command line turns a kind into an exit
/// code and the server turns it into an HTTP status, each in one place.
public enum Kind {
    /// The request, the file or the argument is not of the form it must have.
    INVALID,
    /// What was named does not exist.
    NOT_FOUND,
    /// What was asked for collides with what is there.
    CONFLICT,
    /// What was asked for is never allowed, whatever the state.
    FORBIDDEN,
    /// What was asked for is known, but this version or this host cannot do it.
    UNSUPPORTED,
    /// Something outside that is needed does not answer.
    UNAVAILABLE,
    /// Data that was received or stored is damaged.
    CORRUPT,
    /// Something was started and ended badly.
    FAILED,
    /// The user stopped it.
    CANCELLED
}
