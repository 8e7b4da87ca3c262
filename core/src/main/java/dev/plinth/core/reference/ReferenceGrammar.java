package dev.plinth.core.reference;

/// The parts of a reference, told by hand because it happens in every command:
///
/// ```
/// reference      = name [ ":" tag ] [ "@" digest ]
/// name           = [ domain "/" ] path
/// domain         = ( label *( "." label ) / "[" IPv6 address "]" ) [ ":" 1*digit ]
/// label          = letters, digits and, inside, hyphens
/// path           = component *( "/" component )
/// component      = alphanumeric *( separator alphanumeric )     ; lower case
/// separator      = "." / "_" / "__" / 1*"-"
/// tag            = word character, then at most 127 of them, "." or "-"
/// digest         = algorithm ":" 32*hex digit
/// ```
///
/// Every method looks at each character once.
final class ReferenceGrammar {
    private static final int LONGEST_TAG = 128;
    private static final int SHORTEST_HASH = 32;

    private ReferenceGrammar() {}

    static boolean isDomain(String text) {
        int end = text.startsWith("[") ? endOfIpv6(text) : endOfLabels(text);
        if (end < 0) {
            return false;
        }
        if (end == text.length()) {
            return true;
        }
        return text.charAt(end) == ':' && isDigits(text, end + 1);
    }

    /// Past the bracket that closes an address; -1 where there is none.
    private static int endOfIpv6(String text) {
        int at = 1;
        while (at < text.length() && (isHex(text.charAt(at)) || text.charAt(at) == ':')) {
            at++;
        }
        return at > 1 && at < text.length() && text.charAt(at) == ']' ? at + 1 : -1;
    }

    /// Past the last label; -1 where a label is empty or starts or ends with a hyphen.
    private static int endOfLabels(String text) {
        int at = 0;
        while (true) {
            int start = at;
            while (at < text.length()
                    && (isAlphanumeric(text.charAt(at)) || text.charAt(at) == '-')) {
                at++;
            }
            if (at == start || text.charAt(start) == '-' || text.charAt(at - 1) == '-') {
                return -1;
            }
            if (at == text.length() || text.charAt(at) != '.') {
                return at;
            }
            at++;
        }
    }

    static boolean isPath(String text) {
        int at = 0;
        while (true) {
            at = endOfComponent(text, at);
            if (at < 0) {
                return false;
            }
            if (at == text.length()) {
                return true;
            }
            at++;
        }
    }

    /// The end of a path component, at a slash or at the end of the text; -1 where there is none.
    private static int endOfComponent(String text, int from) {
        int at = from;
        while (true) {
            int start = at;
            while (at < text.length() && isLowerAlphanumeric(text.charAt(at))) {
                at++;
            }
            if (at == start) {
                return -1;
            }
            if (at == text.length() || text.charAt(at) == '/') {
                return at;
            }
            at = endOfSeparator(text, at);
            if (at < 0) {
                return -1;
            }
        }
    }

    private static int endOfSeparator(String text, int from) {
        return switch (text.charAt(from)) {
            case '.' -> from + 1;
            case '_' -> text.startsWith("__", from) ? from + 2 : from + 1;
            case '-' -> {
                int at = from + 1;
                while (at < text.length() && text.charAt(at) == '-') {
                    at++;
                }
                yield at;
            }
            default -> -1;
        };
    }

    static boolean isTag(String text) {
        if (text.isEmpty() || text.length() > LONGEST_TAG || !isWord(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isWord(c) && c != '.' && c != '-') {
                return false;
            }
        }
        return true;
    }

    /// Whether the text has the form of a digest here, which is looser than what a digest must be.
    static boolean isDigestShaped(String text) {
        int colon = text.indexOf(':');
        if (colon < 0 || text.length() - colon - 1 < SHORTEST_HASH) {
            return false;
        }
        boolean separated = true;
        for (int i = 0; i < colon; i++) {
            char c = text.charAt(i);
            if (separated ? !isLetter(c) : !isAlphanumeric(c) && "-_+.".indexOf(c) < 0) {
                return false;
            }
            separated = !isAlphanumeric(c);
        }
        if (separated) {
            return false;
        }
        for (int i = colon + 1; i < text.length(); i++) {
            if (!isHex(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigits(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return from < text.length();
    }

    private static boolean isWord(char c) {
        return isAlphanumeric(c) || c == '_';
    }

    private static boolean isAlphanumeric(char c) {
        return isLetter(c) || isDigit(c);
    }

    private static boolean isLowerAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || isDigit(c);
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
