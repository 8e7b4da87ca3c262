package dev.plinth.core.snapshot;

import dev.plinth.core.layer.Data;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.LayerFile;
import dev.plinth.core.layer.LayerWriter;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// One thing that differs between a root and the layers it was mounted from.
public sealed interface Change {
    TreePath path();

    /// Anything that was made or changed, with the attributes it has now; without bytes.
    ///
    /// @param before what was at the path
    record Put(Entry entry, Before before) implements Change {
        @Override
        public TreePath path() {
            return entry.path();
        }
    }

    /// A file with bytes in it that was made or changed.
    ///
    /// @param entry without the place of its bytes
    /// @param before what was at the path
    record PutFile(Entry entry, Content content, Before before) implements Change {
        @Override
        public TreePath path() {
            return entry.path();
        }
    }

    /// Something of the layers that is gone.
    record Remove(TreePath path) implements Change {}

    /// A folder which no longer has anything of what the layers have in it; follows on the [Put] of
    /// the folder.
    record Empty(TreePath path) implements Change {}

    /// Takes changes one after another.
    @FunctionalInterface
    interface Sink {
        void accept(Change change) throws IOException;
    }

    /// The layers below, asked about one path.
    @FunctionalInterface
    interface Before {
        /// Whether the layers have something there. Finding out costs some system calls.
        boolean exists() throws IOException;
    }

    /// The bytes of a changed file; valid until the sink returns.
    ///
    /// @param file where to read them
    /// @param data which parts of `file` are not zeros
    record Content(Path file, Data data) {
        public long size() {
            return data.size();
        }
    }

    /// Writes changes as entries of a layer, with whiteouts for what is gone. Whiteouts are of
    /// 1970: when something was removed is nobody's business, and would change the layer's digest.
    static Sink into(LayerWriter layer) {
        return change -> {
            switch (change) {
                case Put(Entry entry, Before _) -> layer.add(entry);
                case PutFile(Entry entry, Content content, Before _) -> add(layer, entry, content);
                case Remove(TreePath path) -> layer.hide(path, Timestamp.EPOCH);
                case Empty(TreePath path) -> layer.hideContent(path, Timestamp.EPOCH);
            }
        };
    }

    private static void add(LayerWriter layer, Entry entry, Content content) throws IOException {
        switch (content.data()) {
            case Data.Extent extent -> {
                try (FileChannel bytes = FileChannel.open(content.file())) {
                    layer.add(entry, extent.size(), bytes);
                }
            }
            case Data.Sparse sparse -> {
                try (LayerFile bytes = LayerFile.open(content.file())) {
                    layer.add(entry, bytes, sparse);
                }
            }
        }
    }
}
