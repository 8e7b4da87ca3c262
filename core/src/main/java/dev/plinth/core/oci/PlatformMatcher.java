package dev.plinth.core.oci;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Chooses among the images of an index those that run on a platform, the best first.
///
/// The order is containerd's: the platform itself, then older variants (`arm/v7` before `arm/v6`;
/// `arm64/v9` before `arm64/v8.5`; `amd64/v3` before `amd64`), then the 32-bit sibling (`386` on
/// `amd64`, `arm` on `arm64`).
public final class PlatformMatcher {
    private final List<Platform> wanted;

    private PlatformMatcher(List<Platform> wanted) {
        this.wanted = List.copyOf(wanted);
    }

    /// Matches what runs on the platform.
    public static PlatformMatcher of(Platform platform) {
        List<Platform> wanted = new ArrayList<>();
        addWithPredecessors(wanted, platform.normalized());
        wanted.replaceAll(Platform::normalized); // arm64/v8 became arm64, and there may be an arm/8
        return new PlatformMatcher(wanted);
    }

    /// Matches the platform and nothing else.
    public static PlatformMatcher exactly(Platform platform) {
        return new PlatformMatcher(List.of(platform.normalized()));
    }

    /// Matches what runs on this machine.
    public static PlatformMatcher ofHost() {
        return of(HostProcessor.platformWithLevel());
    }

    public boolean matches(Platform platform) {
        return rank(platform) >= 0;
    }

    /// How good a match is: 0 is the best, and -1 is none.
    public int rank(Platform platform) {
        Platform candidate = platform.normalized();
        for (int i = 0; i < wanted.size(); i++) {
            if (matches(wanted.get(i), candidate)) {
                return i;
            }
        }
        return -1;
    }

    /// The best of the manifests, the first of several that are equally good. A manifest without a
    /// platform, or for `unknown/unknown` as attestations are, matches nothing.
    public Optional<Descriptor> best(List<Descriptor> manifests) {
        Optional<Descriptor> best = Optional.empty();
        int bestRank = Integer.MAX_VALUE;
        for (Descriptor manifest : manifests) {
            int rank = manifest.platform().isPresent() ? rank(manifest.platform().get()) : -1;
            if (rank >= 0 && rank < bestRank) {
                best = Optional.of(manifest);
                bestRank = rank;
            }
        }
        return best;
    }

    private static boolean matches(Platform wanted, Platform candidate) {
        return wanted.os().equals(candidate.os())
                && wanted.architecture().equals(candidate.architecture())
                && wanted.variant().equals(candidate.variant())
                && (!wanted.os().equals("windows") || windowsRuns(wanted, candidate))
                && wanted.osFeatures().containsAll(candidate.osFeatures());
    }

    /// Windows runs images of its own build; where a version is not said, any.
    private static boolean windowsRuns(Platform wanted, Platform candidate) {
        return wanted.osVersion().isEmpty()
                || candidate.osVersion().isEmpty()
                || build(wanted.osVersion()).equals(build(candidate.osVersion()));
    }

    /// The first three numbers of a version.
    private static String build(String version) {
        int end = -1;
        for (int dots = 0; dots < 3; dots++) {
            end = version.indexOf('.', end + 1);
            if (end < 0) {
                return version;
            }
        }
        return version.substring(0, end);
    }

    private static void addWithPredecessors(List<Platform> wanted, Platform platform) {
        wanted.add(platform);
        switch (platform.architecture()) {
            case "amd64" -> {
                for (int level = version(platform.variant()) - 1; level >= 1; level--) {
                    wanted.add(with(platform, "amd64", "v" + level));
                }
                wanted.add(with(platform, "386", ""));
            }
            case "arm" -> {
                for (int version = version(platform.variant()) - 1; version >= 5; version--) {
                    wanted.add(with(platform, "arm", "v" + version));
                }
            }
            case "arm64" -> addArm64Predecessors(wanted, platform);
            default -> {}
        }
    }

    private static void addArm64Predecessors(List<Platform> wanted, Platform platform) {
        String variant = platform.variant().isEmpty() ? "v8" : platform.variant();
        int dot = variant.indexOf('.');
        int major = version(dot < 0 ? variant : variant.substring(0, dot));
        int minor = dot < 0 ? 0 : Math.max(0, version(variant.substring(dot + 1)));
        if (major == 9) {
            addMinors(wanted, platform, 9, minor - 1);
            // Armv9.0 was made from Armv8.5, so that 9.x runs what 8.(x+5) does.
            addMinors(wanted, platform, 8, minor + 5);
        } else if (major == 8) {
            addMinors(wanted, platform, 8, minor - 1);
        }
        boolean known = dot >= 0 && (major == 8 || major == 9);
        addWithPredecessors(wanted, with(platform, "arm", known ? "v8" : variant));
    }

    private static void addMinors(List<Platform> wanted, Platform platform, int major, int from) {
        for (int minor = from; minor >= 0; minor--) {
            wanted.add(with(platform, "arm64", "v" + major + (minor == 0 ? "" : "." + minor)));
        }
    }

    private static Platform with(Platform platform, String architecture, String variant) {
        return new Platform(
                platform.os(), architecture, variant, platform.osVersion(), platform.osFeatures());
    }

    /// The number of at most two digits in `v8` or `8`, or -1: more digits mean no processor, and
    /// its predecessors would be many.
    private static int version(String variant) {
        int at = variant.startsWith("v") ? 1 : 0;
        int digits = variant.length() - at;
        if (digits < 1 || digits > 2) {
            return -1;
        }
        int number = 0;
        for (; at < variant.length(); at++) {
            char c = variant.charAt(at);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }
}
