package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.FlagType;
import dev.plinth.cli.syntax.Operands;
import java.util.List;

final class BuildCommand implements Action {
    private static final Flag<List<String>> BUILD_ARG =
            Flag.list("build-arg", "Set the value of an ARG, as NAME=VALUE");
    private static final Flag<String> FILE =
            Flag.text("file", "Name of the Dockerfile (default \"PATH/Dockerfile\")").letter('f');
    private static final Flag<String> IIDFILE =
            Flag.text("iidfile", "Write the image ID to this file");
    private static final Flag<List<String>> LABEL = Flag.list("label", "Give the image a label");
    private static final Flag<Boolean> NO_CACHE =
            Flag.bool("no-cache", "Do every step anew, even if it was done before");
    private static final Flag<List<String>> PLATFORM =
            Flag.strings("platform", "Platform to build for, as os[/arch[/variant]]");
    private static final Flag<Boolean> QUIET =
            Flag.bool("quiet", "Show no progress, and print the image ID").letter('q');
    private static final Flag<List<String>> TAG =
            Flag.list("tag", "Name of the image, as NAME[:TAG]").letter('t');
    private static final Flag<String> TARGET = Flag.text("target", "Build this stage");

    @Override
    public Command command() {
        return Command.named("image build", "build", "builder build")
                .takes("PATH | URL | -", Operands.exactly(1, Operands.Names.FILE))
                .does("Build an image from a Dockerfile")
                .with(flags());
    }

    private static List<Flag<?>> flags() {
        return List.of(
                BUILD_ARG,
                FILE,
                IIDFILE,
                LABEL,
                NO_CACHE,
                PLATFORM,
                QUIET,
                TAG,
                TARGET,
                // What is built always goes to the store.
                Flag.bool("load", "Put the image into the store, which is always done")
                        .byDefault(true)
                        .notYet()
                        .hide(),
                Flag.missing("add-host", FlagType.STRINGS, "Add a host to /etc/hosts of RUN"),
                Flag.missing("allow", FlagType.STRINGS, "Allow RUN what is not allowed otherwise"),
                Flag.missing("annotation", FlagType.LIST, "Give the manifest an annotation"),
                Flag.missing("attest", FlagType.LIST, "Attach a statement about the build"),
                Flag.missing("build-context", FlagType.LIST, "Name a further context, NAME=PATH"),
                Flag.missing("builder", FlagType.TEXT, "Builder to use"),
                Flag.missing("cache-from", FlagType.LIST, "Read steps from this cache"),
                Flag.missing("cache-to", FlagType.LIST, "Write steps to this cache"),
                Flag.text("call", "What to do instead of building (check, outline, targets)")
                        .byDefault("build")
                        .notYet(),
                Flag.missing("cgroup-parent", FlagType.TEXT, "Parent cgroup of RUN"),
                Flag.missing("check", FlagType.BOOL, "Check the Dockerfile instead of building"),
                Flag.missing("metadata-file", FlagType.TEXT, "Write facts of the build here"),
                Flag.text("network", "Network of RUN").byDefault("default").notYet(),
                Flag.missing("no-cache-filter", FlagType.STRINGS, "Do these stages anew"),
                Flag.missing("output", FlagType.LIST, "Where to put what is built").letter('o'),
                Flag.missing("policy", FlagType.LIST, "Rules that sources must follow"),
                Flag.text("progress", "How to show progress").byDefault("auto").notYet(),
                Flag.text("provenance", "Attach how it was built").byDefault("false").notYet(),
                Flag.missing("pull", FlagType.BOOL, "Look for newer parent images"),
                Flag.missing("push", FlagType.BOOL, "Push the image"),
                Flag.missing("resource", FlagType.LIST, "Limits of RUN"),
                Flag.text("sbom", "Attach a bill of materials").byDefault("false").notYet(),
                Flag.missing("secret", FlagType.LIST, "Secret that RUN may use"),
                Flag.missing("shm-size", FlagType.BYTES, "Size of /dev/shm of RUN"),
                Flag.missing("ssh", FlagType.LIST, "SSH agent or keys that RUN may use"),
                Flag.missing("ulimit", FlagType.LIST, "Limits of RUN").shownAs("ulimit"),
                // Of Docker's older builder; scripts still have them.
                old("compress", FlagType.BOOL),
                old("cpu-period", FlagType.INT),
                old("cpu-quota", FlagType.INT),
                old("cpu-shares", FlagType.INT).letter('c'),
                old("cpuset-cpus", FlagType.TEXT),
                old("cpuset-mems", FlagType.TEXT),
                old("force-rm", FlagType.BOOL),
                old("isolation", FlagType.TEXT),
                old("memory", FlagType.BYTES).letter('m'),
                old("memory-swap", FlagType.TEXT),
                Flag.bool("rm", "").byDefault(true).notYet().hide(),
                old("security-opt", FlagType.STRINGS),
                old("squash", FlagType.BOOL));
    }

    private static Flag<?> old(String name, FlagType type) {
        return Flag.missing(name, type, "").hide();
    }

    @Override
    public int run(Session session, Arguments arguments) {
        throw new NotSupportedException(arguments.calledAs());
    }
}
