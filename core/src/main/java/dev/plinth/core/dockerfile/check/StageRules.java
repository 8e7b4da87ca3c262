package dev.plinth.core.dockerfile.check;

import dev.plinth.core.dockerfile.Dockerfile;
import dev.plinth.core.dockerfile.DockerfileException;
import dev.plinth.core.dockerfile.Instruction;
import dev.plinth.core.dockerfile.KeyValue;
import dev.plinth.core.dockerfile.MountSpec;
import dev.plinth.core.dockerfile.Origin;
import dev.plinth.core.dockerfile.Program;
import dev.plinth.core.dockerfile.Stage;
import dev.plinth.core.dockerfile.Transfer;
import dev.plinth.core.dockerfile.ignore.IgnoreFile;
import dev.plinth.core.dockerfile.words.Expansion;
import dev.plinth.core.dockerfile.words.PortSpec;
import dev.plinth.core.dockerfile.words.SlashPath;
import dev.plinth.core.dockerfile.words.Variables;
import dev.plinth.core.dockerfile.words.WordException;
import dev.plinth.core.dockerfile.words.Words;
import dev.plinth.core.error.NearestWord;
import dev.plinth.core.error.Quoted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules about the instructions of one stage. They follow what a build would know at each line:
/// which variables are set, whether there is a SHELL, whether the working folder is known.
final class StageRules {
    private final Dockerfile file;
    private final FromRules globals;
    private final CheckFacts facts;
    private final Findings findings;
    private final Stage.From from;
    private final Words words;

    /// Whether all variables of the stage are known; they are not when its image is not.
    private boolean complete = true;

    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Set<String> environment = new HashSet<>();
    private final Set<String> declared = new HashSet<>();
    private boolean hasShell;
    private boolean hasWorkdir;
    private final List<String> ownTriggers = new ArrayList<>();
    private List<String> triggers = List.of();
    private final Map<String, Origin> lastOfAKind = new HashMap<>();

    /// What to point at instead of an instruction that stands elsewhere.
    private @Nullable Origin pointing;

    private StageRules(StageRules parent, Stage.From from) {
        this(parent.file, parent.globals, parent.facts, parent.findings, from);
        this.complete = parent.complete;
        globals.remember(from, 64L * parent.variables.size());
        this.variables.putAll(parent.variables);
        this.environment.addAll(parent.environment);
        this.declared.addAll(parent.declared);
        this.hasShell = parent.hasShell;
        this.hasWorkdir = parent.hasWorkdir;
        this.triggers = List.copyOf(parent.ownTriggers);
    }

    private StageRules(
            Dockerfile file,
            FromRules globals,
            CheckFacts facts,
            Findings findings,
            Stage.From from) {
        this.file = file;
        this.globals = globals;
        this.facts = facts;
        this.findings = findings;
        this.from = from;
        this.words = Words.escapedBy(file.directives().escape());
    }

    /// A stage that begins with an image or with nothing.
    StageRules(
            Dockerfile file,
            FromRules globals,
            CheckFacts facts,
            Findings findings,
            Stage.From from,
            FromRules.Base base) {
        this(file, globals, facts, findings, from);
        set("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        if (!base.isScratch()) {
            Optional<CheckFacts.Parent> parent = facts.parent(base.name(), base.platform());
            complete = parent.isPresent();
            parent.ifPresent(image -> begin(base, image));
        }
    }

    /// A stage that begins with this one.
    StageRules child(Stage.From beginning) {
        return new StageRules(this, beginning);
    }

    private void begin(FromRules.Base base, CheckFacts.Parent image) {
        image.variables().forEach(this::set);
        hasShell = image.hasShell();
        triggers = image.triggers();
        if (!image.platform().equals(image.wanted())) {
            findings.add(
                    Rule.INVALID_BASE_IMAGE_PLATFORM,
                    from.origin(),
                    "Base image "
                            + base.name()
                            + " was pulled with platform "
                            + Quoted.of(image.platform())
                            + ", expected "
                            + Quoted.of(image.wanted())
                            + " for current build");
        }
    }

