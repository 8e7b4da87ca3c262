package dev.plinth.core.container;

/// What network a container sees.
public sealed interface NetworkMode {
    /// A network namespace with nothing but a loopback interface.
    record None() implements NetworkMode {
        @Override
        public String text() {
            return "none";
        }
    }

    /// The network of the host itself.
    record Host() implements NetworkMode {
        @Override
        public String text() {
            return "host";
        }
    }

    /// The mode of that name.
    static NetworkMode parse(String text) {
        return switch (text) {
            case "", "default", "none" -> new None();
            case "host" -> new Host();
            default ->
                    throw new InvalidOption(
                            "--network "
                                    + text
                                    + " is not known: there are none (the default) and host");
        };
    }

    /// The name as a user writes it.
    String text();
}
