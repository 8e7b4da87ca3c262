package dev.plinth.core.snapshot;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// An image has more layers than one overlay can have.
public final class TooManyLayers extends PlinthException {
    private static final long serialVersionUID = 1;

    private final int layers;
    private final int most;

    TooManyLayers(int layers, int most) {
        super(
                Kind.UNSUPPORTED,
                "cannot mount "
                        + layers
                        + " layers: the kernel puts at most "
                        + most
                        + " on top of each other");
        this.layers = layers;
        this.most = most;
    }

    /// How many different layers there are.
    public int layers() {
        return layers;
    }

    public int most() {
        return most;
    }
}