    /// Checks the instructions of the stage, after those that its image left for it.
    ///
    /// @throws DockerfileException when a word is wrong
    void check(List<Instruction> instructions) {
        pointing = from.origin();
        for (String trigger : triggers) {
            Instruction instruction = Dockerfile.parseTrigger(trigger, file.source().name());
            TextRules.instruction(findings, instruction, from.origin());
            check(instruction);
        }
        pointing = null;
        for (Instruction instruction : instructions) {
            check(instruction);
        }
    }

    private void check(Instruction instruction) {
        Origin origin = pointing == null ? instruction.origin() : pointing;
        try {
            dispatch(instruction, origin);
        } catch (WordException e) {
            throw new DockerfileException(file.source(), origin.place(), e.getMessage());
        }
    }

    private void dispatch(Instruction instruction, Origin origin) {
        switch (instruction) {
            case Instruction.Add add -> {
                transfer(origin, "Add", add.files(), true);
                add.checksum().ifPresent(word -> expand(origin, word));
            }
            case Instruction.Arg arg -> arg(origin, arg);
            case Instruction.Cmd cmd -> {
                shellForm(origin, cmd, cmd.command());
                once(origin, cmd);
            }
            case Instruction.Copy copy ->
                    transfer(origin, "Copy", copy.files(), copy.from().isEmpty());
            case Instruction.Entrypoint entrypoint -> {
                shellForm(origin, entrypoint, entrypoint.command());
                once(origin, entrypoint);
            }
            case Instruction.Env env -> env(origin, env);
            case Instruction.Expose expose -> expose(origin, expose);
            case Instruction.Healthcheck healthcheck -> once(origin, healthcheck);
            case Instruction.Label label -> {
                for (KeyValue pair : label.pairs()) {
                    expand(origin, pair.key());
                    expand(origin, pair.value());
                }
            }
            case Instruction.Maintainer _ -> {}
            case Instruction.Onbuild onbuild -> ownTriggers.add(onbuild.trigger());
            case Instruction.Run run -> {
                for (MountSpec mount : run.mounts()) {
                    mount.resolve(word -> expand(origin, word));
                }
            }
            case Instruction.Shell _ -> hasShell = true;
            case Instruction.StopSignal signal -> expand(origin, signal.signal());
            case Instruction.User user -> expand(origin, user.user());
            case Instruction.Volume volume -> volume.paths().forEach(word -> expand(origin, word));
            case Instruction.Workdir workdir -> workdir(origin, workdir);
        }
    }

    private void arg(Origin origin, Instruction.Arg arg) {
        for (Instruction.Arg.Declaration declaration : arg.declarations()) {
            String name = words.expand(declaration.name(), Variables.of(variables)).text();
            secret(origin, "ARG", name);
            Optional<String> value = declaration.value().map(word -> expand(origin, word));
            declared.add(name);
            String given = facts.buildArguments().get(name);
            Optional<String> effective =
                    given != null ? Optional.of(given) : value.or(() -> globals.value(name));
            // ENV has the last word about a variable.
            if (!environment.contains(name)) {
                effective.ifPresent(text -> put(name, text));
            }
        }
    }

    private void env(Origin origin, Instruction.Env env) {
        Map<String, String> values = new LinkedHashMap<>();
        for (KeyValue pair : env.pairs()) {
            values.put(expand(origin, pair.key()), expand(origin, pair.value()));
        }
        // All values see the variables from before.
        values.remove("");
        values.forEach(
                (name, value) -> {
                    secret(origin, "ENV", name);
                    set(name, value);
                });
    }

    private void set(String name, String value) {
        put(name, value);
        environment.add(name);
    }

    private void put(String name, String value) {
        globals.remember(from, name.length() + value.length());
        variables.put(name, value);
    }

    private void secret(Origin origin, String keyword, String name) {
        if (SecretName.looksSecret(name)) {
            findings.add(
                    Rule.SECRETS_USED_IN_ARG_OR_ENV,
                    origin,
                    "Do not use ARG or ENV instructions for sensitive data ("
                            + keyword
                            + " "
                            + Quoted.of(name)
                            + ")");
        }
    }

