package dev.plinth.core.container;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// A running container that was to be removed without force.
public final class ContainerIsRunning extends PlinthException {
    private static final long serialVersionUID = 1;

    private final String container;

    public ContainerIsRunning(ContainerName name) {
        super(
                Kind.CONFLICT,
                "cannot remove container \""
                        + name
                        + "\": container is running: stop the container before removing or force"
                        + " remove");
        this.container = name.text();
    }

    public String container() {
        return container;
    }
}
