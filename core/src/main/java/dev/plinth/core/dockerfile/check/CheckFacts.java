package dev.plinth.core.dockerfile.check;

import dev.plinth.core.dockerfile.ignore.IgnoreFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What some rules need to know beyond the text. Each answer has a default that makes the rules
/// which need it say nothing, so that a file can be checked alone.
public interface CheckFacts {
    /// Nothing is known but the text.
    CheckFacts NONE = new CheckFacts() {};

    /// The values of `--build-arg`.
    default Map<String, String> buildArguments() {
        return Map.of();
    }

    /// The arguments that every build has before its first FROM: `TARGETPLATFORM` and the like. A
    /// file that is checked alone is checked for Linux on amd64.
    default Map<String, String> platformArguments() {
        return Map.of(
                "BUILDPLATFORM", "linux/amd64",
                "BUILDOS", "linux",
                "BUILDARCH", "amd64",
                "TARGETPLATFORM", "linux/amd64",
                "TARGETOS", "linux",
                "TARGETARCH", "amd64",
                "TARGETSTAGE", "default");
    }

    /// Whether a name could be that of an image.
    default boolean isImageName(String name) {
        return true;
    }

    /// What a stage begins with when it begins with an image; empty when that is not known.
    ///
    /// @param base the name, with its variables replaced
    /// @param platform the platform that FROM asks for, with its variables replaced
    default Optional<Parent> parent(String base, Optional<String> platform) {
        return Optional.empty();
    }

    /// The rules of the ignore file that the build context has.
    default IgnoreFile ignoreFile() {
        return IgnoreFile.none();
    }

    /// Whether a stage is part of the build; of the others only the text is checked.
    ///
    /// @param stage counted from 0
    default boolean builds(int stage) {
        return true;
    }

    /// The image that a stage begins with.
    ///
    /// @param variables its ENV
    /// @param hasShell whether it sets a SHELL
    /// @param triggers its ONBUILD
    /// @param platform what it is for
    /// @param wanted what it was asked to be for
    record Parent(
            Map<String, String> variables,
            boolean hasShell,
            List<String> triggers,
            String platform,
            String wanted) {
        public Parent {
            triggers = List.copyOf(triggers);
        }
    }
}
