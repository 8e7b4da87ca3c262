package dev.plinth.core.layer;

import dev.plinth.core.error.Quote;

/// Names as tars have them, made clean or refused.
final class TarNames {
    /// The longest path and the longest name that Linux takes in one call.
    static final int MAX_PATH = 4095;

    static final int MAX_NAME = 255;

    private TarNames() {}

    /// The path in `raw`, relative whether or not it began with `/`.
    ///
    /// @param what it is the name of, for the message
    /// @throws MalformedLayer if `raw` leads out of the root or can be no path on Linux
    static TreePath path(String raw, String what) {
        if (raw.length() > MAX_PATH + 2) {
            throw new MalformedLayer(
                    what + " has a path of " + raw.length() + " bytes; 4095 is the most");
        }
        int depth = 0;
        int start = 0;
        int length = raw.length();
        while (start <= length) {
            int end = raw.indexOf('/', start);
            if (end < 0) {
                end = length;
            }
            int size = end - start;
            if (size > MAX_NAME) {
                throw new MalformedLayer(
                        what + " has a name of " + size + " bytes; 255 is the most");
            }
            if (size == 2 && raw.charAt(start) == '.' && raw.charAt(start + 1) == '.') {
                if (--depth < 0) {
                    throw new MalformedLayer(what + " leads out of the root by \"..\"");
                }
            } else if (size > 1 || (size == 1 && raw.charAt(start) != '.')) {
                depth++;
            }
            start = end + 1;
        }
        if (raw.indexOf(0) >= 0) {
            throw new MalformedLayer(what + " has a NUL in its name");
        }
        return TreePath.clean(raw);
    }

    /// A name for messages: in quotes, on one line, not too long.
    static String shown(String raw) {
        return Quote.go(TreePath.text(raw), 200);
    }
}
