package dev.plinth.cli.command;

import dev.plinth.cli.output.Terminal;
import dev.plinth.core.container.Attachment;
import dev.plinth.core.container.ContainerRecord;
import dev.plinth.core.container.ContainerState;
import dev.plinth.core.container.Containers;
import dev.plinth.core.container.Running;
import dev.plinth.core.container.StartOptions;
import dev.plinth.linux.Fd;
import dev.plinth.linux.Signals;
import dev.plinth.linux.TerminalSize;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs a container in front of the user: its streams are the user's, signals are passed on, the
/// screen follows the window, and its exit code is the command's.
final class Foreground {
    private final Terminal terminal;
    private final Containers containers;

    Foreground(Terminal terminal, Containers containers) {
        this.terminal = terminal;
        this.containers = containers;
    }

    /// Starts the container, stays with it to its end, and tidies up.
    ///
    /// @return the container's exit code
    int run(ContainerRecord made) throws IOException {
        Optional<Screen> screen = made.definition().terminal() ? screen() : Optional.empty();
        Optional<TerminalSize> size =
                screen.isPresent() ? Optional.of(screen.get().size()) : Optional.empty();
        StartOptions attached = new StartOptions(true, size, List.of());
        ContainerState state;
        try (Running running = containers.start(made.id(), attached)) {
            boolean typed = made.definition().openStdin();
            try (PassedSignals _ = PassedSignals.to(running, screen);
                    RawScreen _ = RawScreen.of(screen, typed)) {
                relay(running, typed ? terminal.in() : null);
                state = running.awaitEnd();
            }
            terminal.flush();
            explain(running.record(), state);
        }
        containers.finish(made.id());
        return state.exitCode();
    }

    private void explain(ContainerRecord record, ContainerState state) throws IOException {
        Optional<String> hint = containers.explainEnd(record, state);
        if (hint.isPresent()) {
            terminal.warn("plinth: " + hint.get() + "\n");
        }
    }

    private void relay(Running running, @Nullable InputStream in) throws IOException {
        Optional<Attachment> attachment = running.attachment();
        if (attachment.isPresent()) {
            Attachment.End end = attachment.get().relay(in, terminal.out(), terminal.err());
            if (end == Attachment.End.READER_GONE) {
                // As a pipe would end a program that nobody listens to.
                running.signal(Signals.KILL);
            }
        }
    }

    /// The terminal that the user sits at.
    private static Optional<Screen> screen() throws IOException {
        for (int number = 0; number <= 2; number++) {
            Optional<dev.plinth.linux.Terminal> found =
                    dev.plinth.linux.Terminal.of(Fd.standard(number));
            if (found.isPresent()) {
                return Optional.of(new Screen(found.get()));
            }
        }
        return Optional.empty();
    }

    /// The user's terminal as the kernel has it, which is more than a stream.
    record Screen(dev.plinth.linux.Terminal device) {
        TerminalSize size() throws IOException {
            return device.size();
        }
    }

    /// The user's terminal in raw mode, where it is typed into a container's terminal.
    private record RawScreen(dev.plinth.linux.Terminal.@Nullable RawMode raw)
            implements AutoCloseable {
        static RawScreen of(Optional<Screen> screen, boolean typed) throws IOException {
            return new RawScreen(screen.isPresent() && typed ? screen.get().device().raw() : null);
        }

        @Override
        public void close() throws IOException {
            if (raw != null) {
                raw.close();
            }
        }
    }
}
