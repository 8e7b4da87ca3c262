package dev.plinth.core.build.plan;

import dev.plinth.core.dockerfile.Instruction;
import dev.plinth.core.dockerfile.Instruction.Healthcheck.Health;
import dev.plinth.core.dockerfile.KeyValue;
import dev.plinth.core.dockerfile.Program;
import dev.plinth.core.dockerfile.words.PortSpec;
import dev.plinth.core.dockerfile.words.SlashPath;
import dev.plinth.core.dockerfile.words.StopSignal;
import dev.plinth.core.dockerfile.words.Variables;
import dev.plinth.core.dockerfile.words.WordException;
import dev.plinth.core.oci.ContainerConfig;
import dev.plinth.core.oci.Healthcheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Applies instructions that change how a container is run, and no files, to the config of an
/// image, one after another: for a stage of a build, and for `--change`.
///
/// For one thread.
public final class ConfigEditor {
    private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");
    private static final List<String> WINDOWS_SHELL = List.of("cmd", "/S", "/C");

    private final ContainerConfig.Builder config;
    private List<String> shell;
    private String workingDir;
    private boolean cmdSet;

    /// Begins with the config of the parent image.
    public ConfigEditor(ContainerConfig start) {
        this(start, DEFAULT_SHELL);
    }

    private ConfigEditor(ContainerConfig start, List<String> defaultShell) {
        config = start.toBuilder();
        shell = start.shell().filter(list -> !list.isEmpty()).orElse(defaultShell);
        workingDir = start.workingDir().isEmpty() ? "" : absolute("/", start.workingDir());
    }

    /// Begins with the config of the parent image.
    ///
    /// @param os what the image is for, which says what its shell is
    static ConfigEditor of(ContainerConfig start, String os) {
        return new ConfigEditor(start, os.equals("windows") ? WINDOWS_SHELL : DEFAULT_SHELL);
    }

    /// The config that `changes`, as `import --change` and `commit --change` have them, make of
    /// another. Each sees the variables that are in the config by then.
    ///
    /// @throws WordException when a word of one is not well formed
    public static ContainerConfig change(ContainerConfig start, List<Instruction> changes) {
        ConfigEditor editor = new ConfigEditor(start);
        InstructionExpander expander = new InstructionExpander('\\');
        for (Instruction change : changes) {
            editor.apply(expander.expand(change, variables(editor.config())));
        }
        return editor.config();
    }

    /// The variables that a config sets.
    static Variables variables(ContainerConfig config) {
        Map<String, String> values = new HashMap<>();
        for (String entry : config.env()) {
            int equals = entry.indexOf('=');
            values.put(
                    equals < 0 ? entry : entry.substring(0, equals),
                    equals < 0 ? "" : entry.substring(equals + 1));
        }
        return Variables.of(values);
    }

    /// The config so far.
    public ContainerConfig config() {
        return config.build();
    }

    /// The folder that relative paths are meant from: absolute and clean.
    String workingDir() {
        return workingDir.isEmpty() ? "/" : workingDir;
    }

    /// Takes the triggers out of the config: they are for this build, not for the next.
    void clearTriggers() {
        config.onBuild().clear();
    }

    void setEnv(String name, String value) {
        config.env(name, value);
    }

    void setLabel(String name, String value) {
        config.labels().put(name, value);
    }

    /// Applies `instruction`, in which variables are replaced already. One that makes files changes
    /// nothing here, but for the working folder of WORKDIR.
    ///
    /// @throws WordException when a value in it is none that can be
    public void apply(Instruction instruction) {
        switch (instruction) {
            case Instruction.Env env -> {
                for (KeyValue pair : env.pairs()) {
                    config.env(pair.key(), pair.value());
                }
            }
            case Instruction.Label label -> {
                for (KeyValue pair : label.pairs()) {
                    config.labels().put(pair.key(), pair.value());
                }
            }
            case Instruction.Cmd cmd -> {
                config.cmd(unlessEmpty(arguments(cmd.command())));
                cmdSet = true;
            }
            case Instruction.Entrypoint entrypoint -> {
                config.entrypoint(unlessEmpty(arguments(entrypoint.command())));
                if (!cmdSet) {
                    // An inherited CMD was meant for another program.
                    config.cmd(Optional.empty());
                }
            }
            case Instruction.Expose expose -> config.exposedPorts().addAll(ports(expose));
            case Instruction.Healthcheck check ->
                    config.healthcheck(Optional.of(healthcheck(check.health())));
            case Instruction.Onbuild onbuild -> config.onBuild().add(onbuild.trigger());
            case Instruction.Shell own -> {
                shell = own.arguments();
                config.shell(Optional.of(shell));
            }
            case Instruction.StopSignal signal -> {
                StopSignal.number(signal.signal());
                config.stopSignal(signal.signal());
            }
            case Instruction.User user -> config.user(user.user());
            case Instruction.Volume volume -> volumes(volume.paths());
            case Instruction.Workdir workdir -> workdir(workdir.path());
            case Instruction.Add _,
                    Instruction.Arg _,
                    Instruction.Copy _,
                    Instruction.Maintainer _,
                    Instruction.Run _ -> {}
        }
    }

    /// The ports an instruction exposes, each with its protocol: `80/tcp`.
    static List<String> ports(Instruction.Expose expose) {
        List<String> ports = new ArrayList<>();
        for (String word : expose.ports()) {
            ports.addAll(PortSpec.parse(word).names());
        }
        return ports;
    }

    /// What a container is told to run: a line goes to the shell of this image.
    List<String> arguments(Program.Command command) {
        return switch (command) {
            case Program.Exec exec -> exec.arguments();
            case Program.Shell line -> {
                List<String> arguments = new ArrayList<>(shell);
                arguments.add(line.line());
                yield arguments;
            }
        };
    }

    private void volumes(List<String> paths) {
        for (String path : paths) {
            if (path.isEmpty()) {
                throw new WordException("VOLUME specified can not be an empty string");
            }
            config.volumes().add(path);
        }
    }

    /// An absolute path stays in the config as it was written, as Docker has it.
    private void workdir(String path) {
        String clean = absolute(workingDir(), path);
        config.workingDir(path.startsWith("/") ? path : clean);
        workingDir = clean;
    }

    private static String absolute(String folder, String path) {
        return SlashPath.clean(path.startsWith("/") ? path : folder + "/" + path);
    }

    private static Optional<List<String>> unlessEmpty(List<String> list) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list);
    }

    static Healthcheck healthcheck(Health health) {
        return switch (health) {
            case Health.Off _ -> new Healthcheck(List.of("NONE"));
            case Health.Test test -> {
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
