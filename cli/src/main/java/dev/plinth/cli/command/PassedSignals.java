package dev.plinth.cli.command;

import dev.plinth.core.container.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// Passes the signals that this process gets on to a container, and the size of the window to its
/// terminal.
///
/// `sun.misc.Signal` is the only way in which a Java program can catch signals; it is kept in the
/// module `jdk.unsupported`, which is part of every JDK. Some signals belong to the JVM and cannot
/// be caught.
final class PassedSignals implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("HUP", "INT", "TERM", "USR2", "CONT", "TSTP", "ALRM", "TTIN", "TTOU");

    /// Who handled each signal before.
    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();

    private PassedSignals() {}

    /// Passes signals on until closed.
    ///
    /// @param screen whose size the container's terminal gets whenever it changes
    static PassedSignals to(Running running, Optional<Foreground.Screen> screen) {
        PassedSignals signals = new PassedSignals();
        for (String name : NAMES) {
            signals.handle(
                    name,
                    signal -> {
                        try {
                            running.signal(signal.getNumber());
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
        if (screen.isPresent()) {
            Foreground.Screen terminal = screen.get();
            signals.handle(
                    "WINCH",
                    signal -> {
                        try {
                            running.resize(terminal.size());
                        } catch (IOException e) {
                            // The container has ended in this moment.
                        }
                    });
        }
        return signals;
    }

    private void handle(String name, SignalHandler handler) {
        try {
            Signal signal = new Signal(name);
            before.put(signal, Signal.handle(signal, handler));
        } catch (IllegalArgumentException e) {
            // Not on this platform, or taken by the JVM.
        }
    }

    @Override
    public void close() {
        before.forEach(Signal::handle);
    }
}
