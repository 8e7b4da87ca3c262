package dev.plinth.core.json;

import dev.plinth.core.error.Quote;

/// Where in a document something is, as in `layers[2].annotations."a key".x`.
final class Place {
    private static final int SHOWN = 40;

    private Place() {}

    static void appendKey(StringBuilder place, String key) {
        if (!place.isEmpty() && !key.isEmpty()) {
            place.append('.');
        }
        place.append(isPlain(key) ? key : Quote.go(key, SHOWN));
    }

    static void appendIndex(StringBuilder place, int index) {
        place.append('[').append(index).append(']');
    }

    private static boolean isPlain(String key) {
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c <= ' ' || c > '~' || c == '"') {
                return false;
            }
        }
        return key.length() <= SHOWN;
    }
}
