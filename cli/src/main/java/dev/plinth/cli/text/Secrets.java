package dev.plinth.cli.text;

/// Keeps passwords out of what is shown and kept.
public final class Secrets {
    private Secrets() {}

    /// The text without the user names and passwords of URLs.
    public static String hidden(String text) {
        StringBuilder out = null;
        int copied = 0;
        for (int scheme; (scheme = text.indexOf("://", copied)) >= 0; ) {
            int start = scheme + 3;
            int end = start;
            int at = -1;
            while (end < text.length() && " /?#\"'\n".indexOf(text.charAt(end)) < 0) {
                at = text.charAt(end) == '@' ? end : at;
                end++;
            }
            out = out == null ? new StringBuilder(text.length()) : out;
            out.append(text, copied, start).append(at < 0 ? "" : "xxxxx");
            copied = at < 0 ? start : at;
        }
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }
}
