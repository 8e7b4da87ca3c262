package dev.plinth.core.dockerfile;

import java.util.List;
import java.util.Optional;

/// One stage: a FROM and the instructions up to the next.
///
/// @param from its first line
/// @param instructions the others, in order
public record Stage(From from, List<Instruction> instructions) {
    public Stage {
        instructions = List.copyOf(instructions);
    }

    /// The line that begins a stage.
    ///
    /// @param origin how it was written
    /// @param base what to begin with: a stage, a named context, `scratch` or an image, with
    ///   variables
    /// @param platform the value of `--platform`, with variables
    /// @param name the name that `AS` gives, in small letters, without variables
    /// @param as how the name was written; empty when there is none
    /// @param description the comment above that begins with the name, without the name
    public record From(
            Origin origin,
            String base,
            Optional<String> platform,
            Optional<String> name,
            Optional<As> as,
            Optional<String> description) {
        /// What stands behind the base: `AS name`, letters as they were written.
        public record As(String keyword, String name) {}

        public Place place() {
            return origin.place();
        }
    }
}
