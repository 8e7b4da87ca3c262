package dev.plinth.core.container;

import dev.plinth.core.container.Mount.Propagation;
import dev.plinth.core.container.Mount.Recursion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The grammars in which users write mounts: `--volume`, `--mount`, `--tmpfs`. What is accepted,
/// what it means and what is said of mistakes is as in Docker.
public final class MountFlags {
    private final Path workingDirectory;

    /// @param workingDirectory absolute; where sources that begin with a dot start
    public MountFlags(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    /// The mount in `-v [SOURCE:]TARGET[:OPTIONS]`: a folder of the host when the source begins
    /// with `/` or `.`, else a volume of that name, else an anonymous volume.
    public Mount volume(String spec) {
        if (spec.isEmpty()) {
            throw new InvalidOption("invalid empty volume spec");
        }
        List<String> parts = split(spec, ':');
        if (parts.contains("")) {
            throw new InvalidOption("invalid spec: " + spec + ": empty section between colons");
        }
        String last = parts.getLast();
        try {
            return switch (parts.size()) {
                case 1 -> new Mount.Volume(Optional.empty(), clean(last), false, true);
                case 2 -> {
                    // `/data:ro` is a forgotten source, not a folder called ro.
                    if (VolumeMode.isMode(last)) {
                        throw new InvalidOption("a mode needs a source and a target before it");
                    }
                    yield mount(parts.get(0), last, VolumeMode.NONE);
                }
                case 3 -> mount(parts.get(0), parts.get(1), VolumeMode.parse(last));
                default -> throw new InvalidOption("too many colons");
            };
        } catch (InvalidOption e) {
            String problem = e.getMessage();
            if (problem.startsWith("invalid mode: ") || problem.startsWith("create ")) {
                throw e;
            }
            throw new InvalidOption(
                    "invalid volume specification: '"
                            + spec
                            + "'"
                            + (problem.startsWith("too many") ? "" : ": " + problem),
                    e);
        }
    }

    private Mount mount(String source, String target, VolumeMode mode) {
        if (source.startsWith("/") || source.startsWith(".")) {
            if (mode.noCopy()) {
                throw Mount.config("bind", "field VolumeOptions must not be specified");
            }
            return new Mount.Bind(
                    hostPath(source),
                    clean(target),
                    mode.readOnly(),
                    mode.propagation().orElse(Propagation.RPRIVATE),
                    Recursion.ENABLED,
                    true);
        }
        if (mode.propagation().isPresent()) {
            throw Mount.config("volume", "field BindOptions must not be specified");
        }
        return new Mount.Volume(
                Optional.of(source), clean(target), mode.readOnly(), !mode.noCopy());
    }

    /// The mount in `--mount type=…,source=…,target=…`.
    public Mount mount(String spec) {
        MountFields fields = MountFields.parse(spec);
        return switch (fields.type()) {
            case "bind" -> bind(fields);
            case "volume" ->
                    new Mount.Volume(
                            fields.source().filter(name -> !name.isEmpty()),
                            clean(fields.target()),
                            fields.readOnly(),
                            !fields.noCopy());
            case "tmpfs" -> {
                if (fields.source().isPresent()) {
                    throw Mount.config("tmpfs", "field Source must not be specified");
                }
                yield new Mount.Tmpfs(
                        clean(fields.target()), fields.readOnly(), fields.tmpfsOptions());
            }
            default -> throw Mount.config(fields.type(), "mount type unknown");
        };
    }

    private Mount bind(MountFields fields) {
        String source = fields.source().orElse("");
        if (source.isEmpty()) {
            throw Mount.config("bind", "field Source must not be empty");
        }
        String propagation = fields.propagation();
        return new Mount.Bind(
                source.startsWith("/") || source.startsWith(".")
                        ? hostPath(source)
                        : Path.of(source),
                clean(fields.target()),
                fields.readOnly(),
                propagation.isEmpty()
                        ? Propagation.RPRIVATE
                        : Propagation.named(propagation)
                                .orElseThrow(
                                        () ->
                                                Mount.config(
                                                        "bind",
                                                        "invalid propagation mode: "
                                                                + propagation)),
                fields.recursion(),
                false);
    }

    /// The mount in `--tmpfs TARGET[:OPTIONS]`.
    public Mount tmpfs(String spec) {
        int colon = spec.indexOf(':');
        String target = colon < 0 ? spec : spec.substring(0, colon);
        if (!target.startsWith("/")) {
            throw new InvalidOption(
                    "invalid mount path: '" + target + "' mount path must be absolute");
        }
        List<String> options = new ArrayList<>();
        boolean readOnly = false;
        for (String option : split(colon < 0 ? "" : spec.substring(colon + 1), ',')) {
            if (option.isEmpty()) {
                continue;
            }
            if (!TmpfsOptions.isKnown(option)) {
                throw new InvalidOption("invalid tmpfs option [\"" + option + "\"]");
            }
            if (option.equals("ro") || option.equals("rw")) {
                readOnly = option.equals("ro");
            } else {
                options.add(option);
            }
        }
        return new Mount.Tmpfs(clean(target), readOnly, options);
    }

    /// The mounts of a container, once each; [InvalidOption] where two different ones have one
    /// target.
    public static List<Mount> distinct(List<Mount> mounts) {
        List<Mount> distinct = new ArrayList<>();
        for (Mount mount : mounts) {
            if (distinct.contains(mount)) {
                continue;
            }
            for (Mount other : distinct) {
                if (other.target().equals(mount.target())) {
                    throw new InvalidOption("Duplicate mount point: " + mount.target());
                }
            }
            distinct.add(mount);
        }
        return List.copyOf(distinct);
    }

    private Path hostPath(String source) {
        return workingDirectory.resolve(source).normalize();
    }

    /// The path without `.`, `..`, doubled and trailing slashes, as Go's `filepath.Clean`.
    static String clean(String path) {
        return path.isEmpty() ? "" : Path.of(path).normalize().toString();
    }

    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + 1;
        }
        parts.add(text.substring(from));
        return parts;
    }
}
