package dev.plinth.core.dockerfile;

/// Walks over the physical lines of a file.
final class Lines {
    /// A line, its line feed included, may not be longer (Go's bufio.MaxScanTokenSize).
    static final int LONGEST = 65536;

    private final SourceText source;
    private final byte[] bytes;
    private int from;
    private int to;
    private int number;

    /// @param start where the first line begins
    Lines(SourceText source, int start) {
        this.source = source;
        this.bytes = source.bytes();
        this.from = start;
        this.to = start;
    }

    /// Goes to the next line; false when there is none.
    ///
    /// @throws DockerfileException when it is too long or no text
    boolean next() {
        if (to == bytes.length) {
            return false;
        }
        from = to;
        number++;
        while (to < bytes.length && bytes[to] != '\n') {
            if (bytes[to] == 0) {
                throw new DockerfileException(
                        source,
                        source.place(number, number),
                        "dockerfile holds a zero byte on line " + number + ": it is no text file");
            }
            to++;
        }
        if (to < bytes.length) {
            to++;
        }
        int length = to - from;
        if (length > LONGEST || (length == LONGEST && bytes[to - 1] != '\n')) {
            throw new DockerfileException(
                    source,
                    source.place(number, number),
                    "dockerfile line greater than max allowed size of " + (LONGEST - 1));
        }
        return true;
    }

    /// The current line, counted from 1.
    int number() {
        return number;
    }

    /// The current line as it stands, its end included.
    String whole() {
        return ByteText.decode(bytes, from, to);
    }

    /// The current line without its end.
    String text() {
        int end = to;
        while (end > from && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        return ByteText.decode(bytes, from, end);
    }
}
