package dev.plinth.core.oci;

import dev.plinth.core.json.JsonObject;
import dev.plinth.core.json.JsonText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What to run in a container of an image, and how: the `config` of an [ImageConfig].
///
/// Empty texts, lists and maps are what is not said. `cmd`, `entrypoint` and `shell` tell "not
/// said" (`Optional.empty`, Docker prints `null`) from an empty list.
///
/// A build on top of an image starts from [#toBuilder], which keeps [#extra]: fields that are not
/// modelled here, such as the `Hostname` and `Tty` of images made by old Dockers, or what other
/// tools put there. They come last when the config is written, in the order they were read.
///
/// @param env `NAME=value`, in order
/// @param exposedPorts `80/tcp`
/// @param onBuild instructions for builds on top of this image
/// @param argsEscaped Windows: the first word of `cmd` is a whole command line
/// @param extra fields of other names
public record ContainerConfig(
        String user,
        SortedSet<String> exposedPorts,
        List<String> env,
        Optional<List<String>> entrypoint,
        Optional<List<String>> cmd,
        SortedSet<String> volumes,
        String workingDir,
        SortedMap<String, String> labels,
        String stopSignal,
        boolean argsEscaped,
        Optional<Healthcheck> healthcheck,
        List<String> onBuild,
        Optional<List<String>> shell,
        JsonObject extra) {
    private static final Set<String> MODELLED =
            Set.of(
                    "User",
                    "ExposedPorts",
                    "Env",
                    "Entrypoint",
                    "Cmd",
                    "Volumes",
                    "WorkingDir",
                    "Labels",
                    "StopSignal",
                    "ArgsEscaped",
                    "Healthcheck",
                    "OnBuild",
                    "Shell");

    /// The config that says nothing.
    public static final ContainerConfig EMPTY = new Builder().build();

    public ContainerConfig {
        exposedPorts = Collections.unmodifiableSortedSet(new TreeSet<>(exposedPorts));
        env = List.copyOf(env);
        entrypoint = copy(entrypoint);
        cmd = copy(cmd);
        volumes = Collections.unmodifiableSortedSet(new TreeSet<>(volumes));
        labels = Fields.sorted(labels);
        onBuild = List.copyOf(onBuild);
        shell = copy(shell);
        extra = extra.without(MODELLED);
    }

    /// The value of a variable; the last one wins where a name is there twice.
    public Optional<String> env(String name) {
        for (int i = env.size() - 1; i >= 0; i--) {
            String entry = env.get(i);
            if (entry.length() > name.length()
                    && entry.charAt(name.length()) == '='
                    && entry.startsWith(name)) {
                return Optional.of(entry.substring(name.length() + 1));
            }
        }
        return Optional.empty();
    }

    /// A builder that starts with everything this config says.
    public Builder toBuilder() {
        return new Builder(this);
    }

    /// Reads a config that [#writeTo] wrote.
    public static ContainerConfig from(JsonObject object) {
        Optional<JsonObject> healthcheck = object.object("Healthcheck");
        return new ContainerConfig(
                object.stringOrEmpty("User"),
                keys(object, "ExposedPorts"),
                object.strings("Env"),
                list(object, "Entrypoint"),
                list(object, "Cmd"),
                keys(object, "Volumes"),
                object.stringOrEmpty("WorkingDir"),
                new TreeMap<>(object.stringMap("Labels")),
                object.stringOrEmpty("StopSignal"),
                object.bool("ArgsEscaped").orElse(false),
                healthcheck.isPresent()
                        ? Optional.of(Healthcheck.from(healthcheck.get()))
                        : Optional.empty(),
                object.strings("OnBuild"),
                list(object, "Shell"),
                object);
    }

    /// Writes the config as the next value: OCI's fields in OCI's order, then Docker's, then
    /// others; what is not said is left out.
    public void writeTo(JsonText json) {
        json.beginObject().fieldUnlessEmpty("User", user);
        set(json, "ExposedPorts", exposedPorts);
        json.fieldUnlessEmpty("Env", env);
        list(json, "Entrypoint", entrypoint);
        list(json, "Cmd", cmd);
        set(json, "Volumes", volumes);
        json.fieldUnlessEmpty("WorkingDir", workingDir)
                .fieldUnlessEmpty("Labels", labels)
                .fieldUnlessEmpty("StopSignal", stopSignal);
        if (argsEscaped) {
            json.field("ArgsEscaped", true);
        }
        if (healthcheck.isPresent()) {
            healthcheck.get().writeTo(json.key("Healthcheck"));
        }
        json.fieldUnlessEmpty("OnBuild", onBuild);
        list(json, "Shell", shell);
        for (String key : extra.keys()) {
            json.key(key).tree(extra.tree().get(key));
        }
        json.endObject();
    }

    private static Optional<List<String>> copy(Optional<List<String>> list) {
        return list.isPresent() ? Optional.of(List.copyOf(list.get())) : list;
    }

    private static Optional<List<String>> list(JsonObject object, String key) {
        return object.has(key) ? Optional.of(object.strings(key)) : Optional.empty();
    }

    /// The keys of an object whose values are empty objects: Go's form of a set.
    private static SortedSet<String> keys(JsonObject object, String key) {
        Optional<JsonObject> set = object.object(key);
        return set.isPresent() ? new TreeSet<>(set.get().keys()) : new TreeSet<>();
    }

    private static void list(JsonText json, String key, Optional<List<String>> list) {
        if (list.isPresent()) {
            json.key(key).value(list.get());
        }
    }

    private static void set(JsonText json, String key, SortedSet<String> set) {
        if (set.isEmpty()) {
            return;
        }
        json.key(key).beginObject();
        for (String element : set) {
            json.key(element).beginObject().endObject();
        }
        json.endObject();
    }

    /// A config in the making. Its lists and maps may be changed in place.
    public static final class Builder {
        private String user = "";
        private final SortedSet<String> exposedPorts = new TreeSet<>();
        private final List<String> env = new ArrayList<>();
        private Optional<List<String>> entrypoint = Optional.empty();
        private Optional<List<String>> cmd = Optional.empty();
        private final SortedSet<String> volumes = new TreeSet<>();
        private String workingDir = "";
        private final SortedMap<String, String> labels = new TreeMap<>();
        private String stopSignal = "";
        private boolean argsEscaped;
        private Optional<Healthcheck> healthcheck = Optional.empty();
        private final List<String> onBuild = new ArrayList<>();
        private Optional<List<String>> shell = Optional.empty();
        private JsonObject extra = JsonObject.empty();

        public Builder() {}

        private Builder(ContainerConfig config) {
            user = config.user;
            exposedPorts.addAll(config.exposedPorts);
            env.addAll(config.env);
            entrypoint = config.entrypoint;
            cmd = config.cmd;
            volumes.addAll(config.volumes);
            workingDir = config.workingDir;
            labels.putAll(config.labels);
            stopSignal = config.stopSignal;
            argsEscaped = config.argsEscaped;
            healthcheck = config.healthcheck;
            onBuild.addAll(config.onBuild);
            shell = config.shell;
            extra = config.extra;
        }

        public Builder user(String user) {
            this.user = user;
            return this;
        }

        public SortedSet<String> exposedPorts() {
            return exposedPorts;
        }

        public List<String> env() {
            return env;
        }

        /// Sets a variable, in the place of the first entry of that name if there is one.
        public Builder env(String name, String value) {
            String start = name + "=";
            for (int i = 0; i < env.size(); i++) {
                if (env.get(i).startsWith(start) || env.get(i).equals(name)) {
                    env.set(i, start + value);
                    return this;
                }
            }
            env.add(start + value);
            return this;
        }

        public Builder entrypoint(Optional<List<String>> entrypoint) {
            this.entrypoint = entrypoint;
            return this;
        }

        public Builder cmd(Optional<List<String>> cmd) {
            this.cmd = cmd;
            return this;
        }

        public SortedSet<String> volumes() {
            return volumes;
        }

        public Builder workingDir(String workingDir) {
            this.workingDir = workingDir;
            return this;
        }

        public SortedMap<String, String> labels() {
            return labels;
        }

        public Builder stopSignal(String stopSignal) {
            this.stopSignal = stopSignal;
            return this;
        }

        public Builder argsEscaped(boolean argsEscaped) {
            this.argsEscaped = argsEscaped;
            return this;
        }

        public Builder healthcheck(Optional<Healthcheck> healthcheck) {
            this.healthcheck = healthcheck;
            return this;
        }

        public List<String> onBuild() {
            return onBuild;
        }

        public Builder shell(Optional<List<String>> shell) {
            this.shell = shell;
            return this;
        }

        public ContainerConfig build() {
            return new ContainerConfig(
                    user,
                    exposedPorts,
                    env,
                    entrypoint,
                    cmd,
                    volumes,
                    workingDir,
                    labels,
                    stopSignal,
                    argsEscaped,
                    healthcheck,
                    onBuild,
                    shell,
                    extra);
        }
    }
}
