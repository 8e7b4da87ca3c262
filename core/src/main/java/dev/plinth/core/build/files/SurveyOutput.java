package dev.plinth.core.build.files;

import dev.plinth.core.build.files.Contribution.Copied;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.util.Optional;

/// Looks at what a layer is to hold, and writes nothing.
final class SurveyOutput implements LayerOutput {
    private final ContentKey key = new ContentKey();
    private final Optional<FileBytes> bytes;
    private Timestamp newest = Timestamp.EPOCH;
    private boolean empty = true;

    /// @param bytes reads files for the key; empty if there is to be none
    SurveyOutput(Optional<FileBytes> bytes) {
        this.bytes = bytes;
    }

    @Override
    public void addKept(Entry folder) {
        empty = false;
        key.add(folder);
    }

    @Override
    public void addMade(Entry folder) {
        empty = false;
        key.add(folder);
    }

    @Override
    public void add(Entry entry) {
        empty = false;
        key.add(entry);
        noteTime(entry.mtime());
    }

    @Override
    public void addFile(Entry entry, Copied from) throws IOException {
        empty = false;
        if (bytes.isPresent()) {
            byte[] digest = bytes.get().digest(from.tree(), from.file());
            key.addFile(entry, from.file().size(), digest);
        }
        // What stands in the Dockerfile has no time of its own.
        if (!(from.tree() instanceof InlineTree)) {
            noteTime(entry.mtime());
        }
    }

    @Override
    public void addArchive(Unpacking unpacking) throws IOException {
        empty = false;
        if (bytes.isPresent()) {
            Archive archive = unpacking.archive();
            key.addArchive(unpacking, bytes.get().digest(archive.tree(), archive.file()));
        }
        noteTime(unpacking.archive().first());
    }

    private void noteTime(Timestamp time) {
        if (time.compareTo(newest) > 0) {
            newest = time;
        }
    }

    /// The time of the newest thing that is copied.
    Timestamp newest() {
        return newest;
    }

    boolean isEmpty() {
        return empty;
    }

    /// The digest of what the layer is to hold; to be called once.
    Optional<Digest> key() {
        return bytes.map(_ -> key.finish());
    }
}
