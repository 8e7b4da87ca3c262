package dev.plinth.core.oci;

import dev.plinth.core.error.Quote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How users write platforms; the grammar and the texts are those of containerd.
final class PlatformSpecifier {
    private static final String PART = "^[A-Za-z0-9_.-]+$";
    private static final String OS_PART =
            "^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.%-]*)((?:\\+[A-Za-z0-9_.%-]+)*)\\))?$";
    private static final String INVALID = ": invalid argument";

    private PlatformSpecifier() {}

    static Platform parse(String specifier, Platform host) {
        if (specifier.indexOf('*') >= 0) {
            throw refuse(
                    specifier,
                    Quote.go(specifier, 200) + ": wildcards not yet supported" + INVALID);
        }
        List<String> parts = split(specifier);
        OsPart os = osPart(specifier, parts.get(0));
        for (String part : parts.subList(1, parts.size())) {
            if (part.isEmpty() || !consistsOf(part, "_.-")) {
                throw refuse(
                        specifier,
                        Quote.go(part, 200)
                                + " is an invalid component of "
                                + Quote.go(specifier, 200)
                                + ": platform specifier component must match "
                                + Quote.go(PART)
                                + INVALID);
            }
        }
        return switch (parts.size()) {
            case 1 -> oneWord(specifier, os, host);
            case 2 -> shortArm(os.with(parts.get(1), "").normalized());
            case 3 -> {
                Platform platform = os.with(parts.get(1), parts.get(2)).normalized();
                // The user said v8, so it stays; elsewhere arm64 means the same.
                yield platform.architecture().equals("arm64") && platform.variant().isEmpty()
                        ? os.with("arm64", "v8")
                        : platform;
            }
            default ->
                    throw refuse(
                            specifier,
                            Quote.go(specifier, 200)
                                    + ": cannot parse platform specifier"
                                    + INVALID);
        };
    }

    /// An operating system where the word is one, else an architecture.
    private static Platform oneWord(String specifier, OsPart os, Platform host) {
        if (isKnownOs(os.name)) {
            String variant =
                    host.architecture().equals("arm") && !host.variant().equals("v7")
                            ? host.variant()
                            : "";
            return os.with(host.architecture(), variant);
        }
        Platform platform = shortArm(new Platform(host.os(), specifier).normalized());
        if (isKnownArchitecture(platform.architecture())) {
            return platform;
        }
        throw refuse(
                specifier,
                Quote.go(specifier, 200) + ": unknown operating system or architecture" + INVALID);
    }

    /// `arm` means `arm/v7`, and is written without it unless the user says it.
    private static Platform shortArm(Platform platform) {
        return platform.architecture().equals("arm") && platform.variant().equals("v7")
                ? new Platform(
                        platform.os(), "arm", "", platform.osVersion(), platform.osFeatures())
                : platform;
    }

    private record OsPart(String name, String version, List<String> features) {
        Platform with(String architecture, String variant) {
            return new Platform(name, architecture, variant, version, features);
        }
    }

    private static OsPart osPart(String specifier, String part) {
        int open = part.indexOf('(');
        String name = open < 0 ? part : part.substring(0, open);
        String options = open < 0 ? ")" : part.substring(open + 1);
        boolean closed = !options.isEmpty() && options.indexOf(')') == options.length() - 1;
        if (name.isEmpty() || !consistsOf(name, "_-") || !closed) {
            throw invalidOs(specifier, part);
        }
        List<String> decoded = new ArrayList<>();
        if (open >= 0) {
            List<String> words = splitAt(options.substring(0, options.length() - 1), '+');
            for (String word : words) {
                boolean isFeature = !decoded.isEmpty();
                if (!consistsOf(word, "_.%-") || (isFeature && word.isEmpty())) {
                    throw invalidOs(specifier, part);
                }
                decoded.add(decode(specifier, isFeature ? "feature" : "version", word));
            }
        }
        String system = name.toLowerCase(Locale.ROOT);
        return new OsPart(
                system.equals("macos") ? "darwin" : system,
                decoded.isEmpty() ? "" : decoded.get(0),
                decoded.isEmpty() ? List.of() : decoded.subList(1, decoded.size()));
    }

    private static InvalidPlatform invalidOs(String specifier, String part) {
        return refuse(
                specifier,
                Quote.go(part, 200)
                        + " is an invalid OS component of "
                        + Quote.go(specifier, 200)
                        + ": OSAndVersion specifier component must match "
                        + Quote.go(OS_PART)
                        + INVALID);
    }

    /// The parts between slashes; a fifth and later ones stay in the fourth, which is too many
    /// anyway.
    private static List<String> split(String specifier) {
        List<String> parts = new ArrayList<>(4);
        int from = 0;
        for (int slash = specifier.indexOf('/');
                slash >= 0 && parts.size() < 3;
                slash = specifier.indexOf('/', from)) {
            parts.add(specifier.substring(from, slash));
            from = slash + 1;
        }
        parts.add(specifier.substring(from));
        return parts;
    }

    private static List<String> splitAt(String text, char separator) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            words.add(text.substring(from, at));
            from = at + 1;
        }
        words.add(text.substring(from));
        return words;
    }

    /// Undoes [#encode].
    private static String decode(String specifier, String what, String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                bytes[length++] = (byte) c;
                continue;
            }
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                throw refuse(
                        specifier,
                        Quote.go(specifier, 200)
                                + " has an invalid OS "
                                + what
                                + " "
                                + Quote.go(text, 200)
                                + ": invalid URL escape "
                                + Quote.go(text.substring(i, Math.min(i + 3, text.length()))));
            }
            bytes[length++] = (byte) (high * 16 + low);
            i += 2;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /// The characters that mean something in a specifier, as `%` and two hex digits.
    static String encode(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '%' -> out.append("%25");
                case '+' -> out.append("%2B");
                case '(' -> out.append("%28");
                case ')' -> out.append("%29");
                case '/' -> out.append("%2F");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean consistsOf(String text, String others) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphanumeric =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!alphanumeric && others.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static InvalidPlatform refuse(String specifier, String message) {
        return new InvalidPlatform(specifier, message);
    }

    private static boolean isKnownOs(String name) {
        return switch (name) {
            case "aix",
                    "android",
                    "darwin",
                    "dragonfly",
                    "freebsd",
                    "hurd",
                    "illumos",
                    "ios",
                    "js",
                    "linux",
                    "nacl",
                    "netbsd",
                    "openbsd",
                    "plan9",
                    "solaris",
                    "windows",
                    "zos" ->
                    true;
            default -> false;
        };
    }

    private static boolean isKnownArchitecture(String name) {
        return switch (name) {
            case "386",
                    "amd64",
                    "amd64p32",
                    "arm",
                    "armbe",
                    "arm64",
                    "arm64be",
                    "ppc64",
                    "ppc64le",
                    "loong64",
                    "mips",
                    "mipsle",
                    "mips64",
                    "mips64le",
                    "mips64p32",
                    "mips64p32le",
                    "ppc",
                    "riscv",
                    "riscv64",
                    "s390",
                    "s390x",
                    "sparc",
                    "sparc64",
                    "wasm" ->
                    true;
            default -> false;
        };
    }
}
