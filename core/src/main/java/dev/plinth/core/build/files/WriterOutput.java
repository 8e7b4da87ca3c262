package dev.plinth.core.build.files;

import dev.plinth.core.build.files.Contribution.Copied;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.LayerWriter;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Writes what a layer is to hold, and works out its key as it goes.
final class WriterOutput implements LayerOutput {
    private final ContentKey key = new ContentKey();
    private final LayerWriter layer;
    private final FileBytes bytes;
    private final Timestamp made;
    private final Optional<Timestamp> epoch;

    /// Folders and links that the layer has by now, for the archives that are unpacked over them.
    private final Map<TreePath, Entry> written = new HashMap<>();

    private final boolean unpacks;

    /// @param unpacks whether there will be an archive
    /// @param made the time of what is made
    /// @param epoch what nothing is newer than
    WriterOutput(
            LayerWriter layer,
            FileBytes bytes,
            boolean unpacks,
            Timestamp made,
            Optional<Timestamp> epoch) {
        this.layer = layer;
        this.bytes = bytes;
        this.unpacks = unpacks;
        this.made = made;
        this.epoch = epoch;
    }

    @Override
    public void addKept(Entry folder) throws IOException {
        write(folder);
        key.add(folder);
    }

    @Override
    public void addMade(Entry folder) throws IOException {
        write(Changes.dated(folder, made));
        key.add(folder);
    }

    @Override
    public void add(Entry entry) throws IOException {
        write(clamped(entry));
        key.add(entry);
    }

    private void write(Entry entry) throws IOException {
        layer.add(entry);
        if (unpacks && (entry.isDirectory() || entry.type() == EntryType.SYMLINK)) {
            written.put(entry.path(), entry);
        }
    }

    @Override
    public void addFile(Entry entry, Copied from) throws IOException {
        Entry dated =
                from.tree() instanceof InlineTree ? Changes.dated(entry, made) : clamped(entry);
        byte[] digest = bytes.write(from.tree(), from.file(), dated, layer);
        key.addFile(entry, from.file().size(), digest);
    }

    @Override
    public void addArchive(Unpacking unpacking) throws IOException {
        Archive archive = unpacking.archive();
        byte[] digest =
                bytes.read(
                        archive.tree(),
                        archive.file(),
                        in -> unpacking.writeTo(layer, written, in, this::clamped));
        key.addArchive(unpacking, digest);
    }

    private Entry clamped(Entry entry) {
        return epoch.isPresent() && entry.mtime().compareTo(epoch.get()) > 0
                ? Changes.dated(entry, epoch.get())
                : entry;
    }

    /// The digest of what the layer holds; to be called once.
    Digest key() {
        return key.finish();
    }
}
