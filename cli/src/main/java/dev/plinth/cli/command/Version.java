package dev.plinth.cli.command;

import java.util.Locale;

/// This program's version, and what it runs on in the words of image platforms.
public final class Version {
    /// The same as the project's in pom.xml, which a test holds.
    public static final String NUMBER = "0.1.0";

    private Version() {}

    static String os() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return "darwin";
        }
        return name.startsWith("windows") ? "windows" : name;
    }

    static String arch() {
        String arch = System.getProperty("os.arch");
        return switch (arch) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> arch;
        };
    }
}
