package dev.plinth.core.build;

import dev.plinth.core.dockerfile.Instruction;
import dev.plinth.core.dockerfile.KeyValue;
import dev.plinth.core.dockerfile.Program;
import dev.plinth.core.dockerfile.words.PortSpec;
import dev.plinth.core.dockerfile.words.SlashPath;
import dev.plinth.core.oci.ContainerConfig;
import dev.plinth.core.oci.Healthcheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Applies instructions that change how a container is run, and no files, to the config of an
/// image, one after another: for a stage of a build, and for `--change`.
///
/// For one thread.
public final class ConfigEditor {
    private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");

    private ContainerConfig.Builder config;
    private List<String> shell;
    private boolean cmdSet;

    /// Begins with the config of the parent image.
    public ConfigEditor(ContainerConfig start) {
        config = start.toBuilder();
        shell = start.shell().orElse(DEFAULT_SHELL);
    }

    /// Replaces variables in words, as they are set before the instruction.
    public interface Expander {
        /// The word with its variables replaced.
        String one(String word);

        /// As [#one], split at white space that was not quoted.
        List<String> several(String word);
    }

    /// The config so far.
    public ContainerConfig config() {
        return config.build();
    }

    /// What runs the shell form of RUN, CMD and ENTRYPOINT.
    public List<String> shell() {
        return shell;
    }

    /// Takes the triggers out of the config: they are for this build, not for the next.
    public void clearTriggers() {
        config.onBuild().clear();
    }

    /// Applies `instruction`; one that makes files changes nothing here, but for the working folder
    /// of WORKDIR.
    public void apply(Instruction instruction, Expander expander) {
        switch (instruction) {
            case Instruction.Env env -> env(env, expander);
            case Instruction.Label label -> {
                for (KeyValue pair : label.pairs()) {
                    config.labels().put(expander.one(pair.key()), expander.one(pair.value()));
                }
            }
            case Instruction.Cmd cmd -> {
                config.cmd(Optional.of(arguments(cmd.command())));
                cmdSet = true;
            }
            case Instruction.Entrypoint entrypoint -> entrypoint(entrypoint);
            case Instruction.Expose expose -> {
                for (String word : expose.ports()) {
                    for (String port : expander.several(word)) {
                        config.exposedPorts().addAll(PortSpec.parse(port).names());
                    }
                }
            }
            case Instruction.Healthcheck check ->
                    config.healthcheck(Optional.of(healthcheck(check.health())));
            case Instruction.Onbuild onbuild -> config.onBuild().add(onbuild.trigger());
            case Instruction.Shell own -> {
                shell = own.arguments();
                config.shell(Optional.of(shell));
            }
            case Instruction.StopSignal signal -> config.stopSignal(expander.one(signal.signal()));
            case Instruction.User user -> config.user(expander.one(user.user()));
            case Instruction.Volume volume -> {
                for (String path : volume.paths()) {
                    config.volumes().add(expander.one(path));
                }
            }
            case Instruction.Workdir workdir -> workdir(expander.one(workdir.path()));
            case Instruction.Add _,
                    Instruction.Arg _,
                    Instruction.Copy _,
                    Instruction.Maintainer _,
                    Instruction.Run _ -> {}
        }
    }

    private void env(Instruction.Env env, Expander expander) {
        // All values see the variables from before the instruction.
        List<KeyValue> expanded = new ArrayList<>();
        for (KeyValue pair : env.pairs()) {
            expanded.add(new KeyValue(expander.one(pair.key()), expander.one(pair.value())));
        }
        expanded.forEach(pair -> config.env(pair.key(), pair.value()));
    }

    private void entrypoint(Instruction.Entrypoint entrypoint) {
        List<String> arguments = arguments(entrypoint.command());
        config.entrypoint(arguments.isEmpty() ? Optional.empty() : Optional.of(arguments));
        if (!cmdSet) {
            config.cmd(Optional.empty());
        }
    }

    private void workdir(String path) {
        String base = config.build().workingDir();
        String joined = path.startsWith("/") ? path : (base.isEmpty() ? "/" : base) + "/" + path;
        config.workingDir(SlashPath.clean(joined));
    }

    private List<String> arguments(Program.Command command) {
        return switch (command) {
            case Program.Exec exec -> exec.arguments();
            case Program.Shell line -> withShell(line.line());
        };
    }

    /// What runs `line` in the shell of this image.
    public List<String> withShell(String line) {
        List<String> arguments = new ArrayList<>(shell);
        arguments.add(line);
        return arguments;
    }

    private static Healthcheck healthcheck(Instruction.Healthcheck.Health health) {
        return switch (health) {
            case Instruction.Healthcheck.Health.Off _ -> new Healthcheck(List.of("NONE"));
            case Instruction.Healthcheck.Health.Test test -> {
                List<String> command = new ArrayList<>();
                switch (test.command()) {
                    case Program.Exec exec -> {
                        command.add("CMD");
                        command.addAll(exec.arguments());
                    }
                    case Program.Shell line -> {
                        command.add("CMD-SHELL");
                        command.add(line.line());
                    }
                }
                yield new Healthcheck(
                        command,
                        test.interval().orElse(Duration.ZERO),
                        test.timeout().orElse(Duration.ZERO),
                        test.startPeriod().orElse(Duration.ZERO),
                        test.startInterval().orElse(Duration.ZERO),
                        test.retries().orElse(0));
            }
        };
    }
}
