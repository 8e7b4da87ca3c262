package dev.plinth.core.build.plan;

/// Whether a source of ADD or COPY lies somewhere on a network.
enum RemoteSource {
    NONE,
    HTTP,
    GIT;

    static RemoteSource of(String source) {
        boolean http = source.startsWith("http://") || source.startsWith("https://");
        if (http) {
            return isRepository(source) ? GIT : HTTP;
        }
        if (source.startsWith("git://") || source.startsWith("ssh://") || isScp(source)) {
            return GIT;
        }
        return NONE;
    }

    /// Whether the path of a URL ends in `.git`, before a fragment or a query.
    private static boolean isRepository(String url) {
        int end = url.length();
        for (char c : new char[] {'#', '?'}) {
            int at = url.indexOf(c);
            end = at >= 0 && at < end ? at : end;
        }
        return url.startsWith(".git", end - 4);
    }

    /// Whether it is `user@host:path`, which git reads as an address for ssh.
    private static boolean isScp(String source) {
        int at = source.indexOf('@');
        int colon = source.indexOf(':', at);
        if (at <= 0 || colon <= at + 1) {
            return false;
        }
        for (int i = 0; i < colon; i++) {
            char c = source.charAt(i);
            boolean letter =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            boolean mark = c == '.' || c == '-' || (c == '_' && i < at) || i == at;
            if (!letter && !mark) {
                return false;
            }
        }
        return true;
    }
}
