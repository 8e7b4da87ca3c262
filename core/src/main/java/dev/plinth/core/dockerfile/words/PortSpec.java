package dev.plinth.core.dockerfile.words;

import dev.plinth.core.error.Quoted;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One word of EXPOSE: a port or a range of ports, and a protocol.
///
/// @param first the first port
/// @param last the last port
/// @param protocol `tcp`, `udp` or `sctp`
/// @param writtenProtocol the protocol as it was written; `tcp` when it was not
/// @param bound whether an address or a port of the host stood before the port, which means nothing
///   here
public record PortSpec(
        int first, int last, String protocol, String writtenProtocol, boolean bound) {
    private static final int HIGHEST = 65535;

    /// The ports that `word`, with its variables replaced, says.
    ///
    /// @throws WordException when it says none
    public static PortSpec parse(String word) {
        int slash = word.indexOf('/');
        String ports = slash < 0 ? word : word.substring(0, slash);
        String protocol = slash < 0 ? "" : word.substring(slash + 1);
        int colon = ports.lastIndexOf(':');
        String inside = ports.substring(colon + 1);
        String before = colon < 0 ? "" : ports.substring(0, colon);
        int secondColon = before.lastIndexOf(':');
        String address = secondColon < 0 ? "" : before.substring(0, secondColon);
        String outside = before.substring(secondColon + 1);
        if (!address.isEmpty() && !isAddress(address)) {
            throw new WordException("invalid IP address: " + address);
        }
        if (inside.isEmpty()) {
            throw new WordException("invalid port: " + Quoted.of(word) + ": no port specified");
        }
        int[] range = range(inside);
        if (range == null) {
            throw new WordException("invalid containerPort: " + inside);
        }
        if (!outside.isEmpty()) {
            checkOutside(outside, inside, range);
        }
        String written = protocol.isEmpty() ? "tcp" : protocol;
        String lower = written.toLowerCase(Locale.ROOT);
        if (!lower.equals("tcp") && !lower.equals("udp") && !lower.equals("sctp")) {
            throw new WordException(
                    "invalid port: " + Quoted.of(word) + ": invalid proto: " + protocol);
        }
        return new PortSpec(range[0], range[1], lower, written, !before.isEmpty());
    }

    /// Each port with its protocol, as an image's config names them: `80/tcp`.
    public List<String> names() {
        List<String> names = new ArrayList<>(last - first + 1);
        for (int port = first; port <= last; port++) {
            names.add(port + "/" + protocol);
        }
        return names;
    }

    private static void checkOutside(String outside, String inside, int[] range) {
        int[] host = range(outside);
        if (host == null) {
            throw new WordException("invalid hostPort: " + outside);
        }
        if (range[1] != range[0] && range[1] - range[0] != host[1] - host[0]) {
            throw new WordException(
                    "invalid ranges specified for container and host Ports: "
                            + inside
                            + " and "
                            + outside);
        }
    }

    /// The two ends of `80` or `80-90`; null when it is neither.
    private static int @Nullable [] range(String text) {
        int dash = text.indexOf('-');
        int first = port(dash < 0 ? text : text.substring(0, dash));
        int last = dash < 0 ? first : port(text.substring(dash + 1));
        return first < 0 || last < first ? null : new int[] {first, last};
    }

    private static int port(String text) {
        String digits = text.startsWith("+") ? text.substring(1) : text;
        if (digits.isEmpty() || digits.length() > 32) {
            return -1;
        }
        int port = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            port = port * 10 + (c - '0');
            if (port > HIGHEST) {
                return -1;
            }
        }
        return port;
    }

    private static boolean isAddress(String text) {
        try {
            InetAddress.ofLiteral(
                    text.startsWith("[") && text.endsWith("]")
                            ? text.substring(1, text.length() - 1)
                            : text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
