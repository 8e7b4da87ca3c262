package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.FlagType;
import dev.plinth.cli.syntax.Operands;
import dev.plinth.core.build.BuildInput;
import dev.plinth.core.build.BuildRequest;
import dev.plinth.core.build.plan.PlanOptions;
import dev.plinth.core.build.solve.BuildContexts;
import dev.plinth.core.build.solve.BuildProgress;
import dev.plinth.core.engine.Engine;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.Platform;
import dev.plinth.core.reference.ImageReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    public int run(Session session, Arguments arguments) throws IOException {
        List<ImageReference> names = new ArrayList<>();
        for (String tag : arguments.value(TAG)) {
            names.add(ImageReference.parseTarget(tag));
        }
        boolean quiet = arguments.value(QUIET);
        PlainProgress progress = quiet ? null : new PlainProgress(session.terminal());
        try (Engine engine = session.engine()) {
            PlanOptions options = options(session, arguments, engine);
            Digest id =
                    engine.builds()
                            .build(
                                    temporary -> request(session, arguments, options, temporary),
                                    names,
                                    progress == null ? BuildProgress.NONE : progress);
            if (arguments.has(IIDFILE)) {
                byte[] text = id.toString().getBytes(StandardCharsets.US_ASCII);
                WholeFile.write(Path.of(arguments.value(IIDFILE)), out -> out.write(text));
            }
            if (quiet) {
                session.terminal().println(id.toString());
            }
            return DONE;
        }
    }

    private static BuildRequest request(
            Session session, Arguments arguments, PlanOptions options, Path temporary)
            throws IOException {
        String where = arguments.operands().getFirst();
        String file = arguments.value(FILE);
        BuildInput input;
        if (where.equals("-")) {
            input =
                    BuildInput.ofStream(
                            session.terminal().in(),
                            file.isEmpty() ? Optional.empty() : Optional.of(file),
                            temporary);
        } else if (file.equals("-")) {
            input = BuildInput.ofFolder(Path.of(where), session.terminal().in());
        } else {
            input =
                    BuildInput.ofFolder(
                            Path.of(where),
                            file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file)));
        }
        return new BuildRequest(
                input.dockerfile(), input.name(), options, new BuildContexts(input.context()));
    }

    private static PlanOptions options(Session session, Arguments arguments, Engine engine) {
        PlanOptions options = PlanOptions.forHost(engine.host());
        if (arguments.has(TARGET)) {
            options = options.withTarget(arguments.value(TARGET));
        }
        List<String> platforms = arguments.value(PLATFORM);
        if (platforms.size() > 1) {
            throw new InvalidArgument("several platforms are not supported by plinth yet");
        }
        if (!platforms.isEmpty()) {
            options = options.withPlatform(Platform.parse(platforms.getFirst()));
        }
        Map<String, String> values = new LinkedHashMap<>();
        String epoch = session.environment().getOrDefault("SOURCE_DATE_EPOCH", "");
        if (!epoch.isEmpty()) {
            values.put("SOURCE_DATE_EPOCH", epoch);
        }
        for (String argument : arguments.value(BUILD_ARG)) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            String value =
                    equals < 0 ? session.environment().get(name) : argument.substring(equals + 1);
            if (value != null) {
                values.put(name, value);
            }
        }
        Map<String, String> labels = new LinkedHashMap<>();
        for (String label : arguments.value(LABEL)) {
            int equals = label.indexOf('=');
            labels.put(
                    equals < 0 ? label : label.substring(0, equals),
                    equals < 0 ? "" : label.substring(equals + 1));
        }
        options = options.withArguments(values).withLabels(labels);
        return arguments.value(NO_CACHE) ? options.ignoringCache() : options;
    }
}
