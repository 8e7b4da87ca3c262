package dev.plinth.core.layer.erofs;

/// The numbers of the format, and the arithmetic on them.
final class Format {
    static final int BLOCK_BITS = 9;

    /// Small enough that the data of every tar entry starts on a block.
    static final int BLOCK = 1 << BLOCK_BITS;

    /// Inodes lie on multiples of this, and their number is the multiple.
    static final int INODE_SLOT = 32;

    /// An inode in its extended form.
    static final int INODE = 64;

    /// The device number of the image itself in a chunk map; the tar is 1.
    static final int THIS_IMAGE = 0;

    static final int THE_TAR = 1;

    /// The largest index and tar together: block addresses have 32 bits. The last MiB is left out
    /// because the very last block number means a hole.
    static final long MAX_TOTAL = (1L << 41) - (1L << 20);

    private Format() {}

    /// The first multiple of `unit`, a power of two, that is not below `offset`.
    static long align(long offset, int unit) {
        return (offset + unit - 1) & -unit;
    }

    /// How many blocks hold `bytes`.
    static long blocks(long bytes) {
        return (bytes >> BLOCK_BITS) + ((bytes & (BLOCK - 1)) == 0 ? 0 : 1);
    }

    /// Where in its block `offset` lies.
    static int inBlock(long offset) {
        return (int) offset & (BLOCK - 1);
    }
}
