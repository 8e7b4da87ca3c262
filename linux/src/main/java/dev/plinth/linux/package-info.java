/// The Linux kernel as Plinth needs it: mounts, loop devices, files and their attributes held
/// safely inside a root, terminals, packet sockets, processes and signals. It owns every use of
/// `java.lang.foreign`; it knows nothing of images and containers.
///
/// Start with [dev.plinth.linux.Syscall], through which everything goes, and
/// [dev.plinth.linux.SyscallNumber], which lists the calls with their C prototypes.
/// [dev.plinth.linux.SystemCalls] says which classes do without any.
///
/// What holds for all of it:
///
/// - Names are bytes; [dev.plinth.linux.RawNames] says how strings carry them.
/// - A JVM has many threads, and so nothing here changes namespaces, the working directory or the
///   umask: those need a child process.
/// - Descriptors are closed on `exec`, and by nobody but their owner.
/// - A call that waits blocks the carrier of a virtual thread; such calls say so.
/// - Errors of the kernel are [dev.plinth.linux.SyscallException], with the error number.
/// - `/proc` is mounted. The least kernel is Linux 5.12; what needs a later one says so.
@NullMarked
package dev.plinth.linux;

import org.jspecify.annotations.NullMarked;
