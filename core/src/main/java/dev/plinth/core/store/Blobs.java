package dev.plinth.core.store;

import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Content by its digest: configs, manifests, indexes and compressed layers as they were received.
/// The uncompressed tar of a layer is a blob too, though it lies among the layers.
public final class Blobs {
    /// The largest config, manifest or index that is read; the distribution specification asks
    /// registries to take manifests of 4 MiB.
    public static final int MAX_DOCUMENT = 16 << 20;

    private final Store store;
    private final Path folder;

    Blobs(Store store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    public boolean contains(Digest digest) {
        return Files.exists(path(digest)) || store.layers().contains(digest);
    }

    /// How many bytes the blob has.
    ///
    /// @throws MissingContent if it is not here
    public long size(Digest digest) throws IOException {
        Optional<StoredLayer> layer = store.layers().find(digest);
        if (layer.isPresent()) {
            return layer.get().size();
        }
        try {
            return Files.size(path(digest));
        } catch (NoSuchFileException e) {
            throw new MissingContent("blob", digest);
        }
    }

    /// The bytes of a document, whose digest has been checked.
    ///
    /// @throws MissingContent if it is not here
    /// @throws DamagedContent if the bytes are not those of the digest
    public byte[] document(Digest digest) throws IOException {
        Path path = path(digest);
        byte[] bytes;
        try {
            if (Files.size(path) > MAX_DOCUMENT) {
                throw new DamagedContent(
                        path, "longer than " + MAX_DOCUMENT + " bytes, so it is no document");
            }
            bytes = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new MissingContent("blob", digest);
        }
        Digest found =
                digest.algorithm() == Digest.Algorithm.SHA256
                        ? Digest.sha256(bytes)
                        : Digest.of(digest.algorithm(), digest.algorithm().hasher().digest(bytes));
        if (!found.equals(digest)) {
            throw damaged(digest);
        }
        return bytes;
    }

    /// What is to be said of a blob or layer whose bytes are not those of its digest.
    DamagedContent damaged(Digest digest) throws IOException {
        Path file = store.layers().find(digest).map(StoredLayer::tar).orElse(path(digest));
        return new DamagedContent(file, "its bytes have another digest");
    }

    /// The bytes of the blob, unchecked: a reader that trusts nobody hashes them.
    ///
    /// @throws MissingContent if it is not here
    public InputStream open(Digest digest) throws IOException {
        Optional<StoredLayer> layer = store.layers().find(digest);
        if (layer.isPresent()) {
            return layer.get().open();
        }
        try {
            return Files.newInputStream(path(digest));
        } catch (NoSuchFileException e) {
            throw new MissingContent("blob", digest);
        }
    }

    /// Puts `bytes` into the store, kept by `lease`; they are on the disk afterwards.
    public Digest add(byte[] bytes, Lease lease) throws IOException {
        Digest digest = Digest.sha256(bytes);
        lease.keep(digest);
        if (isHere(path(digest), bytes)) {
            return digest;
        }
        try (var _ = store.lock().shared()) {
            Durable.write(path(digest), bytes, lease.temporary());
        }
        lease.added(digest);
        return digest;
    }

    /// A blob that is damaged is written again.
    private static boolean isHere(Path path, byte[] bytes) throws IOException {
        try {
            return Files.size(path) == bytes.length
                    && Arrays.equals(Files.readAllBytes(path), bytes);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /// A blob to be written, whose digest is known when it is whole.
    public Incoming incoming(Lease lease) throws IOException {
        Path temporary = lease.temporary();
        FileChannel file =
                FileChannel.open(
                        temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new Incoming(lease, temporary, file, Digest.Algorithm.SHA256.hasher());
    }

    /// A blob being written; nothing of it is in the store until [#commit].
    public final class Incoming extends OutputStream {
        private final Lease lease;
        private final Path temporary;
        private final FileChannel file;
        private final MessageDigest hash;
        private long size;
        private @Nullable Digest digest;

        private Incoming(Lease lease, Path temporary, FileChannel file, MessageDigest hash) {
            this.lease = lease;
            this.temporary = temporary;
            this.file = file;
            this.hash = hash;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            hash.update(bytes, offset, length);
            ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
            try {
                while (rest.hasRemaining()) {
                    file.write(rest);
                }
            } catch (IOException e) {
                throw Durable.named(e, store.root());
            }
            size += length;
        }

        /// How many bytes were written so far.
        public long size() {
            return size;
        }

        /// The digest of all that was written; nothing can be written afterwards.
        public Digest digest() {
            Digest known = digest;
            if (known == null) {
                known = Digest.of(Digest.Algorithm.SHA256, hash.digest());
                digest = known;
            }
            return known;
        }

        /// Puts what was written into the store, kept by the lease and on the disk, and returns its
        /// digest.
        public Digest commit() throws IOException {
            Digest digest = digest();
            lease.keep(digest);
            if (Files.exists(path(digest))) {
                close();
                return digest;
            }
            file.force(true);
            file.close();
            try (var _ = store.lock().shared()) {
                Durable.publish(temporary, path(digest));
            }
            lease.added(digest);
            return digest;
        }

        /// Forgets what was written, unless it was committed.
        @Override
        public void close() throws IOException {
            file.close();
            Files.deleteIfExists(temporary);
        }
    }

    Path path(Digest digest) {
        return folder.resolve(digest.algorithm().id()).resolve(digest.hex());
    }
}
