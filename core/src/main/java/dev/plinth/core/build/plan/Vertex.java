package dev.plinth.core.build.plan;

import dev.plinth.core.dockerfile.Place;
import java.util.List;
import java.util.Optional;

/// One step of a build: an operation on the files that other steps made. It stands for itself: two
/// vertices with the same operation are two steps.
///
/// What it makes is the layers of its first input, if it has one, and at most one more.
public final class Vertex {
    private final Operation operation;
    private final List<Vertex> inputs;
    private final String label;
    private final Optional<Place> place;
    private final boolean cacheIgnored;

    /// @param inputs what the operation works on; the first is what it builds upon
    /// @param label what people see, such as `[build 2/3] COPY a b`
    /// @param place the instruction it stems from
    /// @param cacheIgnored whether it is to run even if its result is known
    Vertex(
            Operation operation,
            List<Vertex> inputs,
            String label,
            Optional<Place> place,
            boolean cacheIgnored) {
        this.operation = operation;
        this.inputs = List.copyOf(inputs);
        this.label = label;
        this.place = place;
        this.cacheIgnored = cacheIgnored;
    }

    public Operation operation() {
        return operation;
    }

    /// What the operation works on; the first is what it builds upon.
    public List<Vertex> inputs() {
        return inputs;
    }

    /// What people see, such as `[build 2/3] COPY a b`.
    public String label() {
        return label;
    }

    /// The instruction it stems from; empty for what no instruction says.
    public Optional<Place> place() {
        return place;
    }

    /// Whether it is to run even if its result is known.
    public boolean isCacheIgnored() {
        return cacheIgnored;
    }

    @Override
    public String toString() {
        return label;
    }
}
