package dev.plinth.core.dockerfile;

/// A file as it was read, kept for showing the lines a message speaks of.
public final class SourceText {
    private final String name;
    private final byte[] bytes;

    /// @param name the name the user knows the file by
    /// @param bytes its content, which the caller no longer changes
    public SourceText(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    public String name() {
        return name;
    }

    /// The place of some of its lines.
    public Place place(int firstLine, int lastLine) {
        return new Place(name, firstLine, Math.max(firstLine, lastLine));
    }

    /// The lines around a place, with `>>>` before those that belong to it; what the user sees above
    /// an error message:
    ///
    ///     Dockerfile:2
    ///     --------------------
    ///        1 |     FROM scratch
    ///        2 | >>> COPPY hello /
    ///        3 |
    ///     --------------------
    ///
    /// Two lines are shown on each side of a single line, one on each side of several; more when the
    /// file begins or ends there. Every line ends with a line feed. Empty when the place is not in
    /// this file. A control character is shown as `?`, so that no file can command a terminal, and a
    /// line is cut at 1,024 characters.
    public String excerpt(Place place) {
        return SourceExcerpt.of(this, place);
    }

    byte[] bytes() {
        return bytes;
    }
}
