package dev.plinth.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is mounted, as this process sees it. Makes no system calls of its own.
///
/// @param mounts in the kernel's order
/// @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html">mountinfo(5)</a>
public record MountTable(List<MountPoint> mounts) {
    private static final String FILE = "/proc/self/mountinfo";

    public MountTable {
        mounts = List.copyOf(mounts);
    }

    /// The table of this moment.
    public static MountTable read() throws IOException {
        return parse(Files.readString(Path.of(FILE), StandardCharsets.ISO_8859_1));
    }

    /// The mount one sees at a mount point, which is the last of those stacked there.
    ///
    /// @param mountPoint absolute, with no symbolic link in it
    public Optional<MountPoint> at(Path mountPoint) {
        String target = RawNames.of(mountPoint);
        MountPoint top = null;
        for (MountPoint mount : below(mountPoint)) {
            if (mount.target().equals(target)) {
                top = mount;
                break;
            }
        }
        return Optional.ofNullable(top);
    }

    /// The mounts at and below a folder in an order in which they can be unmounted: each before the
    /// one it is on.
    ///
    /// @param folder absolute, with no symbolic link in it
    public List<MountPoint> below(Path folder) {
        String target = RawNames.of(folder);
        String start = target.endsWith("/") ? target : target + "/";
        List<MountPoint> below = new ArrayList<>();
        for (MountPoint mount : mounts) {
            if (mount.target().equals(target) || mount.target().startsWith(start)) {
                below.add(mount);
            }
        }
        Map<Integer, Integer> depths = depths();
        below.sort(
                Comparator.comparingInt((MountPoint m) -> depths.getOrDefault(m.id(), 0))
                        .reversed());
        return below;
    }

    /// How many mounts lie under each one, by id.
    private Map<Integer, Integer> depths() {
        Map<Integer, Integer> parents = new HashMap<>();
        for (MountPoint mount : mounts) {
            parents.put(mount.id(), mount.parentId());
        }
        Map<Integer, Integer> depths = new HashMap<>();
        for (MountPoint mount : mounts) {
            int depth = 0;
            Integer id = mount.id();
            // The table is read in pieces while it may change, so that a circle is not impossible.
            while (id != null && depth <= mounts.size()) {
                depth++;
                id = parents.get(id);
            }
            depths.put(mount.id(), depth);
        }
        return depths;
    }

    static MountTable parse(String mountinfo) throws IOException {
        List<MountPoint> mounts = new ArrayList<>();
        for (int start = 0; start < mountinfo.length(); ) {
            int end = mountinfo.indexOf('\n', start);
            if (end < 0) {
                end = mountinfo.length();
            }
            mounts.add(parseLine(mountinfo.substring(start, end)));
            start = end + 1;
        }
        return new MountTable(mounts);
    }

    // 36 35 98:0 /root /target rw,noatime shared:1 master:2 - ext4 /dev/sda rw,errors=continue
    private static MountPoint parseLine(String line) throws IOException {
        int separator = line.indexOf(" - ");
        List<String> before = separator < 0 ? List.of() : words(line.substring(0, separator));
        List<String> after = separator < 0 ? List.of() : words(line.substring(separator + 3));
        if (before.size() < 6 || after.isEmpty()) {
            throw malformed(line);
        }
        try {
            return new MountPoint(
                    Integer.parseInt(before.get(0)),
                    Integer.parseInt(before.get(1)),
                    device(before.get(2)),
                    unescaped(before.get(3)),
                    unescaped(before.get(4)),
                    before.get(5),
                    String.join(" ", before.subList(6, before.size())),
                    unescaped(after.get(0)),
                    after.size() > 1 ? unescaped(after.get(1)) : "",
                    after.size() > 2 ? unescaped(after.get(2)) : "");
        } catch (IllegalArgumentException e) {
            IOException malformed = malformed(line);
            malformed.initCause(e);
            throw malformed;
        }
    }

    private static IOException malformed(String line) {
        return new IOException(FILE + " has a line of an unknown form: " + RawNames.shown(line));
    }

    private static Device device(String numbers) {
        int colon = numbers.indexOf(':');
        return new Device(
                Integer.parseInt(numbers.substring(0, Math.max(colon, 0))),
                Integer.parseInt(numbers.substring(colon + 1)));
    }

    /// Words between single spaces; a word may be empty, as the source of a mount can be.
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', start)) {
            words.add(text.substring(start, space));
            start = space + 1;
        }
        words.add(text.substring(start));
        return words;
    }

    /// The kernel writes space, tab, newline, `#` and backslash as three octal digits.
    private static String unescaped(String word) {
        if (word.indexOf('\\') < 0) {
            return word;
        }
        StringBuilder text = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '\\' && i + 3 < word.length() && isOctal(word, i + 1, i + 4)) {
                text.append((char) (Integer.parseInt(word, i + 1, i + 4, 8) & 0xff));
                i += 3;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static boolean isOctal(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '7') {
                return false;
            }
        }
        return true;
    }
}
