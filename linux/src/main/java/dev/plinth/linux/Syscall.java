package dev.plinth.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The way into the kernel, and the native memory that one or several calls in a row need. Made,
/// used and closed by one thread; what [#block] and [#text] gave dies with [#close].
///
/// There is one downcall handle for all calls, `long syscall(long number, ...)` of the C library,
/// because each handle costs milliseconds of start-up, and because C libraries in use lack wrappers
/// for the newer calls. It is made at the first call and not before.
///
/// Memory is read and written through [ByteBuffer]: the accessors of [MemorySegment] are var
/// handles, whose first use costs some four milliseconds.
final class Syscall implements AutoCloseable {
    /// The longest path the kernel takes, with its closing NUL.
    static final int PATH_MAX = 4096;

    private static final int MOST_ARGUMENTS = 6;

    private final Arena arena;
    private final MemorySegment captured;
    private final ByteBuffer errno;

    @SuppressWarnings("MustBeClosedChecker") // close() closes it
    Syscall() {
        Abi.require();
        arena = Arena.ofConfined();
        captured = arena.allocate(Integer.BYTES, Integer.BYTES);
        errno = captured.asByteBuffer().order(ByteOrder.nativeOrder());
    }

    /// Zeroed memory, 8-byte aligned, in the kernel's byte order.
    Block block(int size) {
        MemorySegment segment = arena.allocate(size, Long.BYTES);
        return new Block(segment.address(), segment.asByteBuffer().order(ByteOrder.nativeOrder()));
    }

    /// The address of a NUL-terminated copy of a raw name or path.
    long text(String raw) throws SyscallException {
        byte[] bytes = RawNames.bytes(raw);
        if (raw.indexOf('\0') >= 0) {
            // A C string would end here and name another file.
            throw new SyscallException("name", raw, Errno.EINVAL, "holds a NUL byte");
        }
        Block block = block(bytes.length + 1);
        block.bytes().put(0, bytes);
        return block.address();
    }

    /// The call's result, which is never negative. A call interrupted by a signal is repeated.
    ///
    /// @param subject what the call is done to, for the message of the exception
    long call(SyscallNumber call, String subject, long... arguments) throws SyscallException {
        while (true) {
            long result = attempt(call, arguments);
            if (result >= 0) {
                return result;
            }
            if (result != -Errno.EINTR) {
                throw failure(call, subject, (int) -result);
            }
        }
    }

    /// The call's result, or its error number negated.
    long attempt(SyscallNumber call, long... arguments) {
        long[] a = arguments;
        if (a.length < MOST_ARGUMENTS) {
            a = new long[MOST_ARGUMENTS];
            System.arraycopy(arguments, 0, a, 0, arguments.length);
        }
        try {
            long result =
                    (long)
                            Entry.SYSCALL.invokeExact(
                                    captured,
                                    (long) call.number(),
                                    a[0],
                                    a[1],
                                    a[2],
                                    a[3],
                                    a[4],
                                    a[5]);
            return result == -1 ? -errno.getInt(0) : result;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a downcall throws nothing of its own", e);
        }
    }

    static SyscallException failure(SyscallNumber call, String subject, int errno) {
        return new SyscallException(call.callName(), subject, errno, Errno.text(errno));
    }

    @Override
    public void close() {
        arena.close();
    }

    /// A piece of native memory: its address for the kernel, its bytes for Java.
    record Block(long address, ByteBuffer bytes) {}

    private static final class Entry {
        // long syscall(long number, ...), where six arguments are the most any call takes. The
        // register convention of its variadic part is that of fixed integer arguments on each
        // architecture in Abi.
        static final MethodHandle SYSCALL = make();

        @SuppressWarnings("restricted")
        private static MethodHandle make() {
            Linker linker = Linker.nativeLinker();
            ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("syscall"),
                    FunctionDescriptor.of(word, word, word, word, word, word, word, word),
                    Linker.Option.captureCallState("errno"));
        }
    }
}
