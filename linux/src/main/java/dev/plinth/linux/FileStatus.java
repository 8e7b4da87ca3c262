package dev.plinth.linux;

import java.nio.ByteBuffer;

/// What the kernel knows about a file, as `statx` tells it.
///
/// @param mode permission bits with setuid, setgid and sticky: 07777 at most
/// @param uid 0 to 4294967295
/// @param gid 0 to 4294967295
/// @param links how many names the file has
/// @param inode with `device`, what tells this file from all others
/// @param device what the file lies on
/// @param special the number of a device file, otherwise 0:0
/// @param size in bytes
/// @param allocated bytes taken on the disk
/// @param modified when the content was last written
/// @param changed when content, name or attributes last changed
public record FileStatus(
        FileType type,
        int mode,
        long uid,
        long gid,
        long links,
        long inode,
        Device device,
        Device special,
        long size,
        long allocated,
        Timestamp modified,
        Timestamp changed) {

    // struct statx of linux/stat.h and the mask of all that stat(2) tells.
    private static final int SIZE_OF_STATX = 256;
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int SECTOR = 512;

    /// Whether overlayfs takes the file, in an upper or lower folder, for the mark of a removed
    /// name. (Since Linux 6.7 an empty regular file with the attribute `trusted.overlay.whiteout`
    /// is one too, but no kernel makes these.)
    public boolean isWhiteout() {
        return type == FileType.CHARACTER_DEVICE && special.equals(Device.WHITEOUT);
    }

    static FileStatus at(int folder, String raw, int flags, String subject)
            throws SyscallException {
        try (Syscall kernel = new Syscall()) {
            long path = kernel.text(raw);
            Syscall.Block statx = kernel.block(SIZE_OF_STATX);
            kernel.call(
                    SyscallNumber.STATX,
                    subject,
                    folder,
                    path,
                    flags,
                    STATX_BASIC_STATS,
                    statx.address());
            return of(statx.bytes());
        }
    }

    private static FileStatus of(ByteBuffer statx) {
        int mode = statx.getShort(28);
        return new FileStatus(
                FileType.ofMode(mode),
                mode & 07777,
                Integer.toUnsignedLong(statx.getInt(20)),
                Integer.toUnsignedLong(statx.getInt(24)),
                Integer.toUnsignedLong(statx.getInt(16)),
                statx.getLong(32),
                new Device(statx.getInt(136), statx.getInt(140)),
                new Device(statx.getInt(128), statx.getInt(132)),
                statx.getLong(40),
                statx.getLong(48) * SECTOR,
                new Timestamp(statx.getLong(112), statx.getInt(120)),
                new Timestamp(statx.getLong(96), statx.getInt(104)));
    }
}
