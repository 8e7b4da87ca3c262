package dev.plinth.core.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Finds out why a command could not be run, when it could not: the runtimes and the kernel say "no
/// such file or directory" of a script whose interpreter is missing as of a file that is missing.
final class CommandCheck {
    /// Enough for the first line of a script, and for the headers of a program.
    private static final int HEAD = 16 * 1024;

    private static final int MOST_SCRIPT_LINE = 256;
    private static final int PT_INTERP = 3;

    private final Definition definition;
    private final RootFiles root;

    private CommandCheck(Definition definition, RootFiles root) {
        this.definition = definition;
        this.root = root;
    }

    /// A sentence that tells what is wrong with a container's command and what to do; nothing if it
    /// looks well, or lies where something is mounted.
    static Optional<String> hint(Definition definition, RootFiles root) throws IOException {
        return new CommandCheck(definition, root).hint();
    }

    private Optional<String> hint() throws IOException {
        String command = definition.arguments().getFirst();
        String path = find(command);
        if (path.isEmpty()) {
            return Optional.of(missing(command));
        }
        if (isMounted(path)) {
            return Optional.empty();
        }
        RootFiles.Head head = root.head(path, HEAD).orElse(null);
        if (head == null) {
            return Optional.of(missing(command));
        }
        return switch (head.type()) {
            case FOLDER -> Optional.of(path + " is a folder, not a program");
            case OTHER -> Optional.of(path + " is no regular file, so it cannot be run");
            case FILE ->
                    (head.mode() & 0111) == 0
                            ? Optional.of(
                                    path
                                            + " is not executable: its mode is 0"
                                            + Integer.toOctalString(head.mode())
                                            + "; set it with chmod +x, or COPY --chmod=755")
                            : program(path, head.bytes());
        };
    }

    private static String missing(String command) {
        if (command.equals("/bin/sh") || command.equals("sh")) {
            return "the image has no "
                    + command
                    + ": write the command in its JSON form, as CMD [\"/hello\"], which needs no shell";
        }
        return command.indexOf('/') >= 0
                ? "the image has no file " + command
                : "no folder of PATH in the image has a program " + command;
    }

    private Optional<String> program(String path, byte[] head) throws IOException {
        String interpreter;
        String what;
        if (head.length > 2 && head[0] == '#' && head[1] == '!') {
            interpreter = scriptInterpreter(head);
            what = "a script for ";
        } else if (isElf(head)) {
            interpreter = elfInterpreter(head);
            what = "dynamically linked and needs ";
        } else {
            return Optional.of(
                    path + " is neither a program for Linux nor a script that begins with #!");
        }
        if (interpreter.isEmpty()
                || isMounted(absolute(interpreter))
                || root.head(absolute(interpreter), 0).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                path
                        + " is "
                        + what
                        + interpreter
                        + ", which the image does not have"
                        + (what.startsWith("dyn")
                                ? ": link it statically, or add the C library to the image"
                                : ""));
    }

    private static String scriptInterpreter(byte[] head) {
        int from = 2;
        int limit = Math.min(head.length, MOST_SCRIPT_LINE);
        while (from < limit && (head[from] == ' ' || head[from] == '\t')) {
            from++;
        }
        int to = from;
        while (to < limit && head[to] > ' ') {
            to++;
        }
        return new String(head, from, to - from, StandardCharsets.UTF_8);
    }

    private static boolean isElf(byte[] head) {
        return head.length >= 64
                && head[0] == 0x7f
                && head[1] == 'E'
                && head[2] == 'L'
                && head[3] == 'F';
    }

    /// The path in the program header PT_INTERP, see elf(5); nothing for a static program.
    private static String elfInterpreter(byte[] head) {
        boolean wide = head[4] == 2;
        ByteBuffer elf =
                ByteBuffer.wrap(head)
                        .order(head[5] == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        long table = wide ? elf.getLong(32) : Integer.toUnsignedLong(elf.getInt(28));
        int size = Short.toUnsignedInt(elf.getShort(wide ? 54 : 42));
        int count = Short.toUnsignedInt(elf.getShort(wide ? 56 : 44));
        for (int i = 0; i < count; i++) {
            long at = table + (long) i * size;
            if (at < 0 || at + 56 > head.length) {
                return "";
            }
            int header = (int) at;
            if (elf.getInt(header) == PT_INTERP) {
                long offset =
                        wide
                                ? elf.getLong(header + 8)
                                : Integer.toUnsignedLong(elf.getInt(header + 4));
                return text(head, offset);
            }
        }
        return "";
    }

    private static String text(byte[] head, long offset) {
        if (offset < 0 || offset >= head.length) {
            return "";
        }
        int from = (int) offset;
        int to = from;
        while (to < head.length && head[to] != 0) {
            to++;
        }
        return new String(head, from, to - from, StandardCharsets.UTF_8);
    }

    /// The path of the command in the root, as `execvp` finds it; empty if it does not.
    private String find(String command) throws IOException {
        if (command.indexOf('/') >= 0) {
            return absolute(command);
        }
        for (String folder : searchPath()) {
            String path = absolute(folder + "/" + command);
            if (root.head(path, 0).isPresent()) {
                return path;
            }
        }
        return "";
    }

    private List<String> searchPath() {
        for (String entry : Environment.ofProcess(definition, "/")) {
            if (entry.startsWith("PATH=")) {
                return MountFlags.split(entry.substring("PATH=".length()), ':');
            }
        }
        return List.of();
    }

    private String absolute(String path) {
        return path.startsWith("/") ? path : definition.config().workingDir() + "/" + path;
    }

    private boolean isMounted(String path) {
        for (Mount mount : definition.host().mounts()) {
            if (path.startsWith(mount.target() + "/") || path.equals(mount.target())) {
                return true;
            }
        }
        return false;
    }
}
