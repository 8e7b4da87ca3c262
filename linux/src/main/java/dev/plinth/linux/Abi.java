package dev.plinth.linux;

/// Numbers of the kernel interface that differ between the architectures Plinth knows. Everything
/// else in this package is the same on x86-64, arm64 and riscv64, all of them little-endian.
final class Abi {
    private static final String ARCHITECTURE = System.getProperty("os.arch", "");

    static final boolean X86_64 = ARCHITECTURE.equals("amd64");
    private static final boolean ARM64 = ARCHITECTURE.equals("aarch64");
    private static final boolean RISCV64 = ARCHITECTURE.equals("riscv64");

    /// True where this package can work at all.
    static final boolean SUPPORTED =
            System.getProperty("os.name", "").equals("Linux") && (X86_64 || ARM64 || RISCV64);

    // Flags of open(2), from asm-generic/fcntl.h. arm64 kept the values of 32-bit arm for two.
    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_NOCTTY = 0x100;
    static final int O_NONBLOCK = 0x800;
    static final int O_DIRECTORY = ARM64 ? 0x4000 : 0x10000;
    static final int O_NOFOLLOW = ARM64 ? 0x8000 : 0x20000;
    static final int O_CLOEXEC = 0x80000;
    static final int O_PATH = 0x200000;

    /// "Relative to the working directory", where a folder's descriptor is asked for.
    static final int AT_FDCWD = -100;

    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_REMOVEDIR = 0x200;
    static final int AT_EMPTY_PATH = 0x1000;
    static final int AT_RECURSIVE = 0x8000;

    private Abi() {}

    /// Throws when there is no Linux kernel of a known architecture below this JVM.
    static void require() {
        if (!SUPPORTED) {
            throw new UnsupportedOperationException(
                    "system calls need Linux on x86-64, arm64 or riscv64, but this is "
                            + System.getProperty("os.name")
                            + " on "
                            + ARCHITECTURE);
        }
    }
}
