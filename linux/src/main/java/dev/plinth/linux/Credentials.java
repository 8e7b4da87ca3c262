package dev.plinth.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringTokenizer;

/// As whom this process acts, and what it may do. Makes no system calls of its own.
///
/// @param uid effective, 0 to 4294967295
/// @param gid effective, 0 to 4294967295
/// @param capabilities effective, one bit for each
/// @param initialUserNamespace whether these are the ids and capabilities of the host, not those of
///   a user namespace, where many calls are refused even to root
public record Credentials(long uid, long gid, long capabilities, boolean initialUserNamespace) {
    // Numbers of capabilities from linux/capability.h.
    public static final int CAP_CHOWN = 0;
    public static final int CAP_DAC_OVERRIDE = 1;
    public static final int CAP_SYS_ADMIN = 21;
    public static final int CAP_MKNOD = 27;

    private static final String STATUS = "/proc/self/status";
    private static final long ALL_IDS = 0xffff_ffffL;

    /// Those of the running process.
    public static Credentials current() throws IOException {
        return parse(read(STATUS), read("/proc/self/uid_map"));
    }

    /// Whether the process has a capability and it is good for the whole host.
    public boolean hasOnHost(int capability) {
        return initialUserNamespace && (capabilities >>> capability & 1) != 0;
    }

    static Credentials parse(String status, String uidMap) throws IOException {
        return new Credentials(
                Long.parseLong(words(field(status, "Uid:"))[1]),
                Long.parseLong(words(field(status, "Gid:"))[1]),
                Long.parseUnsignedLong(field(status, "CapEff:"), 16),
                isWholeRange(uidMap));
    }

    /// The initial user namespace maps all ids to themselves, in one line.
    private static boolean isWholeRange(String uidMap) {
        String[] words = words(uidMap.strip());
        return words.length == 3
                && words[0].equals("0")
                && words[1].equals("0")
                && words[2].equals(Long.toString(ALL_IDS));
    }

    private static String read(String file) throws IOException {
        return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
    }

    private static String field(String status, String name) throws IOException {
        int start = ("\n" + status).indexOf("\n" + name);
        int end = start < 0 ? -1 : status.indexOf('\n', start);
        if (end < 0) {
            throw new IOException(STATUS + " has no " + name);
        }
        return status.substring(start + name.length(), end).strip();
    }

    private static String[] words(String text) {
        StringTokenizer tokens = new StringTokenizer(text);
        String[] words = new String[tokens.countTokens()];
        for (int i = 0; i < words.length; i++) {
            words[i] = tokens.nextToken();
        }
        return words;
    }
}
