package dev.plinth.core.layer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/// The bytes in a gzip stream, RFC 1952: one member or several after each other, each checked.
///
/// As for gzip itself, what follows the last member without being one is not looked at: tapes and
/// some servers pad with zeros.
///
/// The JDK has a class for this, but it takes a pause in a pipe for the end of the stream.
final class GzipReader extends InputStream {
    private static final int HAS_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final PackedSource in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private boolean ended;

    GzipReader(PackedSource in) throws IOException {
        this.in = in;
        header();
    }

    private void header() throws IOException {
        if (next() != 0x1f || next() != 0x8b || next() != 8) {
            throw new ZipException("no gzip header");
        }
        int flags = next();
        if ((flags & RESERVED) != 0) {
            throw new ZipException("unknown flags in a gzip header");
        }
        skipHeader(6);
        if ((flags & HAS_EXTRA) != 0) {
            skipHeader(next() | next() << 8);
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_CRC) != 0) {
            skipHeader(2);
        }
        crc.reset();
        inflater.reset();
    }

    private int next() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException();
        }
        return b;
    }

    private void skipHeader(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        while (next() != 0) {}
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int got = inflate(into, offset, length);
            if (got > 0) {
                crc.update(into, offset, got);
                return got;
            }
            if (inflater.finished()) {
                endOfMember();
            }
        }
        return -1;
    }

    private int inflate(byte[] into, int offset, int length) throws IOException {
        if (inflater.needsInput()) {
            int given = in.peek(1);
            if (given == 0) {
                throw new EOFException();
            }
            inflater.setInput(in.buffer(), in.offset(), given);
            in.take(given);
        }
        try {
            return inflater.inflate(into, offset, length);
        } catch (DataFormatException e) {
            ZipException trouble = new ZipException(e.getMessage());
            trouble.initCause(e);
            throw trouble;
        }
    }

    private void endOfMember() throws IOException {
        // What the inflater was given and did not need is the trailer and what follows.
        in.take(-inflater.getRemaining());
        long sum = number();
        long size = number();
        if (sum != crc.getValue()) {
            throw new ZipException("wrong checksum");
        }
        if (size != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw new ZipException("wrong length");
        }
        if (in.peek(3) >= 3 && isMagic(in.buffer(), in.offset())) {
            header();
        } else {
            ended = true;
        }
    }

    private static boolean isMagic(byte[] bytes, int at) {
        return bytes[at] == 0x1f && (bytes[at + 1] & 0xff) == 0x8b && bytes[at + 2] == 8;
    }

    private long number() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            value |= (long) next() << shift;
        }
        return value;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
