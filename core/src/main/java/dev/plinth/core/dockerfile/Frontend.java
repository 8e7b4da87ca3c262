package dev.plinth.core.dockerfile;

import dev.plinth.core.dockerfile.words.Spaces;

/// The program that a file asks to be read by, `# syntax=docker/dockerfile:1`.
///
/// @param image the name of its image
/// @param arguments what stands behind the name
public record Frontend(String image, String arguments) {
    /// The frontend that the value of the directive, or of the build argument `BUILDKIT_SYNTAX`,
    /// names.
    public static Frontend parse(String value) {
        String trimmed = Spaces.trim(value);
        int end = 0;
        while (end < trimmed.length() && !Spaces.isSpace(trimmed.charAt(end))) {
            end++;
        }
        return new Frontend(trimmed.substring(0, end), Spaces.trim(trimmed.substring(end)));
    }

    /// Whether it is the Dockerfile language of any version, which this package reads;
    /// `dockerfile.v0` is BuildKit's name for its own reader.
    public boolean isBuiltIn() {
        if (image.equals("dockerfile.v0")) {
            return true;
        }
        String name = image.startsWith("docker.io/") ? image.substring(10) : image;
        int digest = name.indexOf('@');
        name = digest < 0 ? name : name.substring(0, digest);
        int tag = name.indexOf(':');
        name = tag < 0 ? name : name.substring(0, tag);
        return name.equals("docker/dockerfile") || name.equals("docker/dockerfile-upstream");
    }
}
