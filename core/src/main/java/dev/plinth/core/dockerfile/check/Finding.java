package dev.plinth.core.dockerfile.check;

import dev.plinth.core.dockerfile.Place;

/// One place where a rule is not followed.
///
/// @param message what is wrong there
public record Finding(Rule rule, Place place, String message) {
    /// One line for a list of warnings: `StageNameCasing: Stage name 'A' should be lowercase (line
    /// 2)`.
    @Override
    public String toString() {
        return rule.title() + ": " + message + " (line " + place.firstLine() + ")";
    }
}