    private void shellForm(Origin origin, Instruction instruction, Program.Command command) {
        if (command instanceof Program.Shell && !hasShell) {
            findings.add(
                    Rule.JSON_ARGS_RECOMMENDED,
                    origin,
                    "JSON arguments recommended for "
                            + instruction.origin().keyword()
                            + " to prevent unintended behavior related to OS signals");
        }
    }

    private void once(Origin origin, Instruction instruction) {
        Origin before = lastOfAKind.put(instruction.name(), origin);
        if (before != null) {
            findings.add(
                    Rule.MULTIPLE_INSTRUCTIONS_DISALLOWED,
                    before,
                    "Multiple "
                            + instruction.origin().keyword()
                            + " instructions should not be used in the same stage because only the"
                            + " last one will be used");
        }
    }

    private void transfer(Origin origin, String verb, Transfer files, boolean fromContext) {
        files.owner().ifPresent(word -> expand(origin, word));
        files.mode().ifPresent(word -> expand(origin, word));
        for (String word : files.sources()) {
            String source = expand(origin, word);
            if (fromContext && isIgnored(source)) {
                findings.add(
                        Rule.COPY_IGNORED_FILE,
                        origin,
                        "Attempting to "
                                + verb
                                + " file "
                                + Quoted.of(source)
                                + " that is excluded by .dockerignore");
            }
        }
        expand(origin, files.destination());
        for (Transfer.InlineFile inline : files.inline()) {
            if (inline.expand()) {
                undefined(
                        origin,
                        words.withQuotesAsText().expand(inline.content(), Variables.of(variables)));
            }
        }
    }

    private boolean isIgnored(String source) {
        IgnoreFile ignoreFile = facts.ignoreFile();
        // With exceptions in it, a folder that is left out may still be there for what it holds.
        if (ignoreFile.isEmpty() || ignoreFile.hasNegations()) {
            return false;
        }
        String path = SlashPath.clean("/" + source).substring(1);
        // The slash matters: `sub/**` speaks of what is in the folder.
        return !path.isEmpty() && ignoreFile.ignores(source.endsWith("/") ? path + "/" : path);
    }

    private void expose(Origin origin, Instruction.Expose expose) {
        List<String> ports = new ArrayList<>();
        for (String word : expose.ports()) {
            ports.addAll(words.expand(word, Variables.of(variables)).words());
        }
        for (String port : ports) {
            PortSpec spec = PortSpec.parse(port);
            if (!spec.writtenProtocol().equals(spec.protocol())) {
                findings.add(
                        Rule.EXPOSE_PROTO_CASING,
                        origin,
                        "Defined protocol '"
                                + port
                                + "' in EXPOSE instruction should be lowercase");
            }
        }
        for (String port : ports) {
            if (PortSpec.parse(port).bound()) {
                findings.add(
                        Rule.EXPOSE_INVALID_FORMAT,
                        origin,
                        "EXPOSE instruction should not define an IP address or host-port mapping,"
                                + " found '"
                                + port
                                + "'");
            }
        }
    }

    private void workdir(Origin origin, Instruction.Workdir workdir) {
        String path = expand(origin, workdir.path());
        boolean absolute = path.startsWith("/");
        if (!absolute && !hasWorkdir) {
            findings.add(
                    Rule.WORKDIR_RELATIVE_PATH,
                    origin,
                    "Relative workdir "
                            + Quoted.of(path)
                            + " can have unexpected results if the base image changes");
        }
        hasWorkdir = true;
    }

    private String expand(Origin origin, String word) {
        Expansion expansion = words.expand(word, Variables.of(variables));
        undefined(origin, expansion);
        return expansion.text();
    }

    private void undefined(Origin origin, Expansion expansion) {
        if (!complete) {
            return;
        }
        for (String name : expansion.unset()) {
            if (!declared.contains(name)) {
                Optional<String> nearest = NearestWord.of(name, variables.keySet());
                findings.add(
                        Rule.UNDEFINED_VAR,
                        origin,
                        "Usage of undefined variable '$"
                                + name
                                + "'"
                                + NearestWord.hint(nearest.map(word -> "$" + word)));
            }
        }
    }
}
