package dev.plinth.core.dockerfile;

/// Some lines of a file.
///
/// @param file the name the user knows the file by
/// @param firstLine counted from 1
/// @param lastLine the last line that belongs to it, a heredoc's last line included
public record Place(String file, int firstLine, int lastLine) {
    public Place {
        if (firstLine < 1 || lastLine < firstLine) {
            throw new IllegalArgumentException("lines " + firstLine + " to " + lastLine);
        }
    }

    /// `Dockerfile:3`, as compilers say it.
    @Override
    public String toString() {
        return file + ":" + firstLine;
    }
}
