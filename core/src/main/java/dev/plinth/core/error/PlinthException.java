package dev.plinth.core.error;

/// An error that the user or the data caused, told in a message a user can act on: what was being
/// done, to what, what was found, what was wanted. Subclasses are final, live beside the code that
/// throws them and carry their facts as fields.
public abstract class PlinthException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    protected PlinthException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    protected PlinthException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public final Kind kind() {
        return kind;
    }

    /// The message, which is never absent.
    @Override
    public final String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
