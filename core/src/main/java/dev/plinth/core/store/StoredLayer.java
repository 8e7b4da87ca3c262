package dev.plinth.core.store;

import dev.plinth.core.layer.DamagedIndex;
import dev.plinth.core.layer.EntryIndex;
import dev.plinth.core.layer.EntrySink;
import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.LayerFile;
import dev.plinth.core.layer.LayerSummary;
import dev.plinth.core.layer.MalformedLayer;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/// A layer in the store: its tar, and what can be derived from that.
///
/// @param folder where the tar is, and where derived files belong, named by kind and version
public record StoredLayer(Digest diffId, Path folder) {
    static final String TAR = "layer.tar";

    /// How the names of derived files end while they are written.
    static final String UNFINISHED = ".tmp";

    /// The file that holds the tar, followed by zeros up to a whole block of 512 bytes.
    public Path tar() {
        return folder.resolve(TAR);
    }

    /// How many bytes the diff ID covers, which the file may exceed by less than a block.
    ///
    /// @throws DamagedContent as everything here does, if the tar is not what it was
    public long size() throws IOException {
        return summary().size();
    }

    /// What was recorded of the tar as a whole.
    public LayerSummary summary() throws IOException {
        try (FileChannel index = FileChannel.open(index(), StandardOpenOption.READ)) {
            return EntryIndex.summary(index);
        } catch (NoSuchFileException | DamagedIndex e) {
            return makeIndex(entry -> {});
        }
    }

    /// Gives each entry to `sink` in the order of the tar.
    public LayerSummary entries(EntrySink sink) throws IOException {
        try (FileChannel index = FileChannel.open(index(), StandardOpenOption.READ)) {
            return EntryIndex.read(index, sink);
        } catch (NoSuchFileException e) {
            return makeIndex(sink);
        }
    }

    /// What the entries amount to.
    public FileTree tree() throws IOException {
        try {
            FileTree tree = new FileTree();
            entries(tree::add);
            return tree;
        } catch (DamagedIndex e) {
            FileTree tree = new FileTree();
            makeIndex(tree::add);
            return tree;
        }
    }

    /// The tar, for reading single files in it; to be closed.
    public LayerFile file() throws IOException {
        return LayerFile.open(tar());
    }

    /// The bytes that the diff ID covers.
    public InputStream open() throws IOException {
        return new Bounded(Files.newInputStream(tar()), size());
    }

    /// Whether the list of entries can be read.
    boolean hasIndex() throws IOException {
        try (FileChannel index = FileChannel.open(index(), StandardOpenOption.READ)) {
            EntryIndex.read(index, entry -> {});
            return true;
        } catch (NoSuchFileException | DamagedIndex e) {
            return false;
        }
    }

    /// Makes the list of entries again.
    void repairIndex() throws IOException {
        makeIndex(entry -> {});
    }

    private LayerSummary makeIndex(EntrySink sink) throws IOException {
        Path temporary =
                folder.resolve(
                        EntryIndex.FILE_NAME
                                + "-"
                                + Long.toHexString(ThreadLocalRandom.current().nextLong())
                                + UNFINISHED);
        try {
            try (LayerFile tar = file();
                    FileChannel out =
                            FileChannel.open(
                                    temporary,
                                    StandardOpenOption.CREATE_NEW,
                                    StandardOpenOption.WRITE)) {
                // Tells a check of the store that somebody is at work here.
                out.lock();
                EntryIndex.Writer writer = new EntryIndex.Writer(out);
                LayerSummary summary = tar.reindex(diffId, writer.then(sink));
                writer.finish(summary);
                Files.move(
                        temporary,
                        index(),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                return summary;
            }
        } catch (MalformedLayer e) {
            throw new DamagedContent(tar(), e.getMessage());
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private Path index() {
        return folder.resolve(EntryIndex.FILE_NAME);
    }

    /// The first bytes of a stream.
    private static final class Bounded extends InputStream {
        private final InputStream in;
        private long left;

        Bounded(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int n = left == 0 ? -1 : in.read(bytes, offset, (int) Math.min(length, left));
            if (n > 0) {
                left -= n;
            }
            return n;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
