package dev.plinth.core.layer;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The place of an entry in a tree of files: relative to the root, clean, separated by `/`, and the
/// empty path for the root itself.
///
/// File names on Linux are bytes, not text. They are held as a string with one character for each
/// byte (ISO-8859-1): nothing is lost, and [#compareTo] is the order of the bytes.
///
/// @param raw the bytes of the path, one character each: no empty, `.` or `..` component, no NUL
public record TreePath(String raw) implements Comparable<TreePath> {
    public static final TreePath ROOT = new TreePath("");

    public TreePath {
        if (!isClean(raw)) {
            throw new IllegalArgumentException("not a clean relative path: " + text(raw));
        }
    }

    /// The path written in `path`, a text in Unicode; a leading or trailing `/`, doubled ones and
    /// `.` components are dropped. `..` is applied, and stops at the root.
    public static TreePath of(String path) {
        return clean(raw(path));
    }

    /// The path written in `raw` (one character for each byte), cleaned as [#of] does.
    public static TreePath clean(String raw) {
        if (isClean(raw)) {
            return raw.isEmpty() ? ROOT : new TreePath(raw);
        }
        StringBuilder out = new StringBuilder(raw.length());
        int start = 0;
        while (start <= raw.length()) {
            int end = raw.indexOf('/', start);
            if (end < 0) {
                end = raw.length();
            }
            String part = raw.substring(start, end);
            if (part.equals("..")) {
                int cut = out.lastIndexOf("/");
                out.setLength(Math.max(cut, 0));
            } else if (!part.isEmpty() && !part.equals(".")) {
                if (!out.isEmpty()) {
                    out.append('/');
                }
                out.append(part);
            }
            start = end + 1;
        }
        return out.isEmpty() ? ROOT : new TreePath(out.toString());
    }

    /// The bytes of `text` in UTF-8, one character each.
    public static String raw(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                return new String(bytes, StandardCharsets.ISO_8859_1);
            }
        }
        return text;
    }

    /// The text that the bytes in `raw` mean in UTF-8, with U+FFFD where they mean none.
    public static String text(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) >= 0x80) {
                byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
                return new String(bytes, StandardCharsets.UTF_8);
            }
        }
        return raw;
    }

    public boolean isRoot() {
        return raw.isEmpty();
    }

    /// The last component, with one character for each byte; empty for the root.
    public String name() {
        return raw.substring(raw.lastIndexOf('/') + 1);
    }

    /// The folder this is in; the root for the root itself.
    public TreePath parent() {
        int cut = raw.lastIndexOf('/');
        return cut < 0 ? ROOT : new TreePath(raw.substring(0, cut));
    }

    /// The path of `name` (one component, one character for each byte) in this folder.
    public TreePath child(String name) {
        return new TreePath(isRoot() ? name : raw + '/' + name);
    }

    /// The path of `other`, a path seen from this folder.
    public TreePath resolve(TreePath other) {
        if (other.isRoot()) {
            return this;
        }
        return isRoot() ? other : new TreePath(raw + '/' + other.raw);
    }

    /// Whether this is `folder` or lies below it.
    public boolean isWithin(TreePath folder) {
        return folder.isRoot()
                || raw.equals(folder.raw)
                || (raw.length() > folder.raw.length()
                        && raw.startsWith(folder.raw)
                        && raw.charAt(folder.raw.length()) == '/');
    }

    /// How many bytes the path has.
    public int length() {
        return raw.length();
    }

    // Written out since it is needed on the way of every import: see docs/decisions/cold-start.md.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TreePath that && raw.equals(that.raw);
    }

    @Override
    public int hashCode() {
        return raw.hashCode();
    }

    @Override
    public int compareTo(TreePath other) {
        return raw.compareTo(other.raw);
    }

    /// The path as text, for messages.
    @Override
    public String toString() {
        return text(raw);
    }

    private static boolean isClean(String raw) {
        int start = 0;
        int length = raw.length();
        if (length == 0) {
            return true;
        }
        for (int i = 0; i <= length; i++) {
            char c = i == length ? '/' : raw.charAt(i);
            if (c == 0 || c > 0xff) {
                return false;
            }
            if (c == '/') {
                int size = i - start;
                if (size == 0
                        || (size == 1 && raw.charAt(start) == '.')
                        || (size == 2
                                && raw.charAt(start) == '.'
                                && raw.charAt(start + 1) == '.')) {
                    return false;
                }
                start = i + 1;
            }
        }
        return true;
    }
}
