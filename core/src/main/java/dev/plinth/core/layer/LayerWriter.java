package dev.plinth.core.layer;

import dev.plinth.core.oci.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/// Writes the tar of a new layer in one pass: into a file, hashed on the way, its entries told as
/// they are written. The same additions in the same order give the same diff ID; give them in the
/// order of their paths where there is no better one.
///
/// Every addition is checked as that of a foreign layer is: a hard link wants its target before it,
/// and nothing lies below a file. After an exception the layer is of no use; [#close] it.
public final class LayerWriter implements Closeable {
    private final HashedFile file;
    private final TarOutput.ToHashedFile output;
    private final TarWriter tar;
    private final EntrySink sink;
    private final LayerSummary.Tally tally = new LayerSummary.Tally();
    private final LayerCheck check = new LayerCheck();

    /// A layer into `tar`, which should be empty and stays open, its entries to `sink`.
    public LayerWriter(FileChannel tar, EntrySink sink) throws IOException {
        this.file = new HashedFile(tar);
        this.output = new TarOutput.ToHashedFile(file);
        this.tar = new TarWriter(output);
        this.sink = sink;
    }

    /// Adds anything but a file, or an empty file.
    public void add(Entry entry) throws IOException {
        written(tar.add(entry));
    }

    /// Adds a file with the next `size` bytes of `bytes`; fewer are an error.
    public void add(Entry entry, long size, InputStream bytes) throws IOException {
        written(tar.add(entry, size, bytes));
    }

    /// As the other, from a channel, which for a file is faster.
    public void add(Entry entry, long size, ReadableByteChannel bytes) throws IOException {
        written(tar.add(entry, size, bytes));
    }

    /// Adds a file with its bytes out of another layer; its holes stay holes.
    public void add(Entry entry, LayerFile from, Data data) throws IOException {
        written(tar.add(entry, from, data));
    }

    /// Hides what the layers below have at `path`.
    public void hide(TreePath path, Timestamp mtime) throws IOException {
        mark(path.parent().child(FileTree.WHITEOUT_PREFIX + path.name()), mtime);
    }

    /// Hides everything that the layers below have in `folder`.
    public void hideContent(TreePath folder, Timestamp mtime) throws IOException {
        mark(folder.child(FileTree.OPAQUE_WHITEOUT), mtime);
    }

    private void mark(TreePath path, Timestamp mtime) throws IOException {
        add(Entry.emptyFile(path, 0, mtime));
    }

    private void written(Entry entry) throws IOException {
        check.accept(entry);
        tally.accept(entry);
        sink.accept(entry);
    }

    /// Ends the tar; to be called once, after the last addition.
    public LayerSummary finish() throws IOException {
        tar.finish();
        output.flush();
        Digest diffId = file.finish();
        return tally.summary(diffId, file.size());
    }

    /// Lets go of what the writer holds. The file stays open.
    @Override
    public void close() {
        file.close();
    }
}
