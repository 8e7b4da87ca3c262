package dev.plinth.core.store;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;
import dev.plinth.core.oci.Digest;

/// Something that an image refers to is not in the store.
public final class MissingContent extends PlinthException {
    private static final long serialVersionUID = 1;

    private final transient Digest digest;

    MissingContent(String what, Digest digest) {
        super(Kind.NOT_FOUND, "the " + what + " " + digest + " is not in the store");
        this.digest = digest;
    }

    public Digest digest() {
        return digest;
    }
}
