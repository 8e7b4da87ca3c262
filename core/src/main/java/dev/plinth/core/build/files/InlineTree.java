package dev.plinth.core.build.files;

import dev.plinth.core.build.files.SourceFile.Kind;
import dev.plinth.core.dockerfile.ByteText;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Optional;

/// One file whose bytes stand in the Dockerfile.
final class InlineTree implements SourceTree {
    private static final int MODE = 0644;

    private final String name;
    private final byte[] content;

    InlineTree(String name, String content) {
        this.name = Paths.raw(name);
        this.content = ByteText.encode(content);
    }

    @Override
    public SourceFile root() {
        Entry entry = Entry.directory(TreePath.ROOT, 0755, Timestamp.EPOCH);
        return new SourceFile(entry, 0, null, this, Kind.PLAIN);
    }

    @Override
    public List<String> names(SourceFile folder) {
        return List.of(name);
    }

    @Override
    public Optional<SourceFile> child(SourceFile folder, String wanted) {
        if (!wanted.equals(name)) {
            return Optional.empty();
        }
        // Its time is that of other things Plinth makes; the layer settles that.
        Entry entry = Entry.emptyFile(TreePath.clean(name), MODE, Timestamp.EPOCH);
        return Optional.of(new SourceFile(entry, content.length, null, this, Kind.PLAIN));
    }

    @Override
    public ReadableByteChannel open(SourceFile file) {
        return Channels.newChannel(new ByteArrayInputStream(content));
    }
}
