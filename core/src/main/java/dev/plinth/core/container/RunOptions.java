package dev.plinth.core.container;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a user asks of a new container beyond its image. What is absent comes from the image, or is
/// a default.
///
/// @param arguments what follows the image on the command line
/// @param entrypoint replaces that of the image and drops its command; an empty list means none
/// @param environment `NAME=value`, or a bare `NAME` to take a variable of the image away; later
///   ones win
/// @param openStdin whether there is a standard input that somebody may write to
/// @param removeOnExit whether the container goes when it has ended
public record RunOptions(
        Optional<ContainerName> name,
        List<String> arguments,
        Optional<List<String>> entrypoint,
        List<String> environment,
        Optional<String> user,
        Optional<String> workingDirectory,
        Optional<String> hostname,
        Optional<String> domainname,
        Optional<String> stopSignal,
        Map<String, String> labels,
        boolean terminal,
        boolean openStdin,
        boolean removeOnExit,
        HostOptions host) {

    public RunOptions {
        arguments = List.copyOf(arguments);
        entrypoint = entrypoint.map(List::copyOf);
        environment = List.copyOf(environment);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /// Options in the making; at first nothing is asked for.
    public static final class Builder {
        private Optional<ContainerName> name = Optional.empty();
        private List<String> arguments = List.of();
        private Optional<List<String>> entrypoint = Optional.empty();
        private final List<String> environment = new ArrayList<>();
        private Optional<String> user = Optional.empty();
        private Optional<String> workingDirectory = Optional.empty();
        private Optional<String> hostname = Optional.empty();
        private Optional<String> domainname = Optional.empty();
        private Optional<String> stopSignal = Optional.empty();
        private final Map<String, String> labels = new LinkedHashMap<>();
        private boolean terminal;
        private boolean openStdin;
        private boolean removeOnExit;
        private HostOptions host = HostOptions.DEFAULTS;

        public Builder() {}

        public Builder name(String name) {
            this.name = Optional.of(ContainerName.parse(name));
            return this;
        }

        public Builder arguments(List<String> arguments) {
            this.arguments = arguments;
            return this;
        }

        public Builder arguments(String... arguments) {
            return arguments(List.of(arguments));
        }

        /// The value of `--entrypoint`: one program, or the empty text for none.
        public Builder entrypoint(String program) {
            this.entrypoint = Optional.of(program.isEmpty() ? List.of() : List.of(program));
            return this;
        }

        /// One more variable; see [Environment] for the grammars users write them in.
        public Builder environment(String entry) {
            environment.add(entry);
            return this;
        }

        public Builder user(String user) {
            this.user = Optional.of(user);
            return this;
        }

        public Builder workingDirectory(String path) {
            this.workingDirectory = Optional.of(path);
            return this;
        }

        public Builder hostname(String hostname) {
            this.hostname = Optional.of(hostname);
            return this;
        }

        public Builder domainname(String domainname) {
            this.domainname = Optional.of(domainname);
            return this;
        }

        public Builder stopSignal(String signal) {
            this.stopSignal = Optional.of(signal);
            return this;
        }

        public Builder label(String key, String value) {
            labels.put(key, value);
            return this;
        }

        public Builder terminal(boolean terminal) {
            this.terminal = terminal;
            return this;
        }

        public Builder openStdin(boolean openStdin) {
            this.openStdin = openStdin;
            return this;
        }

        public Builder removeOnExit(boolean removeOnExit) {
            this.removeOnExit = removeOnExit;
            return this;
        }

        public Builder host(HostOptions host) {
            this.host = host;
            return this;
        }

        public RunOptions build() {
            return new RunOptions(
                    name,
                    arguments,
                    entrypoint,
                    environment,
                    user,
                    workingDirectory,
                    hostname,
                    domainname,
                    stopSignal,
                    labels,
                    terminal,
                    openStdin,
                    removeOnExit,
                    host);
        }
    }
}
