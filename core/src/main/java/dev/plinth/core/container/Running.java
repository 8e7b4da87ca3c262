package dev.plinth.core.container;

import dev.plinth.linux.TerminalSize;
import java.io.IOException;
import java.util.Optional;

/// A container that this process has started.
public final class Running implements AutoCloseable {
    private final Containers containers;
    private final Launcher.Launched launched;

    Running(Containers containers, Launcher.Launched launched) {
        this.containers = containers;
        this.launched = launched;
    }

    public ContainerRecord record() {
        return launched.record();
    }

    /// The connection to its streams, if one was asked for.
    public Optional<Attachment> attachment() {
        return launched.attachment();
    }

    /// Sends a signal to its first process; false if it has ended.
    public boolean signal(int signal) throws IOException {
        return containers.signal(record(), signal);
    }

    /// Tells its terminal its size.
    public void resize(TerminalSize size) throws IOException {
        containers.resize(record().id(), size);
    }

    /// Waits for its end.
    public ContainerState awaitEnd() throws IOException {
        return containers.awaitEnd(record());
    }

    /// Leaves the container alone: closes the connection to it.
    @Override
    public void close() throws IOException {
        if (launched.attachment().isPresent()) {
            launched.attachment().get().close();
        }
    }
}
