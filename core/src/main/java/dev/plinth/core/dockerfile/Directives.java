package dev.plinth.core.dockerfile;

import java.util.Optional;

/// What the comments at the top of a Dockerfile tell its reader.
///
/// @param syntax the frontend that is to read the file
/// @param escape the escape character, a backslash when not said
/// @param check the options of `build --check`
public record Directives(Optional<Directive> syntax, char escape, Optional<Directive> check) {
    /// @param value what stands behind the equals sign
    /// @param place its line
    public record Directive(String value, Place place) {}
}
