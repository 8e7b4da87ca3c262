package dev.plinth.core.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// A connection to the standard streams of a container.
public interface Attachment extends AutoCloseable {
    /// Copies between the container and the caller's streams until the container's monitor has sent
    /// everything. Output is passed on as it comes. Input is read on a thread of its own, which may
    /// go on waiting for its stream after this returns; at its end the container's input is closed.
    /// Called once.
    ///
    /// @param in nothing for a container without standard input
    /// @param err what a container with a terminal never writes to
    End relay(@Nullable InputStream in, OutputStream out, OutputStream err) throws IOException;

    /// Ends a relay that is under way, from another thread.
    void detach() throws IOException;

    @Override
    void close() throws IOException;

    /// Why a relay ended.
    enum End {
        /// The container has ended, or its monitor was killed.
        CONTAINER,
        /// [Attachment#detach] was called.
        DETACHED,
        /// Nobody reads what the container writes.
        READER_GONE
    }
}
