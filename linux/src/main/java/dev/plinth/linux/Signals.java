package dev.plinth.linux;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// Names and numbers of signals on Linux, the same on every architecture Plinth knows, with the
/// names Docker accepts. Makes no system calls.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/signal.7.html">signal(7)</a>
public final class Signals {
    public static final int HUP = 1;
    public static final int INT = 2;
    public static final int QUIT = 3;
    public static final int KILL = 9;
    public static final int USR1 = 10;
    public static final int TERM = 15;
    public static final int CONT = 18;
    public static final int STOP = 19;
    public static final int WINCH = 28;

    /// The real-time signals a program may use; the C library keeps 32 and 33 for itself.
    public static final int RTMIN = 34;

    public static final int RTMAX = 64;

    // The position is the number.
    private static final String[] NAMES =
            (". HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT"
                            + " STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS")
                    .split(" ");

    private Signals() {}

    /// The number of a signal given as people write it: `KILL`, `SIGKILL`, `sigkill`, `9`,
    /// `RTMIN+3`. Empty if there is no such signal.
    public static OptionalInt number(String signal) {
        if (!signal.isEmpty() && signal.charAt(0) >= '0' && signal.charAt(0) <= '9') {
            return inRange(decimal(signal), 1, RTMAX);
        }
        String name = signal.toUpperCase(Locale.ROOT);
        if (name.startsWith("SIG")) {
            name = name.substring(3);
        }
        if (name.startsWith("RTMIN")) {
            return realTime(RTMIN, '+', name.substring(5));
        }
        if (name.startsWith("RTMAX")) {
            return realTime(RTMAX, '-', name.substring(5));
        }
        String known =
                switch (name) {
                    case "CLD" -> "CHLD";
                    case "IOT" -> "ABRT";
                    case "POLL" -> "IO";
                    default -> name;
                };
        for (int number = 1; number < NAMES.length; number++) {
            if (NAMES[number].equals(known)) {
                return OptionalInt.of(number);
            }
        }
        return OptionalInt.empty();
    }

    /// The name of a signal without `SIG`, if it has one.
    public static Optional<String> name(int number) {
        if (number >= 1 && number < NAMES.length) {
            return Optional.of(NAMES[number]);
        }
        if (number < RTMIN || number > RTMAX) {
            return Optional.empty();
        }
        // Docker's and the shell's names: the nearer end counts.
        int above = number - RTMIN;
        int below = RTMAX - number;
        if (above < below || above == below) {
            return Optional.of(above == 0 ? "RTMIN" : "RTMIN+" + above);
        }
        return Optional.of(below == 0 ? "RTMAX" : "RTMAX-" + below);
    }

    private static OptionalInt realTime(int base, char sign, String rest) {
        if (rest.isEmpty()) {
            return OptionalInt.of(base);
        }
        if (rest.charAt(0) != sign) {
            return OptionalInt.empty();
        }
        int distance = decimal(rest.substring(1));
        // RTMIN+1 to +15 and RTMAX-14 to -1, so that each signal has one name.
        int most = base == RTMIN ? 15 : 14;
        if (distance < 1 || distance > most) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(base == RTMIN ? base + distance : base - distance);
    }

    private static OptionalInt inRange(int number, int least, int most) {
        return number >= least && number <= most ? OptionalInt.of(number) : OptionalInt.empty();
    }

    /// At most three digits as a number, otherwise −1.
    private static int decimal(String digits) {
        if (digits.isEmpty() || digits.length() > 3) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
