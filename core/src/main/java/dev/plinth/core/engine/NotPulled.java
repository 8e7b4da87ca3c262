package dev.plinth.core.engine;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;
import dev.plinth.core.reference.ImageReference;

/// An image is not in the store, and this version cannot fetch it.
final class NotPulled extends PlinthException {
    private static final long serialVersionUID = 1;

    NotPulled(ImageReference reference) {
        super(
                Kind.NOT_FOUND,
                "not in the store, and this version of plinth does not pull; bring it in with"
                        + " plinth import, build or load as "
                        + reference.familiar());
    }
}
