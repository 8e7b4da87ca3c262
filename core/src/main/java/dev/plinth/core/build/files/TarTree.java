package dev.plinth.core.build.files;

import dev.plinth.core.layer.LayerFile;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files of a tar, as a build context that comes as one. Owners are left out, as [LocalFolder]
/// does it.
public final class TarTree implements SourceTree {
    private final LayersTree tree;
    private final @Nullable LayerFile file;

    /// @param content the tar, which is this tree's to close
    public TarTree(LayerContent content) {
        this.tree = new LayersTree(List.of(content));
        this.file = content.file();
    }

    @Override
    public SourceFile root() {
        return tree.root();
    }

    @Override
    public List<String> names(SourceFile folder) {
        return tree.names(folder);
    }

    @Override
    public Optional<SourceFile> child(SourceFile folder, String name) {
        return tree.child(folder, name).map(TarTree::unowned);
    }

    private static SourceFile unowned(SourceFile file) {
        return new SourceFile(
                Changes.owned(file.entry(), 0, 0),
                file.size(),
                file.inode(),
                file.handle(),
                file.kind());
    }

    @Override
    public ReadableByteChannel open(SourceFile file) {
        return tree.open(file);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
