package dev.plinth.core.container;

import dev.plinth.core.container.SeccompProfile.Comparison;
import dev.plinth.core.container.SeccompProfile.Condition;
import dev.plinth.core.container.SeccompProfile.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The filter a container gets unless it is said otherwise. It draws the line where Docker's draws
/// it: what ordinary programs need is allowed; what reaches beyond the container (mounting, kernel
/// modules, clocks, other processes' memory) goes with the capability it belongs to; what has been
/// a way out of containers and is rarely needed (`io_uring`, `userfaultfd`, `kexec_load`, key
/// rings) is not there at all.
///
/// Names that a kernel or libseccomp does not know are skipped by the runtimes, so one list serves
/// all architectures.
final class DefaultSeccomp {
    private static final int ENOSYS = 38;
    private static final int AF_VSOCK = 40;

    /// `CLONE_NEWNS | NEWCGROUP | NEWUTS | NEWIPC | NEWUSER | NEWPID | NEWNET`.
    private static final long NEW_NAMESPACES = 0x7E02_0000L;

    private static final String FILES =
            """
            access chdir chmod chown chown32 close close_range copy_file_range creat dup dup2 dup3
            faccessat faccessat2 fadvise64 fadvise64_64 fallocate fanotify_mark fchdir fchmod fchmodat
            fchmodat2 fchown fchown32 fchownat fcntl fcntl64 fdatasync fgetxattr flistxattr flock
            fremovexattr fsetxattr fstat fstat64 fstatat64 fstatfs fstatfs64 fsync ftruncate
            ftruncate64 futimesat getcwd getdents getdents64 getxattr getxattrat inotify_add_watch
            inotify_init inotify_init1 inotify_rm_watch ioctl lchown lchown32 lgetxattr link linkat
            listmount listxattr listxattrat llistxattr _llseek lremovexattr lseek lsetxattr lstat
            lstat64 mkdir mkdirat mknod mknodat name_to_handle_at newfstatat open openat openat2 pread64
            preadv preadv2 pwrite64 pwritev pwritev2 read readahead readlink readlinkat readv
            removexattr removexattrat rename renameat renameat2 rmdir sendfile sendfile64 setxattr
            setxattrat splice stat stat64 statfs statfs64 statmount statx symlink symlinkat sync
            sync_file_range syncfs tee truncate truncate64 umask unlink unlinkat utime utimensat
            utimensat_time64 utimes vmsplice write writev
            """;

    private static final String MEMORY =
            """
            brk cachestat madvise map_shadow_stack membarrier memfd_create memfd_secret mincore mlock
            mlock2 mlockall mmap mmap2 mprotect mremap mseal msync munlock munlockall munmap pkey_alloc
            pkey_free pkey_mprotect remap_file_pages
            """;

    private static final String PROCESSES =
            """
            capget capset execve execveat exit exit_group fork get_robust_list get_thread_area getcpu
            getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups getgroups32 getpgid getpgrp
            getpid getppid getpriority getresgid getresgid32 getresuid getresuid32 getrlimit getrusage
            getsid gettid getuid getuid32 ioprio_get ioprio_set kill landlock_add_rule
            landlock_create_ruleset landlock_restrict_self lsm_get_self_attr lsm_list_modules
            lsm_set_self_attr pidfd_open pidfd_send_signal prctl prlimit64 process_mrelease rseq
            sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr
            sched_getparam sched_getscheduler sched_rr_get_interval sched_rr_get_interval_time64
            sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield seccomp
            set_robust_list set_thread_area set_tid_address setfsgid setfsgid32 setfsuid setfsuid32
            setgid setgid32 setgroups setgroups32 setpgid setpriority setregid setregid32 setresgid
            setresgid32 setresuid setresuid32 setreuid setreuid32 setrlimit setsid setuid setuid32
            sysinfo tgkill tkill ugetrlimit uname vfork wait4 waitid waitpid ptrace process_vm_readv
            process_vm_writev
            """;

    private static final String SIGNALS =
            """
            pause restart_syscall rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo
            rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 rt_tgsigqueueinfo
            sigaction sigaltstack signal signalfd signalfd4 sigpending sigprocmask sigreturn sigsuspend
            """;

    private static final String TIME =
            """
            adjtimex alarm clock_adjtime clock_adjtime64 clock_getres clock_getres_time64
            clock_gettime clock_gettime64 clock_nanosleep clock_nanosleep_time64 getitimer gettimeofday
            nanosleep setitimer time timer_create timer_delete timer_getoverrun timer_gettime
            timer_gettime64 timer_settime timer_settime64 timerfd_create timerfd_gettime
            timerfd_gettime64 timerfd_settime timerfd_settime64 times
            """;

    private static final String WAITING =
            """
            epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait
            epoll_wait_old eventfd eventfd2 futex futex_requeue futex_time64 futex_wait futex_waitv
            futex_wake io_cancel io_destroy io_getevents io_pgetevents io_pgetevents_time64 io_setup
            io_submit _newselect poll ppoll ppoll_time64 pselect6 pselect6_time64 select
            """;

