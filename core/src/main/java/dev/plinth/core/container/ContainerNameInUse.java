package dev.plinth.core.container;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// A name that another container has.
public final class ContainerNameInUse extends PlinthException {
    private static final long serialVersionUID = 1;

    private final String name;
    private final String owner;

    public ContainerNameInUse(ContainerName name, ContainerId owner) {
        super(
                Kind.CONFLICT,
                "Conflict. The container name \"/"
                        + name
                        + "\" is already in use by container \""
                        + owner
                        + "\". You have to remove (or rename) that container to be able to reuse that"
                        + " name.");
        this.name = name.text();
        this.owner = owner.hex();
    }

    public String name() {
        return name;
    }

    /// The id of the container that has it.
    public String owner() {
        return owner;
    }
}
