package dev.plinth.core.container;

import dev.plinth.linux.TerminalSize;
import java.util.List;
import java.util.Optional;

/// How a container is to be started this time.
///
/// @param attach whether the caller wants to be connected to its streams before it writes anything;
///   then its input ends with the caller's
/// @param consoleSize of the caller's terminal, if it has one
/// @param exitCommand a program with its arguments that the monitor starts after the end, or
///   nothing
public record StartOptions(
        boolean attach, Optional<TerminalSize> consoleSize, List<String> exitCommand) {
    /// With its streams connected, and no terminal known.
    public static final StartOptions ATTACHED = new StartOptions(true, Optional.empty(), List.of());

    /// With nobody connected.
    public static final StartOptions DETACHED =
            new StartOptions(false, Optional.empty(), List.of());

    public StartOptions {
        exitCommand = List.copyOf(exitCommand);
    }
}
