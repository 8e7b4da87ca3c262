package dev.plinth.core.layer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/// A stream as a channel, with larger steps than those of the JDK.
final class StreamChannel implements ReadableByteChannel {
    private final InputStream in;
    private final byte[] bytes = new byte[1 << 16];
    private boolean open = true;

    StreamChannel(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int got = in.read(bytes, 0, Math.min(bytes.length, into.remaining()));
        if (got > 0) {
            into.put(bytes, 0, got);
        }
        return got;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        open = false;
        in.close();
    }
}
