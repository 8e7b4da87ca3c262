package dev.plinth.core.layer.erofs;

/// Where the parts of one inode lie in the image. Inodes follow each other, the root first, then
/// breadth-first: a folder, then what it holds that is no folder. Each inode brings along what
/// belongs to it:
///
///     inode · attributes · tail or chunk addresses · whole blocks
///
/// @param inode where the inode itself lies
/// @param format how the kernel finds the data
/// @param tail where what follows the attributes lies: the last part of the data or the addresses
/// @param blocks where whole blocks lie, which are those of the data or the copied chunks
/// @param end where the next inode may lie
record Layout(long inode, DataFormat format, long tail, long blocks, long end) {
    /// `EROFS_INODE_*`, the data layouts in use.
    enum DataFormat {
        /// All data in whole blocks.
        PLAIN(0),
        /// Whole blocks, and what remains right behind the attributes.
        INLINE(2),
        /// Addresses of chunks behind the attributes.
        CHUNKED(4);

        final int number;

        DataFormat(int number) {
            this.number = number;
        }
    }

    /// The first place at or after `from` for an inode with `xattrs` bytes of attributes.
    static Layout of(long from, int xattrs, Body body) {
        long inode = Format.align(from, Format.INODE_SLOT);
        int head = Format.INODE + xattrs;
        return switch (body) {
            case Body.Nothing _ -> {
                long end = inode + head;
                yield new Layout(inode, DataFormat.PLAIN, end, end, end);
            }
            case Body.Names names -> names(inode, head, names.size());
            case Body.Target target -> target(inode, head, target.link().length());
            case Body.Content content -> {
                long addresses = Format.align(inode + head, 8);
                long addressesEnd = addresses + content.map().addressBytes();
                long copied = content.map().copiedBytes();
                long blocks = copied == 0 ? addressesEnd : Format.align(addressesEnd, Format.BLOCK);
                yield new Layout(inode, DataFormat.CHUNKED, addresses, blocks, blocks + copied);
            }
        };
    }

    /// A tail must not cross the border of a block.
    private static Layout names(long inode, int head, long size) {
        int tail = Format.inBlock(size);
        long whole = size - tail;
        if (tail == 0) {
            return plain(inode, head, size);
        }
        if (Format.inBlock(inode + head) + tail <= Format.BLOCK) {
            return inline(inode, head, whole, tail);
        }
        long next = Format.align(inode, Format.BLOCK);
        if (Format.inBlock(next + head) + tail <= Format.BLOCK) {
            return inline(next, head, whole, tail);
        }
        return plain(inode, head, size);
    }

    /// Linux 6.12 reads an inline target only from the block its inode begins in.
    private static Layout target(long inode, int head, int size) {
        if (head + size > Format.BLOCK) {
            return plain(inode, head, size);
        }
        boolean fits = Format.inBlock(inode) + head + size <= Format.BLOCK;
        return inline(fits ? inode : Format.align(inode, Format.BLOCK), head, 0, size);
    }

    private static Layout inline(long inode, int head, long whole, int tail) {
        long tailEnd = inode + head + tail;
        long blocks = whole == 0 ? tailEnd : Format.align(tailEnd, Format.BLOCK);
        return new Layout(inode, DataFormat.INLINE, inode + head, blocks, blocks + whole);
    }

    private static Layout plain(long inode, int head, long size) {
        long headEnd = inode + head;
        long blocks = Format.align(headEnd, Format.BLOCK);
        return new Layout(
                inode,
                DataFormat.PLAIN,
                headEnd,
                blocks,
                blocks + Format.align(size, Format.BLOCK));
    }

    /// The number by which names refer to the inode.
    long number() {
        return inode / Format.INODE_SLOT;
    }
}
