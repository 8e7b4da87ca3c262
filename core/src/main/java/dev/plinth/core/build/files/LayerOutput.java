package dev.plinth.core.build.files;

import dev.plinth.core.build.files.Contribution.Copied;
import dev.plinth.core.layer.Entry;
import java.io.IOException;

/// Takes what a layer is to hold, in the order of its tar.
interface LayerOutput {
    /// A folder on the way to what follows, as it is below.
    void addKept(Entry folder) throws IOException;

    /// A folder that is made; its time is that of all that is made.
    void addMade(Entry folder) throws IOException;

    /// Something without bytes that is copied.
    void add(Entry entry) throws IOException;

    /// A file that is copied with its bytes.
    void addFile(Entry entry, Copied from) throws IOException;

    /// The content of an archive.
    void addArchive(Unpacking unpacking) throws IOException;
}