    private static final String COMMUNICATION =
            """
            accept accept4 bind connect getpeername getsockname getsockopt ipc listen mq_getsetattr
            mq_notify mq_open mq_timedreceive mq_timedreceive_time64 mq_timedsend mq_timedsend_time64
            mq_unlink msgctl msgget msgrcv msgsnd pipe pipe2 recv recvfrom recvmmsg recvmmsg_time64
            recvmsg semctl semget semop semtimedop semtimedop_time64 send sendmmsg sendmsg sendto
            setsockopt shmat shmctl shmdt shmget shutdown socketcall socketpair
            """;

    private static final String RANDOM = "getrandom";

    private DefaultSeccomp() {}

    /// The filter for a process whose bounding set has these capabilities.
    static SeccompProfile profile(Collection<Capability> capabilities, Architecture architecture) {
        List<Rule> rules = new ArrayList<>();
        List<String> allowed = new ArrayList<>(450);
        for (String group :
                new String[] {
                    FILES, MEMORY, PROCESSES, SIGNALS, TIME, WAITING, COMMUNICATION, RANDOM
                }) {
            words(group, allowed);
        }
        words(architecture.calls, allowed);
        for (Capability capability : capabilities) {
            words(calls(capability), allowed);
        }
        rules.add(Rule.allow(allowed));
        // Sockets to the hypervisor see beyond the network namespace.
        rules.add(Rule.allow("socket", new Condition(0, Comparison.NE, AF_VSOCK, 0)));
        for (long persona : new long[] {0, 0x8, 0x20000, 0x20008, 0xFFFF_FFFFL}) {
            rules.add(Rule.allow("personality", new Condition(0, Comparison.EQ, persona, 0)));
        }
        if (!capabilities.contains(Capability.SYS_ADMIN)) {
            int flags = architecture == Architecture.S390X ? 1 : 0;
            rules.add(
                    Rule.allow(
                            "clone",
                            new Condition(flags, Comparison.MASKED_EQ, NEW_NAMESPACES, 0)));
            // Its flags are behind a pointer that no filter can read; as if missing, so that C
            // libraries fall back to clone.
            rules.add(new Rule(List.of("clone3"), ENOSYS, List.of()));
        }
        List<String> names = new ArrayList<>();
        words(architecture.names, names);
        return new SeccompProfile(names, rules);
    }

    /// The calls that go with a capability: without it they would fail anyway, or with it they are
    /// why somebody asked for it.
    private static String calls(Capability capability) {
        return switch (capability) {
            case DAC_READ_SEARCH -> "open_by_handle_at";
            case SYS_ADMIN ->
                    """
                    bpf clone clone3 fanotify_init fsconfig fsmount fsopen fspick lookup_dcookie mount
                    mount_setattr move_mount open_tree open_tree_attr perf_event_open
                    quotactl quotactl_fd setdomainname sethostname setns syslog umount umount2 unshare
                    """;
            case SYS_BOOT -> "reboot";
            case SYS_CHROOT -> "chroot";
            case SYS_MODULE -> "delete_module finit_module init_module";
            case SYS_PACCT -> "acct";
            case SYS_PTRACE -> "kcmp pidfd_getfd process_madvise";
            case SYS_RAWIO -> "ioperm iopl";
            case SYS_TIME -> "clock_settime clock_settime64 settimeofday stime";
            case SYS_TTY_CONFIG -> "vhangup";
            case SYS_NICE -> "get_mempolicy mbind set_mempolicy set_mempolicy_home_node";
            case SYSLOG -> "syslog";
            case BPF -> "bpf";
            case PERFMON -> "perf_event_open";
            default -> "";
        };
    }

    /// Adds the words of a text.
    private static void words(String text, List<String> words) {
        int from = 0;
        for (int at = 0; at <= text.length(); at++) {
            if (at == text.length() || text.charAt(at) <= ' ') {
                if (at > from) {
                    words.add(text.substring(from, at));
                }
                from = at + 1;
            }
        }
    }

    /// Machines, with the older ones whose programs they run.
    enum Architecture {
        AMD64("SCMP_ARCH_X86_64 SCMP_ARCH_X86 SCMP_ARCH_X32", "arch_prctl modify_ldt"),
        ARM64(
                "SCMP_ARCH_AARCH64 SCMP_ARCH_ARM",
                "arm_fadvise64_64 arm_sync_file_range breakpoint cacheflush set_tls sync_file_range2"),
        PPC64LE("SCMP_ARCH_PPC64LE", "swapcontext sync_file_range2"),
        RISCV64("SCMP_ARCH_RISCV64", "riscv_flush_icache riscv_hwprobe"),
        S390X(
                "SCMP_ARCH_S390X SCMP_ARCH_S390",
                "s390_pci_mmio_read s390_pci_mmio_write s390_runtime_instr"),
        /// One without special calls; the filter knows the runtime's own architecture.
        OTHER("", "");

        private final String names;
        private final String calls;

        Architecture(String names, String calls) {
            this.names = names;
            this.calls = calls;
        }

        /// The architecture that Java calls so.
        static Architecture of(String osArch) {
            return switch (osArch) {
                case "amd64", "x86_64" -> AMD64;
                case "aarch64" -> ARM64;
                case "ppc64le" -> PPC64LE;
                case "riscv64" -> RISCV64;
                case "s390x" -> S390X;
                default -> OTHER;
            };
        }
    }
}
