package dev.plinth.core.oci;

import dev.plinth.core.error.Quote;
import dev.plinth.core.json.JsonObject;
import dev.plinth.core.json.JsonText;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The operating system and processor an image is for, in Go's names: `linux`, `amd64`, variant
/// `v3`.
///
/// What is not said is empty. See [Platform](
/// https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md).
public record Platform(
        String os, String architecture, String variant, String osVersion, List<String> osFeatures) {
    private static final int LONGEST_PART = 128;
    private static final int MOST_FEATURES = 64;

    /// @throws InvalidPlatform if a part is longer than 128 characters, or has a character that is
    ///   not printable ASCII, or a slash
    public Platform {
        check("os", os);
        check("architecture", architecture);
        check("variant", variant);
        check("os.version", osVersion);
        osFeatures = List.copyOf(osFeatures);
        if (osFeatures.size() > MOST_FEATURES) {
            throw new InvalidPlatform(
                    "", "platform has more than " + MOST_FEATURES + " os.features");
        }
        for (String feature : osFeatures) {
            check("os.features", feature);
        }
    }

    public Platform(String os, String architecture) {
        this(os, architecture, "");
    }

    public Platform(String os, String architecture, String variant) {
        this(os, architecture, variant, "", List.of());
    }

    /// The platform of this machine, which images made here are for. The variant is said for 32-bit
    /// ARM only: on other machines it would make images differ by the processor they were made on.
    public static Platform host() {
        return Host.PLATFORM;
    }

    /// The platform a user names: `os`, `architecture`, or
    /// `os[(version+feature)]/architecture[/variant]`, in any case and with names such as `x86_64`
    /// and `macos`. What is left out is the host's.
    ///
    /// @throws InvalidPlatform with containerd's text
    public static Platform parse(String specifier) {
        return PlatformSpecifier.parse(specifier, host());
    }

    /// As [#parse(String)], with what is left out taken from `host`.
    public static Platform parse(String specifier, Platform host) {
        return PlatformSpecifier.parse(specifier, host);
    }

    /// The platform in an object of an image index or of an image config.
    static Platform from(JsonObject object) {
        try {
            return new Platform(
                    object.stringOrEmpty("os"),
                    object.stringOrEmpty("architecture"),
                    object.stringOrEmpty("variant"),
                    object.stringOrEmpty("os.version"),
                    object.strings("os.features"));
        } catch (InvalidPlatform e) {
            throw object.malformed("", e.getMessage());
        }
    }

    /// The fields, into an object that is open.
    void writeFields(JsonText json) {
        json.field("architecture", architecture)
                .field("os", os)
                .fieldUnlessEmpty("os.version", osVersion)
                .fieldUnlessEmpty("os.features", osFeatures)
                .fieldUnlessEmpty("variant", variant);
    }

    /// The same platform in Go's names and in the shortest form: `aarch64` and `arm64/v8` become
    /// `arm64`, `armhf` becomes `arm/v7`, and so does `arm`.
    public Platform normalized() {
        String system = os.isEmpty() ? host().os : os.toLowerCase(Locale.ROOT);
        String processor = architecture.toLowerCase(Locale.ROOT);
        String level = variant.toLowerCase(Locale.ROOT);
        if (system.equals("macos")) {
            system = "darwin";
        }
        switch (processor) {
            case "i386" -> {
                processor = "386";
                level = "";
            }
            case "x86_64", "x86-64", "amd64" -> {
                processor = "amd64";
                level = level.equals("v1") ? "" : level;
            }
            case "aarch64", "arm64" -> {
                processor = "arm64";
                level = level.equals("8") || level.equals("v8") ? "" : level;
            }
            case "armhf" -> {
                processor = "arm";
                level = "v7";
            }
            case "armel" -> {
                processor = "arm";
                level = "v6";
            }
            case "arm" ->
                    level =
                            switch (level) {
                                case "", "7" -> "v7";
                                case "5", "6", "8" -> "v" + level;
                                default -> level;
                            };
            default -> {}
        }
        return new Platform(
                system,
                processor,
                level,
                osVersion,
                osFeatures.stream().sorted().distinct().toList());
    }

    /// `os/architecture[/variant]`, or `unknown` where no operating system is said.
    @Override
    public String toString() {
        return os.isEmpty() ? "unknown" : withSlashes(os);
    }

    /// As [#toString], with the version and features of the operating system:
    /// `windows(10.0.17763+win32k)/amd64`.
    public String toLongString() {
        if (os.isEmpty() || (osVersion.isEmpty() && osFeatures.isEmpty())) {
            return toString();
        }
        StringBuilder out = new StringBuilder(os).append('(');
        out.append(PlatformSpecifier.encode(osVersion));
        for (String feature : new TreeSet<>(osFeatures)) {
            out.append('+').append(PlatformSpecifier.encode(feature));
        }
        return withSlashes(out.append(')').toString());
    }

    // By hand for a faster start, as in Digest.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Platform that
                && os.equals(that.os)
                && architecture.equals(that.architecture)
                && variant.equals(that.variant)
                && osVersion.equals(that.osVersion)
                && osFeatures.equals(that.osFeatures);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * os.hashCode() + architecture.hashCode()) + variant.hashCode();
    }

    private String withSlashes(String start) {
        return start
                + (architecture.isEmpty() ? "" : "/" + architecture)
                + (variant.isEmpty() ? "" : "/" + variant);
    }

    private static void check(String field, String part) {
        if (part.length() > LONGEST_PART) {
            throw new InvalidPlatform(
                    part, "platform: " + field + " is longer than " + LONGEST_PART + " characters");
        }
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c < ' ' || c > '~' || c == '/') {
                throw new InvalidPlatform(
                        part,
                        "platform: "
                                + field
                                + " "
                                + Quote.go(part)
                                + " has a character that is not allowed");
            }
        }
    }

    /// Made when first asked for: it may read a file.
    private static final class Host {
        static final Platform PLATFORM = HostProcessor.platform();
    }
}
