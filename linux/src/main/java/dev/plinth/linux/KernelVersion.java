package dev.plinth.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The version of a Linux kernel, ordered as versions are. Makes no system calls of its own.
///
/// Distributions number differently: `6.1.0-13-amd64` of Debian 12 is really 6.1.55. The numbers
/// are never higher than the truth, so a feature taken for absent may be there, not the reverse.
public record KernelVersion(int major, int minor, int patch) implements Comparable<KernelVersion> {
    /// The version of the running kernel.
    public static KernelVersion running() throws IOException {
        String release = Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip();
        return parse(release);
    }

    /// The numbers at the start of a release such as `6.18.44-fc-v657`; those that are missing are
    /// 0.
    ///
    /// @throws IllegalArgumentException if the release does not start with a number
    public static KernelVersion parse(String release) {
        int[] numbers = new int[3];
        int at = 0;
        for (int i = 0; i < numbers.length; i++) {
            int end = at;
            while (end < release.length() && isDigit(release.charAt(end))) {
                end++;
            }
            // More than nine digits are no version and would not fit.
            if (end == at || end - at > 9) {
                if (i == 0) {
                    throw new IllegalArgumentException("no kernel release: " + release);
                }
                break;
            }
            numbers[i] = Integer.parseInt(release, at, end, 10);
            if (end == release.length() || release.charAt(end) != '.') {
                break;
            }
            at = end + 1;
        }
        return new KernelVersion(numbers[0], numbers[1], numbers[2]);
    }

    /// True for this version and later ones.
    public boolean isAtLeast(int wantedMajor, int wantedMinor, int wantedPatch) {
        return compareTo(new KernelVersion(wantedMajor, wantedMinor, wantedPatch)) >= 0;
    }

    @Override
    public int compareTo(KernelVersion other) {
        int difference = Integer.compare(major, other.major);
        if (difference == 0) {
            difference = Integer.compare(minor, other.minor);
        }
        return difference != 0 ? difference : Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
