package dev.plinth.core.store;

import dev.plinth.core.layer.TreePath;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The bytes of one file in an archive. Its beginning can be looked at before it is read; what is
/// read can be copied on the way; and trouble with the archive around it can be told from trouble
/// with what is in it.
final class ArchiveFile extends InputStream {
    private final TreePath path;
    private final long size;
    private final BufferedInputStream in;
    private OutputStream copy = OutputStream.nullOutputStream();
    private @Nullable RuntimeException failure;

    ArchiveFile(TreePath path, long size, InputStream data) {
        this.path = path;
        this.size = size;
        this.in = new BufferedInputStream(data, 1 << 16);
    }

    TreePath path() {
        return path;
    }

    long size() {
        return size;
    }

    /// The first bytes, fewer than `length` if the file has not so many; nothing counts as read.
    byte[] peek(int length) throws IOException {
        in.mark(length);
        try {
            byte[] start = in.readNBytes(length);
            in.reset();
            return start;
        } catch (EOFException e) {
            throw truncated(e);
        }
    }

    /// From now on writes what is read to `out`, too.
    void copyTo(OutputStream out) {
        copy = out;
    }

    /// Throws again what reading the archive itself threw, if it did.
    void rethrow() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int got;
        try {
            got = in.read(bytes, offset, length);
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        } catch (EOFException e) {
            failure = truncated(e);
            throw failure;
        }
        if (got > 0) {
            copy.write(bytes, offset, got);
        }
        return got;
    }

    private static MalformedArchive truncated(EOFException e) {
        return new MalformedArchive("the archive is truncated: " + e.getMessage());
    }
}
