package dev.plinth.core.json;

import org.jspecify.annotations.Nullable;

/// The brackets of a document, followed without a stack: whether it starts as JSON does, how deep
/// it goes, how much is in it and where it ends. What is between the brackets is for the parser.
final class JsonOutline {
    private JsonOutline() {}

    /// What is wrong with the outline, or null.
    static @Nullable String trouble(byte[] bytes) {
        int start = skipSpace(bytes, 0);
        if (start == bytes.length) {
            return "expected JSON, found nothing";
        }
        if (bytes[start] == (byte) 0xEF
                || bytes[start] == (byte) 0xFE
                || bytes[start] == (byte) 0xFF) {
            return "expected JSON, found a byte order mark";
        }
        if (bytes[start] != '{' && bytes[start] != '[') {
            return "expected JSON that is an object or a list, found something else";
        }
        int depth = 0;
        int values = 0;
        int at = start;
        while (at < bytes.length) {
            switch (bytes[at]) {
                case '"' -> at = endOfString(bytes, at + 1);
                case '{', '[' -> {
                    values++;
                    depth++;
                    if (depth > Json.MAX_DEPTH) {
                        return "nested more than " + Json.MAX_DEPTH + " deep";
                    }
                }
                case '}', ']' -> depth--;
                case ',' -> values++;
                default -> {}
            }
            at++;
            if (values > Json.MAX_VALUES) {
                return "more than " + Json.MAX_VALUES + " values";
            }
            if (depth == 0) {
                return skipSpace(bytes, at) == bytes.length
                        ? null
                        : "not valid JSON: something follows the end at byte " + at;
            }
        }
        return "not valid JSON: it ends in the middle";
    }

    /// The place of the quote that ends the string, or the length of the document.
    private static int endOfString(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return Math.min(at, bytes.length);
    }

    private static int skipSpace(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length
                && (bytes[at] == ' '
                        || bytes[at] == '\n'
                        || bytes[at] == '\r'
                        || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }
}
