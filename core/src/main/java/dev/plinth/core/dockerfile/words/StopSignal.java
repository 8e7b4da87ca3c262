package dev.plinth.core.dockerfile.words;

import java.util.Locale;

/// Checks what STOPSIGNAL says: the name of a signal of Linux, with or without `SIG`, in whatever
/// case, or a number.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/signal.7.html">signal(7)</a>
public final class StopSignal {
    /// Signal 1 and the following ones, as x86 and ARM number them.
    private static final String NAMES =
            "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT"
                    + " STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS";

    private static final int FIRST_REAL_TIME = 34;
    private static final int LAST_REAL_TIME = 64;

    private StopSignal() {}

    /// The number of the signal that `text` says.
    ///
    /// @throws WordException when it says none
    public static int number(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        if (name.startsWith("SIG")) {
            name = name.substring(3);
        }
        int number = isNumber(text) ? Integer.parseInt(text) : named(name);
        if (number <= 0) {
            throw new WordException("invalid signal: " + text);
        }
        return number;
    }

    private static boolean isNumber(String text) {
        if (text.isEmpty() || text.length() > 9) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static int named(String name) {
        return switch (name) {
            case "IOT" -> 6;
            case "CLD" -> 17;
            case "POLL" -> 29;
            case "RTMIN" -> FIRST_REAL_TIME;
            case "RTMAX" -> LAST_REAL_TIME;
            default -> {
                if (name.startsWith("RTMIN+")) {
                    yield realTime(FIRST_REAL_TIME, 1, name.substring(6), 15);
                }
                if (name.startsWith("RTMAX-")) {
                    yield realTime(LAST_REAL_TIME, -1, name.substring(6), 14);
                }
                yield listed(name);
            }
        };
    }

    private static int listed(String name) {
        int number = 0;
        for (int from = 0; from < NAMES.length(); ) {
            int space = NAMES.indexOf(' ', from);
            int to = space < 0 ? NAMES.length() : space;
            number++;
            if (to - from == name.length() && NAMES.startsWith(name, from)) {
                return number;
            }
            from = to + 1;
        }
        return 0;
    }

    private static int realTime(int base, int direction, String distance, int farthest) {
        if (!isNumber(distance) || distance.length() > 2 || distance.startsWith("0")) {
            return 0;
        }
        int steps = Integer.parseInt(distance);
        return steps > farthest ? 0 : base + direction * steps;
    }
}
