package dev.plinth.core.dockerfile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Bytes that are UTF-8 for the most part, as text that loses nothing: a byte that is no part of a
/// character becomes a low surrogate, U+DC80 for 0x80 to U+DCFF for 0xFF, which no real text has
/// alone. A heredoc may hold such bytes, and they must arrive in the file it becomes.
public final class ByteText {
    private static final int FIRST = 0xdc00;

    private ByteText() {}

    /// The text of some bytes.
    public static String decode(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return decodeWide(bytes, from, to);
            }
        }
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /// The bytes of a text, those that were no characters included.
    public static byte[] encode(String text) {
        if (isUnicode(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 16);
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            if (Character.charCount(c) == 2) {
                i++;
            } else if (isByte(c)) {
                out.writeBytes(text.substring(from, i).getBytes(StandardCharsets.UTF_8));
                out.write(c - FIRST);
                from = i + 1;
            }
        }
        out.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /// Whether all of the text is characters.
    public static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            if (Character.charCount(c) == 2) {
                i++;
            } else if (isByte(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isByte(int c) {
        return c >= FIRST + 0x80 && c <= FIRST + 0xff;
    }

    private static String decodeWide(byte[] bytes, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return decodeBroken(bytes, from, to);
        }
    }

    private static String decodeBroken(byte[] bytes, int from, int to) {
        StringBuilder out = new StringBuilder(to - from);
        for (int i = from; i < to; ) {
            int length = characterLength(bytes, i, to);
            if (length == 0) {
                out.append((char) (FIRST + (bytes[i] & 0xff)));
                i++;
            } else {
                out.append(new String(bytes, i, length, StandardCharsets.UTF_8));
                i += length;
            }
        }
        return out.toString();
    }

    /// The length of the character that begins at `i`, or 0 when none does (RFC 3629, section 4).
    private static int characterLength(byte[] bytes, int i, int to) {
        int lead = bytes[i] & 0xff;
        if (lead < 0x80) {
            return 1;
        }
        int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
        if (length == 0 || i + length > to) {
            return 0;
        }
        int second = bytes[i + 1] & 0xff;
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int j = 2; j < length; j++) {
            if ((bytes[i + j] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
