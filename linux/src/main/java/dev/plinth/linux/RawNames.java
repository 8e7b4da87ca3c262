package dev.plinth.linux;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Names of files as the kernel has them: bytes without a character set. This package carries them
/// in strings with one character for each byte (ISO-8859-1), called *raw names*. Their order is the
/// order of the bytes.
///
/// Java decodes names by the locale, and what does not decode is lost; a raw name loses nothing.
public final class RawNames {
    private static final String HEX = "0123456789ABCDEF";

    private RawNames() {}

    /// The bytes of a path as the file system gets them.
    public static String of(Path path) {
        String text = path.toString();
        if (isAscii(text)) {
            return text;
        }
        // Path keeps the bytes but shows them only decoded; its URI has each of them escaped, is
        // absolute, and ends in a slash where there is a folder.
        String raw = unescaped(path.toUri().getRawPath());
        int end = raw.length() > 1 && raw.endsWith("/") ? raw.length() - 1 : raw.length();
        int start = 0;
        if (!path.isAbsolute()) {
            start = end;
            for (int name = path.getNameCount(); name > 0; name--) {
                start = raw.lastIndexOf('/', start - 1);
            }
            start++;
        }
        return raw.substring(start, end);
    }

    /// The path of an absolute raw path.
    ///
    /// @throws IllegalArgumentException if the path is relative or holds a NUL
    public static Path path(String raw) {
        if (!raw.startsWith("/")) {
            throw new IllegalArgumentException("not an absolute path: " + shown(raw));
        }
        return isAscii(raw) ? Path.of(raw) : Path.of(URI.create("file://" + escaped(raw)));
    }

    /// The raw name whose bytes are the UTF-8 of a text.
    public static String fromUtf8(String text) {
        return isAscii(text) ? text : raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The text of a raw name read as UTF-8, with U+FFFD for what is not.
    public static String toUtf8(String raw) {
        return isAscii(raw) ? raw : new String(bytes(raw), StandardCharsets.UTF_8);
    }

    /// The raw name of bytes.
    public static String raw(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// The bytes of a raw name.
    ///
    /// @throws IllegalArgumentException if a character is no byte: then the string never was a raw
    ///   name
    public static byte[] bytes(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) > 0xff) {
                throw new IllegalArgumentException("not a raw name: " + shown(raw));
            }
        }
        return raw.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// The name for a person's eyes, in one line: decoded where it is UTF-8, other bytes and
    /// control characters as `\xNN`, marks that reorder text by their code in hexadecimal. Safe to
    /// print on a terminal. Text that is no raw name, because it has characters beyond U+00FF, is
    /// shown by the same rules.
    public static String shown(String raw) {
        if (isPrintableAscii(raw)) {
            return raw;
        }
        boolean decoded = isUtf8(raw);
        String text = decoded ? toUtf8(raw) : raw;
        StringBuilder shown = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = decoded || c < 0x7f || c > 0xff;
            if (!plain || Character.isISOControl(c) || isFormatting(c)) {
                appendEscape(shown, c);
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    private static void appendEscape(StringBuilder shown, char c) {
        shown.append('\\').append(c > 0xff ? 'u' : 'x');
        for (int shift = c > 0xff ? 12 : 4; shift >= 0; shift -= 4) {
            shown.append(HEX.charAt(c >> shift & 0xf));
        }
    }

    /// Line separators and the marks that reorder text, with which a name could lie about itself.
    private static boolean isFormatting(char c) {
        int type = Character.getType(c);
        return type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static boolean isUtf8(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) > 0xff) {
                return false;
            }
        }
        return toUtf8(raw).indexOf('\uFFFD') < 0;
    }

    private static String unescaped(String escaped) {
        StringBuilder raw = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '%') {
                raw.append((char) Integer.parseInt(escaped, i + 1, i + 3, 16));
                i += 2;
            } else {
                raw.append(c);
            }
        }
        return raw.toString();
    }

    private static String escaped(String raw) {
        StringBuilder escaped = new StringBuilder(raw.length() * 3);
        for (byte b : bytes(raw)) {
            if (b == '/' && escaped.length() > 0 && escaped.charAt(escaped.length() - 1) == '/') {
                continue;
            }
            if (b == '/' || (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z')) {
                escaped.append((char) b);
            } else {
                escaped.append('%').append(HEX.charAt(b >> 4 & 0xf)).append(HEX.charAt(b & 0xf));
            }
        }
        return escaped.toString();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
