package dev.plinth.cli.template;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// A template that cannot be read, or does not fit its data. The message is Go's.
public final class TemplateException extends PlinthException {
    private static final long serialVersionUID = 1;

    /// When it went wrong; Docker's exit codes tell the two apart.
    public enum Stage {
        PARSING,
        FILLING
    }

    private final Stage stage;

    TemplateException(Stage stage, String message) {
        super(Kind.INVALID, "template parsing error: " + message);
        this.stage = stage;
    }

    public Stage stage() {
        return stage;
    }
}
