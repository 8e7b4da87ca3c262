package dev.plinth.core.container;

import dev.plinth.core.oci.ContainerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a container is, once image and user are brought together: all that is needed to start it
/// again, and what `inspect` shows.
///
/// @param config of the image, with the user's wishes in place of what they replace
/// @param hostname never empty
public record Definition(
        ContainerConfig config,
        String hostname,
        String domainname,
        boolean terminal,
        boolean openStdin,
        boolean removeOnExit,
        HostOptions host) {

    /// The container that these options make of the image. Throws [NoCommand] if nothing says what
    /// is to run, and [InvalidOption] for a working directory that is not absolute.
    ///
    /// @param hostHostname the name of the host, which a container on its network shares
    public static Definition of(
            ContainerConfig image, RunOptions options, ContainerId id, String hostHostname) {
        ContainerConfig.Builder config = image.toBuilder();
        if (options.entrypoint().isPresent()) {
            config.entrypoint(options.entrypoint());
            config.cmd(Optional.of(options.arguments()));
        } else if (!options.arguments().isEmpty()) {
            config.cmd(Optional.of(options.arguments()));
        }
        config.env().clear();
        config.env().addAll(Environment.merge(options.environment(), image.env()));
        config.user(options.user().orElse(image.user()));
        config.workingDir(workingDir(options.workingDirectory().orElse(image.workingDir())));
        config.stopSignal(options.stopSignal().orElse(image.stopSignal()));
        for (Map.Entry<String, String> label : options.labels().entrySet()) {
            config.labels().put(label.getKey(), label.getValue());
        }
        boolean hostNetwork = options.host().network() instanceof NetworkMode.Host;
        Definition definition =
                new Definition(
                        config.build(),
                        options.hostname().orElse(hostNetwork ? hostHostname : id.shortId()),
                        options.domainname().orElse(""),
                        options.terminal(),
                        options.openStdin(),
                        options.removeOnExit(),
                        options.host().withMounts(mounts(image, options.host().mounts())));
        if (definition.arguments().isEmpty()) {
            throw new NoCommand();
        }
        return definition;
    }

    /// The whole command: the entrypoint, then its arguments.
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (config.entrypoint().isPresent()) {
            List<String> entrypoint = config.entrypoint().get();
            // Docker writes an entrypoint that was reset as one empty word.
            if (!entrypoint.equals(List.of(""))) {
                arguments.addAll(entrypoint);
            }
        }
        if (config.cmd().isPresent()) {
            arguments.addAll(config.cmd().get());
        }
        return arguments;
    }

    private static String workingDir(String path) {
        if (path.isEmpty()) {
            return "/";
        }
        if (!path.startsWith("/")) {
            throw new InvalidOption(
                    "the working directory '"
                            + path
                            + "' is invalid, it needs to be an absolute path");
        }
        return MountFlags.clean(path);
    }

    /// The user's mounts, and an anonymous volume for each that the image wants and the user has
    /// not put something else at.
    private static List<Mount> mounts(ContainerConfig image, List<Mount> mounts) {
        if (image.volumes().isEmpty()) {
            return mounts;
        }
        List<Mount> all = new ArrayList<>(mounts);
        for (String volume : image.volumes()) {
            String target = MountFlags.clean(volume);
            boolean taken = false;
            for (Mount mount : all) {
                taken |= mount.target().equals(target);
            }
            if (!taken) {
                all.add(new Mount.Volume(Optional.empty(), target, false, true));
            }
        }
        return all;
    }
}
