package dev.plinth.core.store;

import dev.plinth.core.layer.Compression;
import dev.plinth.core.layer.LayerIntake;
import dev.plinth.core.layer.MalformedLayer;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.layer.UnpackedStream;
import dev.plinth.core.oci.Digest;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files of an archive while it is read: documents are held in memory, layers go straight into
/// the store. Which is which is seen from how they begin, because what would tell it may come last.
final class ArchiveContent {
    /// Larger files that begin like JSON are taken for layers, and then refused.
    private static final int MAX_DOCUMENT = 8 << 20;

    private static final long MAX_DOCUMENTS = 128 << 20;

    private final Store store;
    private final Lease lease;
    private final Map<TreePath, byte[]> documents = new HashMap<>();
    private final Map<Digest, byte[]> documentsByDigest = new HashMap<>();
    private final Map<TreePath, Digest> layers = new HashMap<>();

    /// From the digest of a layer as it stood in the archive to its diff ID.
    private final Map<Digest, Digest> layersByDigest = new HashMap<>();

    private final Map<TreePath, TreePath> links = new HashMap<>();
    private long held;

    ArchiveContent(Store store, Lease lease) {
        this.store = store;
        this.lease = lease;
    }

    /// Takes one file in.
    void file(TreePath path, long size, InputStream data) throws IOException {
        BufferedInputStream in = new BufferedInputStream(data, 1 << 16);
        in.mark(1);
        int first = in.read();
        in.reset();
        boolean json = first == '{' || first == '[';
        if (size == 0 || (json && size <= MAX_DOCUMENT) || isDocument(path)) {
            hold(path, size, in);
        } else {
            layer(path, in);
        }
    }

    private static boolean isDocument(TreePath path) {
        return switch (path.raw()) {
            case "index.json", "manifest.json", "oci-layout", "repositories" -> true;
            default -> path.name().equals("VERSION");
        };
    }

    private void hold(TreePath path, long size, InputStream in) throws IOException {
        held += size;
        if (size > MAX_DOCUMENT || held > MAX_DOCUMENTS) {
            throw new MalformedArchive("more JSON than an archive of images has: " + path);
        }
        byte[] bytes = in.readNBytes((int) size);
        Digest digest = Digest.sha256(bytes);
        checkName(path, digest);
        documents.put(path, bytes);
        documentsByDigest.put(digest, bytes);
    }

    private void layer(TreePath path, BufferedInputStream in) throws IOException {
        in.mark(Compression.MAGIC_LENGTH);
        byte[] magic = in.readNBytes(Compression.MAGIC_LENGTH);
        in.reset();
        boolean compressed = Compression.of(magic, magic.length) != Compression.NONE;
        Digest digest;
        Digest diffId;
        if (compressed) {
            // The bytes as they are stay too, so that the image keeps its digest when it is
            // shipped.
            try (Blobs.Incoming blob = store.blobs().incoming(lease)) {
                InputStream tee = new Tee(in, blob);
                diffId = takeLayer(path, UnpackedStream.of(tee));
                tee.transferTo(OutputStream.nullOutputStream());
                digest = blob.digest();
                checkName(path, digest);
                blob.commit();
            }
        } else {
            diffId = takeLayer(path, in);
            digest = diffId;
            checkName(path, digest);
        }
        layers.put(path, diffId);
        layersByDigest.put(digest, diffId);
    }

    private Digest takeLayer(TreePath path, InputStream tar) throws IOException {
        try {
            return store.layers()
                    .add((file, entries) -> LayerIntake.take(tar, file, entries), lease)
                    .summary()
                    .diffId();
        } catch (MalformedLayer e) {
            throw new MalformedArchive(path + " is no layer: " + e.getMessage());
        }
    }

    /// A file below `blobs` is named by its digest, and must have it.
    private static void checkName(TreePath path, Digest digest) {
        String prefix = "blobs/sha256/";
        if (path.raw().startsWith(prefix)
                && !path.raw().substring(prefix.length()).equals(digest.hex())) {
            throw new MalformedArchive(path + " has another digest: " + digest);
        }
    }

    /// Remembers that `from` is another name of `to`.
    void link(TreePath from, TreePath to) {
        links.put(from, to);
    }

    /// The document at `path`, or null.
    byte @Nullable [] document(String path) {
        return documents.get(TreePath.of(path));
    }

    /// The document of this digest, wherever it stood, or null.
    byte @Nullable [] blob(Digest digest) {
        return documentsByDigest.get(digest);
    }

    /// The diff ID of the layer that stood in the archive with this digest, or null.
    @Nullable Digest layer(Digest digest) {
        return layersByDigest.get(digest);
    }

    /// The diff ID of the layer at `path`, or null.
    @Nullable Digest layerAt(String path, int maxLinks) {
        TreePath at = TreePath.of(path);
        for (int i = 0; i < maxLinks && !layers.containsKey(at); i++) {
            TreePath next = links.get(at);
            if (next == null) {
                return null;
            }
            at = next;
        }
        return layers.get(at);
    }

    /// Copies what is read.
    private static final class Tee extends FilterInputStream {
        private final OutputStream copy;

        Tee(InputStream in, OutputStream copy) {
            super(in);
            this.copy = copy;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = super.read(bytes, offset, length);
            if (n > 0) {
                copy.write(bytes, offset, n);
            }
            return n;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
