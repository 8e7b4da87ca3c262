package dev.plinth.core.engine;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// Something was asked for that only root can do on this host.
public final class NeedsRoot extends PlinthException {
    private static final long serialVersionUID = 1;

    NeedsRoot(String what) {
        super(
                Kind.FORBIDDEN,
                what
                        + " needs root; importing, building without RUN, saving and loading do not:"
                        + " use sudo for this one, and the same --root for all");
    }
}
