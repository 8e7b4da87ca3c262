package dev.plinth.core.oci;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// What this machine is, in Go's names.
final class HostProcessor {
    private static final int FIRST_PROCESSOR = 16 * 1024;

    private HostProcessor() {}

    /// Without the level of an amd64 processor; see [#amd64Level].
    static Platform platform() {
        String os = os(System.getProperty("os.name", ""));
        String architecture = architecture(System.getProperty("os.arch", ""));
        return new Platform(
                os, architecture, architecture.equals("arm") ? armVariant(cpuInfo(os)) : "");
    }

    /// The platform with the level of an amd64 processor: the newest images this machine can run.
    static Platform platformWithLevel() {
        Platform host = Platform.host();
        return host.architecture().equals("amd64")
                ? new Platform(host.os(), "amd64", amd64Level(cpuInfo(host.os())))
                : host;
    }

    private static String os(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("mac")) {
            return "darwin";
        }
        if (lower.startsWith("windows")) {
            return "windows";
        }
        return lower.startsWith("sunos") ? "solaris" : lower.replace(" ", "");
    }

    private static String architecture(String name) {
        return switch (name) {
            case "x86", "i386", "i486", "i586", "i686" -> "386";
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            case "loongarch64" -> "loong64";
            default -> name;
        };
    }

    /// The levels of the x86-64 psABI, told by the names Linux gives their features. Empty where
    /// the level is not known to be above the first, which is how the first is written.
    static String amd64Level(String cpuInfo) {
        String flags = " " + field(cpuInfo, "flags") + " ";
        String level = "";
        if (hasAll(flags, "cx16", "lahf_lm", "popcnt", "pni", "sse4_1", "sse4_2", "ssse3")) {
            level = "v2";
            if (hasAll(
                    flags, "avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave")) {
                level = "v3";
                if (hasAll(flags, "avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl")) {
                    level = "v4";
                }
            }
        }
        return level;
    }

    static String armVariant(String cpuInfo) {
        String architecture = field(cpuInfo, "CPU architecture").toLowerCase(Locale.ROOT);
        String model = field(cpuInfo, "model name").toLowerCase(Locale.ROOT);
        if (architecture.startsWith("7") && model.startsWith("armv6-compatible")) {
            return "v6"; // the first Raspberry Pi, whose kernel says 7
        }
        if (architecture.equals("aarch64")) {
            return "v8";
        }
        return architecture.isEmpty()
                        || architecture.charAt(0) < '5'
                        || architecture.charAt(0) > '8'
                ? "v7"
                : "v" + architecture.charAt(0);
    }

    private static boolean hasAll(String flags, String... wanted) {
        for (String flag : wanted) {
            if (!flags.contains(" " + flag + " ")) {
                return false;
            }
        }
        return true;
    }

    /// The first value under this name, or the empty string.
    private static String field(String cpuInfo, String name) {
        for (String line : cpuInfo.lines().toList()) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).strip().equalsIgnoreCase(name)) {
                return line.substring(colon + 1).strip();
            }
        }
        return "";
    }

    /// The start of `/proc/cpuinfo`, which tells of the first processor; empty where there is none.
    private static String cpuInfo(String os) {
        if (!os.equals("linux")) {
            return "";
        }
        try (InputStream in = Files.newInputStream(Path.of("/proc/cpuinfo"))) {
            return new String(in.readNBytes(FIRST_PROCESSOR), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return ""; // the lowest level is the safe answer
        }
    }
}
