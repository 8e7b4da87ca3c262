package dev.plinth.core.layer.erofs;

import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.MalformedLayer;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The EROFS image that shows one layer: names and inodes of its tree, with the tar as the device
/// that holds the bytes of the files.
///
/// The same tree, tar and id give the same bytes. Whiteouts and opaque folders are there in the
/// form overlayfs knows, so a mounted index is a lower layer of an overlay. Not shown are devices
/// 0:0, and extended attributes that the kernel has no place for; attributes meant for overlayfs
/// itself are escaped.
///
/// The tree must not change between planning and writing. Bytes of the tar are read only for sparse
/// files whose pieces do not lie on its blocks. The tar as mounted must be padded to a multiple of
/// 512 bytes: the kernel cannot read a shorter last block.
public final class ErofsIndex {
    /// Together the maps and copied pieces of sparse files may take this much more than the tar: a
    /// few bytes can describe a file of terabytes in millions of pieces.
    private static final long MAX_SPARSE_COST = 1L << 30;

    private final FileTree tree;
    private final long tarSize;
    private final UUID id;
    private final Inherited inherited;
    private final Numbers numbers = new Numbers();
    private final long inodes;
    private final long size;

    private ErofsIndex(FileTree tree, long tarSize, UUID id, Inherited inherited) {
        this.tree = tree;
        this.tarSize = tarSize;
        this.id = id;
        this.inherited = inherited;

        long count = 0;
        long end = Superblock.END;
        long sparseCost = 0;
        Traversal traversal = new Traversal(tree);
        for (FileTree.@Nullable Node node = traversal.next();
                node != null;
                node = traversal.next()) {
            if (numbers.isKnown(node)) {
                continue;
            }
            IndexInode inode = IndexInode.of(node, inherited, tarSize);
            Layout layout = Layout.of(end, inode.xattrs().size(), inode.body());
            if (inode.body() instanceof Body.Content(ChunkMap map)) {
                sparseCost += map.addressBytes() + map.copiedBytes();
                checkSparseCost(node, sparseCost);
            }
            end = layout.end();
            checkTotal(end);
            numbers.add(node, layout.number());
            count++;
        }
        this.inodes = count;
        this.size = Format.align(end, Format.BLOCK);
    }

    /// The index of `tree`, laid out and checked, not yet written.
    ///
    /// @param tarSize the size of the tar that the offsets in `tree` are of
    /// @param id told apart by the kernel from those of all other layers of an overlay; of the same
    ///   layer it should always be the same
    /// @throws MalformedLayer if the kernel cannot show the layer: names or targets that are too
    ///   long, device numbers or sizes out of range, data beyond the end of the tar
    public static ErofsIndex plan(FileTree tree, long tarSize, UUID id) {
        return plan(tree, tarSize, id, Inherited.NOTHING);
    }

    /// As [#plan(FileTree, long, UUID)], with the attributes of folders that the layer only
    /// implies.
    ///
    /// Such an index belongs to the layer *and* to those below it.
    public static ErofsIndex plan(FileTree tree, long tarSize, UUID id, Inherited inherited) {
        return new ErofsIndex(tree, tarSize, id, inherited);
    }

    /// How many bytes [#write] writes.
    public long size() {
        return size;
    }

    /// Writes the image to `out`, which is left open.
    public void write(WritableByteChannel out, TarBytes tar) throws IOException {
        ImageOutput image = new ImageOutput(out);
        new Superblock(id, inodes, numbers.folder(0), Format.blocks(size), Format.blocks(tarSize))
                .writeTo(image);
        int serial = 0;
        int other = 0;
        Traversal traversal = new Traversal(tree);
        for (FileTree.@Nullable Node node = traversal.next();
                node != null;
                node = traversal.next()) {
            boolean linked = Numbers.isLinked(node);
            IndexInode inode = IndexInode.of(node, inherited, tarSize);
            Layout layout = Layout.of(image.position(), inode.xattrs().size(), inode.body());
            if (linked && numbers.linked(node) != layout.number()) {
                continue; // written when another of its names had its turn
            }
            inode.writeTo(image, layout, ++serial);
            switch (inode.body()) {
                case Body.Nothing _ -> {}
                case Body.Names names -> writeNames(image, layout, names, node, traversal, other);
                case Body.Target target -> {
                    image.seek(targetStart(layout));
                    image.raw(target.link());
                }
                case Body.Content content -> {
                    image.seek(layout.tail());
                    content.map().writeAddresses(image, layout.blocks() >> Format.BLOCK_BITS);
                    image.seek(layout.blocks());
                    content.map().writeCopies(image, tar);
                }
            }
            image.seek(layout.end());
            if (!linked && !node.isDirectory()) {
                other++;
            }
        }
        image.seek(size);
        image.flush();
    }

    private static long targetStart(Layout layout) {
        return switch (layout.format()) {
            case INLINE, CHUNKED -> layout.tail();
            case PLAIN -> layout.blocks();
        };
    }

    /// The last block comes first where it is inline.
    private void writeNames(
            ImageOutput image,
            Layout layout,
            Body.Names names,
            FileTree.Node folder,
            Traversal traversal,
            int other)
            throws IOException {
        long self = layout.number();
        long parent = numbers.folder(traversal.parent());
        int firstFolder = traversal.firstFolderWithin();
        long all = Format.blocks(names.size());
        long whole = all;
        if (layout.format() == Layout.DataFormat.INLINE) {
            whole = all - 1;
            new FolderBlocks(folder, numbers.from(firstFolder, other), self, parent)
                    .write(image, whole, all);
        }
        if (whole > 0) {
            image.seek(layout.blocks());
            new FolderBlocks(folder, numbers.from(firstFolder, other), self, parent)
                    .write(image, 0, whole);
        }
    }

    private void checkSparseCost(FileTree.Node node, long cost) {
        if (cost > MAX_SPARSE_COST + tarSize) {
            throw new MalformedLayer(
                    "the sparse files up to "
                            + node.path()
                            + " lie in so many pieces that an index of them has more than "
                            + (MAX_SPARSE_COST + tarSize)
                            + " bytes");
        }
    }

    private void checkTotal(long indexSize) {
        if (indexSize > Format.MAX_TOTAL - tarSize) {
            throw new MalformedLayer(
                    "a layer whose tar has "
                            + tarSize
                            + " bytes is too large to be mounted: with its index of more than "
                            + indexSize
                            + " bytes it exceeds "
                            + Format.MAX_TOTAL);
        }
    }
}
