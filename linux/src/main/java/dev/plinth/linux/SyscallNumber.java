package dev.plinth.linux;

import java.util.Locale;

/// The system calls Plinth uses, each with its C prototype and its number on x86-64 and in the
/// generic table, which arm64 and riscv64 share (`asm-generic/unistd.h`).
enum SyscallNumber {
    /// `int accept4(int fd, struct sockaddr *addr, socklen_t *len, int flags)`
    ACCEPT4(288, 242),
    /// `int bind(int fd, const struct sockaddr *addr, socklen_t len)`
    BIND(49, 200),
    /// `int close(int fd)`
    CLOSE(3, 57),
    /// `int connect(int fd, const struct sockaddr *addr, socklen_t len)`
    CONNECT(42, 203),
    /// `ssize_t copy_file_range(int in, off_t *inoff, int out, off_t *outoff, size_t n, int flags)`
    COPY_FILE_RANGE(326, 285),
    /// `int fadvise64(int fd, off_t offset, off_t length, int advice)`
    FADVISE64(221, 223),
    /// `int fallocate(int fd, int mode, off_t offset, off_t length)`
    FALLOCATE(285, 47),
    /// `int fchmodat(int dirfd, const char *path, mode_t mode)`
    FCHMODAT(268, 53),
    /// `int fchownat(int dirfd, const char *path, uid_t uid, gid_t gid, int flags)`
    FCHOWNAT(260, 54),
    /// `int fsconfig(int fd, unsigned cmd, const char *key, const void *value, int aux)`
    FSCONFIG(431, 431),
    /// `int fsmount(int fd, unsigned flags, unsigned mount_attrs)`
    FSMOUNT(432, 432),
    /// `int fsopen(const char *type, unsigned flags)`
    FSOPEN(430, 430),
    /// `int fstatfs(int fd, struct statfs *buf)`
    FSTATFS(138, 44),
    /// `int fsync(int fd)`
    FSYNC(74, 82),
    /// `ssize_t getdents64(int fd, void *entries, size_t size)`
    GETDENTS64(217, 61),
    /// `ssize_t getxattr(const char *path, const char *name, void *value, size_t size)`
    GETXATTR(191, 8),
    /// `int ioctl(int fd, unsigned long request, ...)`
    IOCTL(16, 29),
    /// `ssize_t lgetxattr(const char *path, const char *name, void *value, size_t size)`
    LGETXATTR(192, 9),
    /// `int linkat(int olddirfd, const char *old, int newdirfd, const char *new, int flags)`
    LINKAT(265, 37),
    /// `int listen(int fd, int backlog)`
    LISTEN(50, 201),
    /// `ssize_t listxattr(const char *path, char *list, size_t size)`
    LISTXATTR(194, 11),
    /// `ssize_t llistxattr(const char *path, char *list, size_t size)`
    LLISTXATTR(195, 12),
    /// `int lremovexattr(const char *path, const char *name)`
    LREMOVEXATTR(198, 15),
    /// `off_t lseek(int fd, off_t offset, int whence)`
    LSEEK(8, 62),
    /// `int lsetxattr(const char *path, const char *name, const void *value, size_t n, int flags)`
    LSETXATTR(189, 6),
    /// `int mkdirat(int dirfd, const char *path, mode_t mode)`
    MKDIRAT(258, 34),
    /// `int mknodat(int dirfd, const char *path, mode_t mode, dev_t dev)`
    MKNODAT(259, 33),
    /// `int mount(const char *source, const char *target, const char *type, ulong flags, void *)`
    MOUNT(165, 40),
    /// `int mount_setattr(int dirfd, const char *path, uint flags, struct mount_attr *, size_t n)`
    MOUNT_SETATTR(442, 442),
    /// `int move_mount(int fromfd, const char *from, int tofd, const char *to, unsigned flags)`
    MOVE_MOUNT(429, 429),
    /// `int openat(int dirfd, const char *path, int flags, mode_t mode)`
    OPENAT(257, 56),
    /// `int openat2(int dirfd, const char *path, const struct open_how *how, size_t size)`
    OPENAT2(437, 437),
    /// `int open_tree(int dirfd, const char *path, unsigned flags)`
    OPEN_TREE(428, 428),
    /// `int pidfd_open(pid_t pid, unsigned flags)`
    PIDFD_OPEN(434, 434),
    /// `int pidfd_send_signal(int pidfd, int signal, siginfo_t *info, unsigned flags)`
    PIDFD_SEND_SIGNAL(424, 424),
    /// `int pipe2(int fds[2], int flags)`
    PIPE2(293, 59),
    /// `int ppoll(struct pollfd *fds, uint n, struct timespec *, sigset_t *, size_t)`
    PPOLL(271, 73),
    /// `ssize_t pread64(int fd, void *buf, size_t count, off_t offset)`
    PREAD64(17, 67),
    /// `ssize_t pwrite64(int fd, const void *buf, size_t count, off_t offset)`
    PWRITE64(18, 68),
    /// `ssize_t read(int fd, void *buf, size_t count)`
    READ(0, 63),
    /// `ssize_t readlinkat(int dirfd, const char *path, char *buf, size_t size)`
    READLINKAT(267, 78),
    /// `ssize_t recvfrom(int fd, void *buf, size_t n, int flags, sockaddr *, socklen_t *)`
    RECVFROM(45, 207),
    /// `int removexattr(const char *path, const char *name)`
    REMOVEXATTR(197, 14),
    /// `int renameat2(int olddirfd, const char *old, int newdirfd, const char *new, uint flags)`
    RENAMEAT2(316, 276),
    /// `ssize_t sendto(int fd, const void *buf, size_t n, int flags, sockaddr *, socklen_t)`
    SENDTO(44, 206),
    /// `int setxattr(const char *path, const char *name, const void *value, size_t n, int flags)`
    SETXATTR(188, 5),
    /// `int shutdown(int fd, int how)`
    SHUTDOWN(48, 210),
    /// `int socket(int domain, int type, int protocol)`
    SOCKET(41, 198),
    /// `int statx(int dirfd, const char *path, int flags, unsigned mask, struct statx *buf)`
    STATX(332, 291),
    /// `int symlinkat(const char *target, int dirfd, const char *path)`
    SYMLINKAT(266, 36),
    /// `int syncfs(int fd)`
    SYNCFS(306, 267),
    /// `int umount2(const char *target, int flags)`
    UMOUNT2(166, 39),
    /// `int unlinkat(int dirfd, const char *path, int flags)`
    UNLINKAT(263, 35),
    /// `int utimensat(int dirfd, const char *path, const struct timespec times[2], int flags)`
    UTIMENSAT(280, 88),
    /// `ssize_t write(int fd, const void *buf, size_t count)`
    WRITE(1, 64);

    private final int number;

    SyscallNumber(int x86, int generic) {
        this.number = Abi.X86_64 ? x86 : generic;
    }

    int number() {
        return number;
    }

    /// The name of the call in C.
    String callName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
