package dev.plinth.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// A connection between processes of one host that keeps the borders of what is sent
/// (`SOCK_SEQPACKET`), which the channels of the JDK lack. conmon's attach socket is one.
///
/// Calls that wait block the carrier thread and end when either side is shut down, not by [#close]
/// or an interrupt.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
public final class SeqPacketSocket implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_SEQPACKET = 5;
    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SHUT_WR = 1;
    private static final int SHUT_RDWR = 2;
    // struct sockaddr_un: a 16-bit family, then the path with its NUL.
    private static final int SIZE_OF_SOCKADDR = 110;
    private static final int LONGEST_PATH = 107;
    private static final int BACKLOG = 16;

    private final Fd fd;

    private SeqPacketSocket(Fd fd) {
        this.fd = fd;
    }

    /// A connection to the socket at a path of at most 107 bytes. Waits while the queue of the
    /// listener is full.
    public static SeqPacketSocket connect(Path path) throws IOException {
        return new SeqPacketSocket(made(SyscallNumber.CONNECT, path));
    }

    /// A socket waiting for connections.
    public static final class Listener implements AutoCloseable {
        private final Fd fd;

        private Listener(Fd fd) {
            this.fd = fd;
        }

        /// A new socket file, at a path of at most 107 bytes where nothing is yet. Who may connect
        /// is for the folder it is in to say: the umask of a JVM cannot be changed.
        public static Listener open(Path path) throws IOException {
            Fd fd = made(SyscallNumber.BIND, path);
            try {
                fd.control(SyscallNumber.LISTEN, BACKLOG);
                return new Listener(fd);
            } catch (IOException e) {
                fd.close();
                throw e;
            }
        }

        /// Waits for the next connection. It ends by [#shutDown] on another thread.
        public SeqPacketSocket accept() throws IOException {
            long result = fd.control(SyscallNumber.ACCEPT4, 0, 0, Abi.O_CLOEXEC);
            return new SeqPacketSocket(Fd.own(result, fd.subject()));
        }

        /// Ends waiting and future calls of [#accept] with an exception.
        public void shutDown() throws IOException {
            fd.control(SyscallNumber.SHUTDOWN, SHUT_RDWR);
        }

        /// For [Poll]: readable when a connection waits.
        public Fd fd() {
            return fd;
        }

        /// Stops listening. The file stays until it is deleted.
        @Override
        public void close() throws IOException {
            fd.close();
        }
    }

    /// Receives one packet: its length, or −1 when the other side sends no more. An empty packet
    /// cannot be told from that end.
    ///
    /// @throws SyscallException with `EMSGSIZE` if the packet is longer than the buffer has room;
    ///   it is lost then
    public int receive(ByteBuffer target) throws IOException {
        int room = target.remaining();
        try (Syscall kernel = new Syscall()) {
            Syscall.Block block = kernel.block(Math.max(1, room));
            int length =
                    (int)
                            kernel.call(
                                    SyscallNumber.RECVFROM,
                                    fd.subject(),
                                    fd.number(),
                                    block.address(),
                                    room,
                                    MSG_TRUNC);
            if (length > room) {
                throw new SyscallException(
                        SyscallNumber.RECVFROM.callName(),
                        fd.subject(),
                        Errno.EMSGSIZE,
                        "a packet of " + length + " bytes for a buffer of " + room);
            }
            target.put(block.bytes().limit(length));
            return length == 0 ? -1 : length;
        }
    }

    /// Sends what the buffer holds as one packet.
    ///
    /// @throws SyscallException with `EPIPE` if the other side is closed
    public void send(ByteBuffer packet) throws IOException {
        int length = packet.remaining();
        try (Syscall kernel = new Syscall()) {
            Syscall.Block block = kernel.block(Math.max(1, length));
            block.bytes().put(0, packet, packet.position(), length);
            kernel.call(
                    SyscallNumber.SENDTO,
                    fd.subject(),
                    fd.number(),
                    block.address(),
                    length,
                    MSG_NOSIGNAL);
            packet.position(packet.limit());
        }
    }

    /// Tells the other side that no more will be sent.
    public void shutDownOutput() throws IOException {
        fd.control(SyscallNumber.SHUTDOWN, SHUT_WR);
    }

    /// Ends both directions, and with them calls that wait.
    public void shutDown() throws IOException {
        fd.control(SyscallNumber.SHUTDOWN, SHUT_RDWR);
    }

    /// For [Poll].
    public Fd fd() {
        return fd;
    }

    @Override
    public void close() throws IOException {
        fd.close();
    }

    /// A socket after `connect` or `bind`, which differ in nothing else.
    private static Fd made(SyscallNumber call, Path path) throws IOException {
        String raw = RawNames.of(path);
        if (raw.length() > LONGEST_PATH) {
            throw new SyscallException(
                    call.callName(),
                    raw,
                    Errno.ENAMETOOLONG,
                    "the path of a socket has at most " + LONGEST_PATH + " bytes");
        }
        try (Syscall kernel = new Syscall()) {
            int type = SOCK_SEQPACKET | Abi.O_CLOEXEC;
            Fd fd = Fd.own(kernel.call(SyscallNumber.SOCKET, raw, AF_UNIX, type, 0), raw);
            try {
                Syscall.Block address = kernel.block(SIZE_OF_SOCKADDR);
                address.bytes().putShort(0, (short) AF_UNIX).put(2, RawNames.bytes(raw));
                kernel.call(call, raw, fd.number(), address.address(), SIZE_OF_SOCKADDR);
                return fd;
            } catch (IOException e) {
                fd.close();
                throw e;
            }
        }
    }
}
