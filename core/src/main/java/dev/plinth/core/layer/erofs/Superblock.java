package dev.plinth.core.layer.erofs;

import java.io.IOException;
import java.util.UUID;

/// The head of the image: `struct erofs_super_block` at 1024, then one `struct erofs_deviceslot`
/// for the tar.
///
/// No checksum: the kernel does not need one, and fsck.erofs 1.8 stumbles over one with blocks this
/// small. Whoever keeps an index keeps a digest of it.
///
/// @param inodes how many inodes there are
/// @param root the number of the root's inode, which has 16 bits here
/// @param indexBlocks the size of the image
/// @param tarBlocks the size of the tar, a last partial block counted whole
record Superblock(UUID id, long inodes, long root, long indexBlocks, long tarBlocks) {
    private static final int OFFSET = 1024;
    private static final int SIZE = 128;
    private static final int SLOT_SIZE = 128;
    private static final int SLOT = (OFFSET + SIZE) / SLOT_SIZE;

    /// Where the first inode may lie.
    static final long END = OFFSET + SIZE + SLOT_SIZE;

    private static final int MAGIC = 0xe0f5e1e2;
    private static final int COMPAT_MTIME = 2;
    private static final int INCOMPAT_CHUNKED_FILE = 4;
    private static final int INCOMPAT_DEVICE_TABLE = 8;
    private static final int CHECKSUM_ABSENT = 0;

    void writeTo(ImageOutput out) throws IOException {
        out.seek(OFFSET);
        out.u32(MAGIC);
        out.u32(CHECKSUM_ABSENT);
        out.u32(COMPAT_MTIME);
        out.u8(Format.BLOCK_BITS);
        out.u8(0);
        out.u16((int) root);
        out.u64(inodes);
        out.zeros(8 + 4); // epoch: only inodes in the compact form count from it
        out.u32(indexBlocks);
        out.zeros(4 + 4); // inodes and shared attributes count from the start of the image
        writeId(out);
        out.zeros(16); // volume label
        out.u32(INCOMPAT_CHUNKED_FILE | INCOMPAT_DEVICE_TABLE);
        out.zeros(2);
        out.u16(1);
        out.u16(SLOT);
        out.seek(OFFSET + SIZE);

        out.zeros(64); // tag
        out.u32(tarBlocks);
        out.u32(indexBlocks); // where the tar would start were both one device
        out.seek(END);
    }

    /// A UUID is written in the order of its text, whatever the byte order of the image.
    private void writeId(ImageOutput out) throws IOException {
        out.u64(Long.reverseBytes(id.getMostSignificantBits()));
        out.u64(Long.reverseBytes(id.getLeastSignificantBits()));
    }
}
