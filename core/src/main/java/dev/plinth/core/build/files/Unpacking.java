package dev.plinth.core.build.files;

import dev.plinth.core.build.files.Changes.Ids;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.LayerWriter;
import dev.plinth.core.layer.MalformedLayer;
import dev.plinth.core.layer.TarReader;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.layer.UnpackedStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The content of an archive on its way into a layer, in one pass: each entry goes where a program
/// would put it that unpacks the archive in the folder `into`, symbolic links on the way followed
/// within the image.
///
/// @param below the files that are there already
/// @param into a folder without symbolic links in its path, which is in the layer or below
/// @param owner whom everything shall belong to; as the archive has it if empty
record Unpacking(Archive archive, SourceTree below, TreePath into, Optional<Ids> owner) {

    /// Writes the content.
    ///
    /// @param bytes those of the archive, which stay open
    /// @param date gives an entry the time that it may have
    void writeTo(LayerWriter layer, ReadableByteChannel bytes, UnaryOperator<Entry> date)
            throws IOException {
        Walk walk = new Walk(layer, date);
        try {
            // Not closed: that would close the bytes with it.
            TarReader reader = TarReader.of(UnpackedStream.of(Channels.newInputStream(bytes)));
            for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
                if (!entry.path().isRoot()) {
                    walk.add(entry, reader);
                }
            }
        } catch (MalformedLayer e) {
            throw new CannotCopy(
                    e.kind(), "cannot unpack /" + archive.file().path() + ": " + e.getMessage(), e);
        }
    }

    private final class Walk {
        private final LayerWriter layer;
        private final UnaryOperator<Entry> date;

        /// Folders and links that this layer has by now; what is at a path else is below.
        private final Map<TreePath, Entry> written = new HashMap<>();

        private TreePath lastParent = TreePath.ROOT;
        private TreePath lastFolder = TreePath.ROOT;

        Walk(LayerWriter layer, UnaryOperator<Entry> date) {
            this.layer = layer;
            this.date = date;
        }

        void add(Entry entry, TarReader reader) throws IOException {
            TreePath path = folder(entry).child(entry.path().name());
            Entry moved = owned(entry.at(path));
            FileLayer.refuse(moved);
            if (entry.type() == EntryType.FILE) {
                layer.add(date.apply(moved), entry.size(), reader.data());
                forget(path);
                return;
            }
            if (entry.type() == EntryType.HARDLINK) {
                TreePath target = new TreePath(entry.link());
                TreePath resolved = follow(into.resolve(target.parent())).child(target.name());
                moved = linked(moved, resolved);
            }
            layer.add(date.apply(moved));
            if (moved.isDirectory() || moved.type() == EntryType.SYMLINK) {
                written.put(path, moved);
                lastParent = TreePath.ROOT;
                lastFolder = TreePath.ROOT;
            } else {
                forget(path);
            }
        }

        private void forget(TreePath path) {
            if (written.remove(path) != null) {
                lastParent = TreePath.ROOT;
                lastFolder = TreePath.ROOT;
            }
        }

        private Entry owned(Entry entry) {
            return owner.isEmpty()
                    ? entry
                    : Changes.owned(entry, owner.get().uid(), owner.get().gid());
        }

        private static Entry linked(Entry entry, TreePath target) {
            return new Entry(
                    entry.path(),
                    entry.type(),
                    entry.mode(),
                    entry.uid(),
                    entry.gid(),
                    entry.mtime(),
                    target.raw(),
                    entry.device(),
                    entry.xattrs(),
                    entry.data());
        }

        /// The folder an entry goes into, which the layer has afterwards.
        private TreePath folder(Entry entry) throws IOException {
            TreePath parent = entry.path().parent();
            if (parent.isRoot()) {
                return into;
            }
            if (!parent.equals(lastParent)) {
                lastFolder = follow(into.resolve(parent));
                ensure(lastFolder, entry.mtime());
                lastParent = parent;
            }
            return lastFolder;
        }

        private TreePath follow(TreePath path) throws IOException {
            return Paths.follow(path, this::link);
        }

        private Optional<String> link(TreePath path) throws IOException {
            Entry own = written.get(path);
            if (own != null) {
                return own.isDirectory() ? Optional.empty() : Optional.of(own.link());
            }
            return Paths.findPlain(below, path).flatMap(SourceFile::target);
        }

        /// Adds the folders of a path that the layer does not have: as they are below, or new ones.
        private void ensure(TreePath path, Timestamp time) throws IOException {
            if (path.isRoot() || written.containsKey(path)) {
                return;
            }
            String raw = path.raw();
            for (int end = raw.indexOf('/'); ; end = raw.indexOf('/', end + 1)) {
                TreePath at = new TreePath(end < 0 ? raw : raw.substring(0, end));
                if (!written.containsKey(at) && !into.isWithin(at)) {
                    Entry folder =
                            Paths.findPlain(below, at)
                                    .filter(SourceFile::isFolder)
                                    .map(SourceFile::entry)
                                    .orElseGet(() -> owned(Entry.directory(at, 0755, time)));
                    layer.add(date.apply(folder));
                    written.put(at, folder);
                }
                if (end < 0) {
                    return;
                }
            }
        }
    }
}
