package dev.plinth.core.store;

import dev.plinth.core.layer.Compression;
import dev.plinth.core.layer.LayerIntake;
import dev.plinth.core.layer.MalformedLayer;
import dev.plinth.core.layer.TarReader;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.layer.UnpackedStream;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files of an archive while it is read: documents are held in memory, layers go straight into
/// the store. Which is which is seen from how they begin, because what would tell it may come last.
final class ArchiveContent {
    private static final int MAX_DOCUMENT = 8 << 20;
    private static final long MAX_DOCUMENTS = 64 << 20;
    private static final int MAX_FILES = 100_000;
    private static final int MAX_LINKS = 40;
    private static final String BLOBS = "blobs/sha256/";

    private final Store store;
    private final Lease lease;
    private final Map<TreePath, byte[]> documents = new HashMap<>();
    private final Map<Digest, byte[]> documentsByDigest = new HashMap<>();
    private final Map<TreePath, Layer> layers = new HashMap<>();
    private final Map<Digest, Layer> layersByDigest = new HashMap<>();
    private final Map<Digest, Long> others = new HashMap<>();
    private final Map<TreePath, TreePath> links = new HashMap<>();

    /// Why what looked like a layer is none.
    private final Map<TreePath, String> troubles = new HashMap<>();

    private long held;
    private int files;

    /// A layer as it stood in the archive.
    ///
    /// @param size how many bytes it had there
    record Layer(Digest diffId, long size) {}

    ArchiveContent(Store store, Lease lease) {
        this.store = store;
        this.lease = lease;
    }

    /// Takes one file in.
    void file(TreePath path, long size, InputStream data) throws IOException {
        count();
        ArchiveFile file = new ArchiveFile(path, size, data);
        byte[] start = file.peek(TarReader.START_LENGTH);
        if (size == 0) {
            // An empty file may be meant as a layer without entries.
            hold(file);
            plainLayer(file);
        } else if (TarReader.isStart(start, start.length)) {
            plainLayer(file);
        } else if (Compression.of(start, start.length) != Compression.NONE) {
            packedLayer(file);
        } else if (isDocument(path) || (size <= MAX_DOCUMENT && isJson(start))) {
            hold(file);
        } else if (path.raw().startsWith(BLOBS)) {
            other(file);
        }
    }

    private void count() {
        if (++files > MAX_FILES) {
            throw new MalformedArchive(
                    "more than " + MAX_FILES + " files, which no archive of images has");
        }
    }

    private static boolean isDocument(TreePath path) {
        return switch (path.raw()) {
            case "index.json", "manifest.json", "oci-layout", "repositories" -> true;
            default -> false;
        };
    }

    private static boolean isJson(byte[] start) {
        for (byte b : start) {
            switch (b) {
                case ' ', '\t', '\r', '\n' -> {}
                case '{', '[' -> {
                    return true;
                }
                default -> {
                    return false;
                }
            }
        }
        return false;
    }

    private void hold(ArchiveFile file) throws IOException {
        held += file.size();
        if (file.size() > MAX_DOCUMENT || held > MAX_DOCUMENTS) {
            throw new MalformedArchive("more JSON than an archive of images has: " + file.path());
        }
        byte[] bytes = file.readAllBytes();
        Digest digest = Digest.sha256(bytes);
        checkName(file.path(), digest);
        documents.put(file.path(), bytes);
        documentsByDigest.put(digest, bytes);
    }

    private void plainLayer(ArchiveFile file) throws IOException {
        Optional<Digest> diffId = takeLayer(file);
        if (diffId.isPresent()) {
            checkName(file.path(), diffId.get());
            add(file, diffId.get(), diffId.get());
        }
    }

    /// The bytes as they are stay too, so that the image keeps its digest when it is shipped.
    private void packedLayer(ArchiveFile file) throws IOException {
        try (Blobs.Incoming blob = store.blobs().incoming(lease)) {
            file.copyTo(blob);
            Optional<Digest> diffId = takeLayer(file);
            file.transferTo(OutputStream.nullOutputStream());
            checkName(file.path(), blob.digest());
            Digest digest = blob.commit();
            if (diffId.isPresent()) {
                add(file, digest, diffId.get());
            } else {
                others.put(digest, file.size());
            }
        }
    }

    private void add(ArchiveFile file, Digest digest, Digest diffId) {
        Layer layer = new Layer(diffId, file.size());
        layers.put(file.path(), layer);
        layersByDigest.put(digest, layer);
    }

    /// The diff ID of the layer in `file`; nothing if it is none, which only matters if an image
    /// says that it is.
    private Optional<Digest> takeLayer(ArchiveFile file) throws IOException {
        try {
            InputStream tar = UnpackedStream.of(file);
            return Optional.of(
                    store.layers()
                            .add((into, entries) -> LayerIntake.take(tar, into, entries), lease)
                            .summary()
                            .diffId());
        } catch (MalformedLayer e) {
            file.rethrow();
            troubles.put(file.path(), e.getMessage());
            return Optional.empty();
        }
    }

    /// A blob that is neither: what is attached to an image, such as a signature.
    private void other(ArchiveFile file) throws IOException {
        try (Blobs.Incoming blob = store.blobs().incoming(lease)) {
            file.transferTo(blob);
            checkName(file.path(), blob.digest());
            others.put(blob.commit(), file.size());
        }
    }

    /// A file below `blobs` is named by its digest, and must have it.
    private static void checkName(TreePath path, Digest digest) {
        if (path.raw().startsWith(BLOBS)
                && !path.raw().substring(BLOBS.length()).equals(digest.hex())) {
            throw new MalformedArchive(path + " has another digest: " + digest);
        }
    }

    /// Remembers that `from` is another name of `to`.
    void link(TreePath from, TreePath to) {
        count();
        links.put(from, to);
    }

    /// The document at `path`, or null.
    byte @Nullable [] document(String path) {
        TreePath at = path(path);
        return at == null ? null : documents.get(at);
    }

    /// The document of this digest, wherever it stood, or null.
    byte @Nullable [] document(Digest digest) {
        return documentsByDigest.get(digest);
    }

    /// The layer that stood in the archive with this digest, or null if nothing did.
    ///
    /// @throws MalformedArchive if it is no layer
    @Nullable Layer layer(Digest digest) {
        TreePath place = new TreePath(BLOBS + digest.hex());
        if (troubles.containsKey(place)) {
            throw noLayer(digest.toString(), troubles.get(place));
        }
        return layersByDigest.get(digest);
    }

    /// How many bytes the blob of this digest has that is neither document nor layer, or null.
    @Nullable Long other(Digest digest) {
        return others.get(digest);
    }

    /// The layer at `path`, or where a link there leads; null if there is nothing.
    ///
    /// @throws MalformedArchive if there is something else
    @Nullable Layer layer(String path) {
        TreePath at = path(path);
        for (int i = 0; at != null && i < MAX_LINKS; i++) {
            Layer layer = layers.get(at);
            if (layer != null) {
                return layer;
            }
            if (troubles.containsKey(at)) {
                throw noLayer(path, troubles.get(at));
            }
            at = links.get(at);
        }
        return null;
    }

    private static MalformedArchive noLayer(String layer, @Nullable String trouble) {
        return new MalformedArchive(layer + " is no layer: " + trouble);
    }

    /// A path that a document says, or null if no file can be called so.
    private static @Nullable TreePath path(String text) {
        return text.indexOf(0) >= 0 ? null : TreePath.of(text);
    }
}
