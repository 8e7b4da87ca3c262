package dev.plinth.core.build.files;

import dev.plinth.core.layer.Data;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.LayerWriter;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.util.Optional;

/// Reads the bytes of files that are copied, for their digest, for a layer, or for both at once.
///
/// For one thread.
final class FileBytes {
    private final FileDigests known;
    private final MessageDigest digest = Digest.Algorithm.SHA256.hasher();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 17);

    /// @param known the digests that need not be worked out
    FileBytes(FileDigests known) {
        this.known = known;
    }

    /// The SHA-256 of a file.
    byte[] digest(SourceTree tree, SourceFile file) throws IOException {
        Optional<LocalFolder.Identity> identity = identity(tree, file);
        Optional<byte[]> remembered = identity.flatMap(known::find);
        if (remembered.isPresent()) {
            return remembered.get();
        }
        long left = file.size();
        try (ReadableByteChannel in = tree.open(file)) {
            while (left > 0) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), left));
                int got = in.read(buffer);
                if (got < 0) {
                    throw new CannotCopy(
                            dev.plinth.core.error.Kind.CONFLICT,
                            Paths.shown(file.path()) + " was changed while it was read");
                }
                digest.update(buffer.flip());
                left -= got;
            }
        } finally {
            if (left > 0) {
                digest.reset();
            }
        }
        return remember(identity);
    }

    /// Writes a file to a layer, and returns its SHA-256.
    byte[] write(SourceTree tree, SourceFile file, Entry as, LayerWriter layer) throws IOException {
        if (tree instanceof LayersTree layers && layers.data(file) instanceof Data.Sparse holes) {
            layer.add(as, layers.layer(file), holes);
            return digest(tree, file);
        }
        return read(tree, file, in -> layer.add(as, file.size(), in));
    }

    /// Something that is done with the bytes of a file.
    @FunctionalInterface
    interface Reader {
        void read(ReadableByteChannel in) throws IOException;
    }

    /// Has a file read, and returns its SHA-256.
    byte[] read(SourceTree tree, SourceFile file, Reader reader) throws IOException {
        boolean done = false;
        try (Digesting in = new Digesting(tree.open(file))) {
            reader.read(in);
            // A reader may stop where the rest means nothing to it.
            while (in.read(buffer.clear()) >= 0) {}
            done = true;
        } finally {
            if (!done) {
                digest.reset();
            }
        }
        return remember(identity(tree, file));
    }

    private byte[] remember(Optional<LocalFolder.Identity> identity) {
        byte[] sha256 = digest.digest();
        identity.ifPresent(state -> known.put(state, sha256));
        return sha256;
    }

    private static Optional<LocalFolder.Identity> identity(SourceTree tree, SourceFile file) {
        return tree instanceof BuildContext context ? context.identity(file) : Optional.empty();
    }

    /// Adds to the digest what is read.
    private final class Digesting implements ReadableByteChannel {
        private final ReadableByteChannel in;

        Digesting(ReadableByteChannel in) {
            this.in = in;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            int from = into.position();
            int got = in.read(into);
            if (got > 0) {
                digest.update(into.slice(from, got));
            }
            return got;
        }

        @Override
        public boolean isOpen() {
            return in.isOpen();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
