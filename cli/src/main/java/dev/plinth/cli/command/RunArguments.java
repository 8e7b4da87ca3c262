package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.core.container.Environment;
import dev.plinth.core.container.HostOptions;
import dev.plinth.core.container.Mount;
import dev.plinth.core.container.MountFlags;
import dev.plinth.core.container.NetworkMode;
import dev.plinth.core.container.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// From the flags of `run` to what a container is asked to be.
final class RunArguments {
    private final Session session;
    private final Arguments arguments;

    RunArguments(Session session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    RunOptions options() throws IOException {
        RunOptions.Builder options =
                new RunOptions.Builder()
                        .arguments(arguments.operands().subList(1, arguments.operands().size()))
                        .terminal(arguments.value(ContainerFlags.TTY))
                        .openStdin(arguments.value(ContainerFlags.INTERACTIVE))
                        .removeOnExit(arguments.value(ContainerFlags.RM))
                        .host(host());
        if (arguments.has(ContainerFlags.NAME)) {
            options.name(arguments.value(ContainerFlags.NAME));
        }
        if (arguments.has(ContainerFlags.ENTRYPOINT)) {
            options.entrypoint(arguments.value(ContainerFlags.ENTRYPOINT));
        }
        if (arguments.has(ContainerFlags.USER)) {
            options.user(arguments.value(ContainerFlags.USER));
        }
        if (arguments.has(ContainerFlags.WORKDIR)) {
            options.workingDirectory(arguments.value(ContainerFlags.WORKDIR));
        }
        if (arguments.has(ContainerFlags.HOSTNAME)) {
            options.hostname(arguments.value(ContainerFlags.HOSTNAME));
        }
        for (String file : arguments.value(ContainerFlags.ENV_FILE)) {
            byte[] content = Files.readAllBytes(Path.of(file));
            Environment.file(file, content, session.environment()).forEach(options::environment);
        }
        for (String entry : arguments.value(ContainerFlags.ENV)) {
            options.environment(Environment.option(entry, session.environment()));
        }
        return options.build();
    }

    private HostOptions host() {
        MountFlags flags = new MountFlags(Path.of("").toAbsolutePath());
        List<Mount> mounts = new ArrayList<>();
        for (String volume : arguments.value(ContainerFlags.VOLUME)) {
            mounts.add(flags.volume(volume));
        }
        for (String mount : arguments.value(ContainerFlags.MOUNT)) {
            mounts.add(flags.mount(mount));
        }
        for (String tmpfs : arguments.value(ContainerFlags.TMPFS)) {
            mounts.add(flags.tmpfs(tmpfs));
        }
        return new HostOptions.Builder()
                .network(network())
                .mounts(mounts)
                .privileged(arguments.value(ContainerFlags.PRIVILEGED))
                .readOnlyRoot(arguments.value(ContainerFlags.READ_ONLY))
                .capabilitiesToAdd(arguments.value(ContainerFlags.CAP_ADD))
                .capabilitiesToDrop(arguments.value(ContainerFlags.CAP_DROP))
                .build();
    }

    private NetworkMode network() {
        List<String> named = new ArrayList<>(arguments.value(ContainerFlags.NETWORK));
        named.addAll(arguments.value(ContainerFlags.NET));
        return switch (named.size()) {
            case 0 -> new NetworkMode.None();
            case 1 -> NetworkMode.parse(named.getFirst());
            default ->
                    throw new InvalidArgument("several networks are not supported by plinth yet");
        };
    }
}
