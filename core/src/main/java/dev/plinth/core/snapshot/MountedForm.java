package dev.plinth.core.snapshot;

import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.erofs.ErofsIndex;
import dev.plinth.core.layer.erofs.TarBytes;
import dev.plinth.core.oci.Digest;
import dev.plinth.linux.MountHandle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.UUID;

/// Shows a layer by mounting its tar through an EROFS index, which lies beside it.
final class MountedForm implements LayerForm {
    private static final String INDEX = "erofs-1";

    private final ErofsMounting mounting;
    private final MountFolder mounts;
    private final NamedLocks locks;

    MountedForm(ErofsMounting mounting, MountFolder mounts, NamedLocks locks) {
        this.mounting = mounting;
        this.mounts = mounts;
        this.locks = locks;
    }

    @Override
    public SnapshotterKind kind() {
        return mounting.kind();
    }

    @Override
    public OverlayMarks marks() {
        return OverlayMarks.TRUSTED;
    }

    @Override
    public void prepare(MountableLayer layer, KnownTree tree) throws IOException {
        try (var _ = locks.exclusive(lock(layer, InheritedFolders.NOTHING))) {
            index(layer, tree, InheritedFolders.NOTHING);
        }
    }

    @Override
    public Path show(MountableLayer layer, KnownTree tree, InheritedFolders inherited)
            throws IOException {
        Path place = mounts.layer(layer.diffId().hex() + inherited.key());
        if (mounts.isMounted(place)) {
            return place;
        }
        try (var _ = locks.exclusive(lock(layer, inherited))) {
            if (!mounts.isMounted(place)) {
                Files.createDirectories(place);
                Path index = index(layer, tree, inherited);
                try (MountHandle mount = mounting.mount(index, layer.tar())) {
                    mount.attach(place);
                }
            }
        }
        return place;
    }

    private static String lock(MountableLayer layer, InheritedFolders inherited) {
        return "layer-" + layer.diffId().hex() + inherited.key();
    }

    /// The index, made if there is none, or one that was damaged.
    private static Path index(MountableLayer layer, KnownTree tree, InheritedFolders inherited)
            throws IOException {
        Path index = layer.folder().resolve(INDEX + inherited.key());
        if (!IndexFile.isWhole(index)) {
            write(index, layer, tree.tree(), inherited);
        }
        return index;
    }

    private static void write(
            Path file, MountableLayer layer, FileTree tree, InheritedFolders inherited)
            throws IOException {
        try (FileChannel tar = FileChannel.open(layer.tar())) {
            ErofsIndex index = ErofsIndex.plan(tree, tar.size(), id(layer.diffId()), inherited);
            IndexFile.write(file, index, TarBytes.of(tar));
        }
    }

    /// Told apart by overlayfs from those of all other layers of an image: no layer is in it twice.
    private static UUID id(Digest diffId) {
        ByteBuffer hash =
                ByteBuffer.wrap(HexFormat.of().parseHex(diffId.hex())).order(ByteOrder.BIG_ENDIAN);
        // Version 8 of RFC 9562: all bits but these are as the maker likes.
        long high = (hash.getLong() & ~0xf000L) | 0x8000L;
        long low = (hash.getLong() & ~0xc000_0000_0000_0000L) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
