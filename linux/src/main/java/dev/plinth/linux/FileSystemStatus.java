package dev.plinth.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// The file system that a path lies on.
///
/// @param magic its kind, a number of `linux/magic.h`
/// @param size in bytes
/// @param available bytes that an ordinary user can still write
/// @param readOnly whether nothing can be written through this mount
public record FileSystemStatus(int magic, long size, long available, boolean readOnly) {
    private static final int SIZE_OF_STATFS = 120;
    private static final int ST_RDONLY = 1;

    /// @param path symbolic links are followed
    public static FileSystemStatus of(Path path) throws IOException {
        try (Fd fd = Fd.open(path, Abi.O_PATH);
                Syscall kernel = new Syscall()) {
            Syscall.Block block = kernel.block(SIZE_OF_STATFS);
            kernel.call(SyscallNumber.FSTATFS, fd.subject(), fd.number(), block.address());
            ByteBuffer statfs = block.bytes();
            long unit = statfs.getLong(72) == 0 ? statfs.getLong(8) : statfs.getLong(72);
            return new FileSystemStatus(
                    (int) statfs.getLong(0),
                    statfs.getLong(16) * unit,
                    statfs.getLong(32) * unit,
                    (statfs.getLong(80) & ST_RDONLY) != 0);
        }
    }

    /// The kind in words, as `/proc/filesystems` has it, or `0x…`.
    public String kind() {
        return switch (magic) {
            case 0xEF53 -> "ext4";
            case 0x58465342 -> "xfs";
            case 0x9123683E -> "btrfs";
            case 0xF2F52010 -> "f2fs";
            case 0xCA451A4E -> "bcachefs";
            case 0x2FC12FC1 -> "zfs";
            case 0x01021994 -> "tmpfs";
            case 0x858458F6 -> "ramfs";
            case 0x794C7630 -> "overlay";
            case 0xE0F5E1E2 -> "erofs";
            case 0x73717368 -> "squashfs";
            case 0x6969 -> "nfs";
            case 0x65735546 -> "fuse";
            case 0x01021997 -> "9p";
            case 0x9FA0 -> "proc";
            case 0x62656572 -> "sysfs";
            default -> "0x" + Integer.toHexString(magic);
        };
    }
}
