package dev.plinth.core.build.files;

import dev.plinth.core.error.Kind;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.LayerWriter;
import dev.plinth.core.layer.MalformedLayer;
import dev.plinth.core.layer.Owners.Owner;
import dev.plinth.core.layer.TarReader;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.layer.UnpackedStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The content of an archive on its way into a layer, in one pass: each entry goes where a program
/// would put it whose root is the folder `into`. Symbolic links on the way are followed within that
/// folder, so nothing an archive holds leads out of it.
///
/// @param below the files that are there already
/// @param into a folder without symbolic links in its path, which is in the layer or below
/// @param owner whom everything shall belong to; as the archive has it if empty
record Unpacking(Archive archive, SourceTree below, TreePath into, Optional<Owner> owner) {

    /// Writes the content.
    ///
    /// @param written the folders and links that the layer has by now; what is at a path else is
    ///   below. Added to
    /// @param bytes those of the archive, which stay open
    /// @param date gives an entry the time that it may have
    void writeTo(
            LayerWriter layer,
            Map<TreePath, Entry> written,
            ReadableByteChannel bytes,
            UnaryOperator<Entry> date)
            throws IOException {
        Walk walk = new Walk(layer, written, date);
        // The bytes stay open, but what unpacks them may hold memory of its own.
        InputStream open =
                new FilterInputStream(Channels.newInputStream(bytes)) {
                    @Override
                    public void close() {}
                };
        try (InputStream tar = UnpackedStream.of(open)) {
            TarReader reader = TarReader.of(tar);
            for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
                if (!entry.path().isRoot()) {
                    walk.add(entry, reader);
                }
            }
        } catch (MalformedLayer | EOFException e) {
            throw new CannotCopy(
                    Kind.INVALID,
                    "cannot unpack " + Paths.shown(archive.file().path()) + ": " + e.getMessage(),
                    e);
        }
    }

    private final class Walk {
        private final LayerWriter layer;
        private final Map<TreePath, Entry> written;
        private final UnaryOperator<Entry> date;

        private TreePath lastParent = TreePath.ROOT;
        private TreePath lastFolder = TreePath.ROOT;

        Walk(LayerWriter layer, Map<TreePath, Entry> written, UnaryOperator<Entry> date) {
            this.layer = layer;
            this.written = written;
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
                TreePath resolved = follow(target.parent()).child(target.name());
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
                lastFolder = follow(parent);
                ensure(lastFolder, entry.mtime());
                lastParent = parent;
            }
            return lastFolder;
        }

        /// The path in the image that a path in the archive leads to.
        private TreePath follow(TreePath path) throws IOException {
            return into.resolve(Paths.follow(path, at -> link(into.resolve(at))));
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
