package dev.plinth.core.engine;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// An archive of images was given where a root file system is wanted.
public final class SavedImage extends PlinthException {
    private static final long serialVersionUID = 1;

    SavedImage() {
        super(
                Kind.INVALID,
                "this archive holds a saved image, not a root file system: use plinth load");
    }
}
