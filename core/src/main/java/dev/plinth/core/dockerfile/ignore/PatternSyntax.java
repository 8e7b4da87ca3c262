package dev.plinth.core.dockerfile.ignore;

/// A pattern is not well formed; turned into an exception with facts by who knows where it stood.
final class PatternSyntax extends RuntimeException {
    private static final long serialVersionUID = 1;

    static final String MESSAGE = "syntax error in pattern";

    PatternSyntax() {
        super(MESSAGE, null, false, false);
    }
}
