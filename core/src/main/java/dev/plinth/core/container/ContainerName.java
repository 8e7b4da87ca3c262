package dev.plinth.core.container;

import org.jspecify.annotations.Nullable;

/// The name a user gives a container: a letter or digit, then at least one more character out of
/// letters, digits, `_`, `.` and `-`.
public record ContainerName(String text) {
    /// The most bytes a file name may have; a name is kept as one.
    private static final int MOST = 255;

    /// Throws [InvalidContainerName] for what is not of that form.
    public ContainerName {
        if (!isName(text) || text.length() > MOST) {
            throw new InvalidContainerName(text);
        }
    }

    /// The name in a text that may have the slash before it that Docker's API writes.
    public static ContainerName parse(String text) {
        return new ContainerName(text.startsWith("/") ? text.substring(1) : text);
    }

    /// Whether the text obeys the grammar that names of containers and volumes share.
    static boolean isName(String text) {
        if (text.length() < 2 || !isAlphanumeric(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isAlphanumeric(c) && c != '_' && c != '.' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    // By hand, as the ones of records are made at run time: see docs/decisions/cold-start.md.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ContainerName name && text.equals(name.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
