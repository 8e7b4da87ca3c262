package dev.plinth.core.engine;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// No image has this name or ID here.
public final class NoSuchImage extends PlinthException {
    private static final long serialVersionUID = 1;

    NoSuchImage(String name) {
        super(Kind.NOT_FOUND, "No such image: " + name);
    }
}
