package dev.plinth.core.container;

import dev.plinth.linux.Errno;
import dev.plinth.linux.SeqPacketSocket;
import dev.plinth.linux.SyscallException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A connection to conmon's attach socket. Each packet it sends begins with a byte that tells the
/// stream; what it receives is input as it is, and the end of sending is the end of input.
final class ConmonAttachment implements Attachment {
    private static final byte STDERR = 3;

    /// conmon reads 8 KiB at a time from a container; one more tells the stream.
    private static final int MOST_OUTPUT = 64 * 1024;

    /// conmon takes at most 32 KiB less one in one packet, and drops the rest.
    private static final int MOST_INPUT = 16 * 1024;

    private final SeqPacketSocket socket;

    /// Held while the input thread is inside a call on the socket.
    private final ReentrantLock sending = new ReentrantLock();

    private volatile boolean detached;

    ConmonAttachment(SeqPacketSocket socket) {
        this.socket = socket;
    }

    @Override
    public End relay(@Nullable InputStream in, OutputStream out, OutputStream err)
            throws IOException {
        if (in != null) {
            Thread.ofPlatform().daemon().name("container-stdin").start(() -> feed(in));
        }
        ByteBuffer packet = ByteBuffer.allocate(MOST_OUTPUT);
        while (receive(packet.clear())) {
            if (packet.position() <= 1) {
                continue;
            }
            OutputStream target = packet.get(0) == STDERR ? err : out;
            try {
                target.write(packet.array(), 1, packet.position() - 1);
                target.flush();
            } catch (IOException e) {
                // conmon would wait for us for ever, and the container for conmon.
                shutDown();
                return End.READER_GONE;
            }
        }
        return detached ? End.DETACHED : End.CONTAINER;
    }

    /// False at the end.
    private boolean receive(ByteBuffer packet) throws IOException {
        try {
            return socket.receive(packet) >= 0;
        } catch (SyscallException e) {
            // A monitor that is killed while input waits for it resets the connection.
            if (isOver(e.errno())) {
                return false;
            }
            throw e;
        }
    }

    private void feed(InputStream in) {
        byte[] buffer = new byte[MOST_INPUT];
        try {
            int length = in.read(buffer);
            while (length >= 0) {
                if (length > 0) {
                    send(ByteBuffer.wrap(buffer, 0, length));
                }
                length = in.read(buffer);
            }
        } catch (IOException e) {
            // Either stream is broken: for the container that is the end of its input.
        } finally {
            endInput();
        }
    }

    private void send(ByteBuffer packet) throws IOException {
        sending.lock();
        try {
            socket.send(packet);
        } finally {
            sending.unlock();
        }
    }

    private void endInput() {
        sending.lock();
        try {
            socket.shutDownOutput();
        } catch (IOException e) {
            // The container has ended, and no input matters any more.
        } finally {
            sending.unlock();
        }
    }

    /// Whether the error tells that the container, or what it had for input, is no more.
    private static boolean isOver(int errno) {
        return errno == Errno.EPIPE || errno == Errno.ECONNRESET || errno == Errno.EBADF;
    }

    @Override
    public void detach() throws IOException {
        detached = true;
        socket.shutDown();
    }

    @Override
    public void close() throws IOException {
        shutDown();
        // Nobody may be inside a call when the descriptor is closed.
        sending.lock();
        try {
            socket.close();
        } finally {
            sending.unlock();
        }
    }

    private void shutDown() throws IOException {
        try {
            socket.shutDown();
        } catch (SyscallException e) {
            if (e.errno() != Errno.ENOTCONN) {
                throw e;
            }
        }
    }
}
