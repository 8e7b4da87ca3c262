package dev.plinth.core.dockerfile.words;

import java.util.ArrayDeque;
import java.util.Deque;

/// Paths with slashes, as images and contexts have them, whatever the system.
public final class SlashPath {
    private SlashPath() {}

    /// The shortest path that means the same, by its text alone: no double slash, no `.`, no `..`
    /// that can be resolved, no slash at the end; `.` for nothing.
    ///
    /// @see <a href="https://pkg.go.dev/path#Clean">path.Clean</a>
    public static String clean(String path) {
        boolean absolute = path.startsWith("/");
        Deque<String> names = new ArrayDeque<>();
        int from = 0;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            String name = path.substring(from, to);
            from = to + 1;
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (!name.equals("..")) {
                names.addLast(name);
            } else if (!names.isEmpty() && !names.getLast().equals("..")) {
                names.removeLast();
            } else if (!absolute) {
                names.addLast(name);
            }
        }
        String joined = String.join("/", names);
        return absolute ? "/" + joined : joined.isEmpty() ? "." : joined;
    }
}
