package dev.plinth.linux;

/// How many characters fit on a terminal, each 0 (unknown) to 65535.
public record TerminalSize(int rows, int columns) {
    private static final int MOST = 0xffff;

    public TerminalSize {
        if (rows < 0 || rows > MOST || columns < 0 || columns > MOST) {
            throw new IllegalArgumentException("no terminal size: " + rows + " by " + columns);
        }
    }
}
