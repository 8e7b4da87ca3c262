package dev.plinth.it.erofs;

import dev.plinth.core.layer.Data;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.layer.Xattrs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Random;

/// A layer in the making: entries, and a file that has their bytes where a tar would have them.
final class LayerFixture implements AutoCloseable {
    private final Path tar;
    private final FileChannel out;
    private final FileTree tree = new FileTree();
    private final Random random = new Random(1);
    private long end = 512;

    LayerFixture(Path tar) throws IOException {
        this.tar = tar;
        this.out =
                FileChannel.open(
                        tar,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        pad();
    }

    /// An entry with attributes that are told apart from defaults.
    static Entry entry(String path, EntryType type, String link, Data data) {
        return new Entry(
                new TreePath(path),
                type,
                0640,
                1000,
                2000,
                new Timestamp(1_700_000_000, 123_456_789),
                link,
                Entry.Device.NONE,
                Xattrs.NONE,
                data);
    }

    static Entry with(Entry entry, Map<String, byte[]> xattrs) {
        return new Entry(
                entry.path(),
                entry.type(),
                entry.mode(),
                entry.uid(),
                entry.gid(),
                entry.mtime(),
                entry.link(),
                entry.device(),
                Xattrs.of(xattrs),
                entry.data());
    }

    LayerFixture add(Entry entry) {
        tree.add(entry);
        return this;
    }

    LayerFixture folder(String path) {
        return add(entry(path, EntryType.DIRECTORY, "", Data.NONE));
    }

    LayerFixture file(String path, int size) throws IOException {
        return add(entry(path, EntryType.FILE, "", data(size)));
    }

    LayerFixture empty(String path) {
        return add(entry(path, EntryType.FILE, "", Data.NONE));
    }

    LayerFixture symlink(String path, String target) {
        return add(entry(path, EntryType.SYMLINK, target, Data.NONE));
    }

    LayerFixture hardlink(String path, String target) {
        return add(entry(path, EntryType.HARDLINK, target, Data.NONE));
    }

    LayerFixture device(String path, EntryType type, int major, int minor) {
        Entry plain = entry(path, EntryType.FIFO, "", Data.NONE);
        return add(
                new Entry(
                        plain.path(),
                        type,
                        0666,
                        0,
                        0,
                        plain.mtime(),
                        "",
                        new Entry.Device(major, minor),
                        Xattrs.NONE,
                        Data.NONE));
    }

    /// Random bytes at the next block of the tar.
    Data.Extent data(int size) throws IOException {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        long offset = end;
        out.write(ByteBuffer.wrap(bytes), offset);
        end = (offset + size + 511) / 512 * 512;
        pad();
        return new Data.Extent(offset, size);
    }

    private void pad() throws IOException {
        if (out.size() < end) {
            out.write(ByteBuffer.allocate(1), end - 1);
        }
    }

    FileTree tree() {
        return tree;
    }

    Path tar() {
        return tar;
    }

    FileChannel channel() {
        return out;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
