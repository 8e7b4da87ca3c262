package dev.plinth.core.engine;

import dev.plinth.core.container.ContainerRecord;
import dev.plinth.core.container.ContainerState;

/// A container and what it is doing now.
public record ContainerSummary(ContainerRecord record, ContainerState state) {}
