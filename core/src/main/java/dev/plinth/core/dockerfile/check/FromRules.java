package dev.plinth.core.dockerfile.check;

import dev.plinth.core.dockerfile.Dockerfile;
import dev.plinth.core.dockerfile.DockerfileException;
import dev.plinth.core.dockerfile.Instruction;
import dev.plinth.core.dockerfile.Origin;
import dev.plinth.core.dockerfile.Stage;
import dev.plinth.core.dockerfile.words.Expansion;
import dev.plinth.core.dockerfile.words.Variables;
import dev.plinth.core.dockerfile.words.WordException;
import dev.plinth.core.dockerfile.words.Words;
import dev.plinth.core.error.NearestWord;
import dev.plinth.core.error.Quoted;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The rules about FROM lines and the ARGs before the first of them.
final class FromRules {
    private static final String SCRATCH = "scratch";
    private static final long MOST_REMEMBERED = 1L << 25;
    private static final String TARGET_PLATFORM = "TARGETPLATFORM";

    /// The arguments that are there without being declared.
    private static final Set<String> PLATFORM_ARGUMENTS =
            new LinkedHashSet<>(
                    List.of(
                            "BUILDPLATFORM",
                            "BUILDOS",
                            "BUILDOSVERSION",
                            "BUILDARCH",
                            "BUILDVARIANT",
                            TARGET_PLATFORM,
                            "TARGETOS",
                            "TARGETOSVERSION",
                            "TARGETARCH",
                            "TARGETVARIANT",
                            "TARGETSTAGE"));

    private final Dockerfile file;
    private final CheckFacts facts;
    private final Findings findings;
    private final Words words;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> defaults = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final Map<String, Integer> stages = new HashMap<>();
    private int count;
    private long remembered;

    FromRules(Dockerfile file, CheckFacts facts, Findings findings) {
        this.file = file;
        this.facts = facts;
        this.findings = findings;
        this.words = Words.escapedBy(file.directives().escape());
        for (String name : PLATFORM_ARGUMENTS) {
            String value = facts.platformArguments().getOrDefault(name, "");
            values.put(name, value);
            defaults.put(name, value);
        }
        for (Instruction.Arg arg : file.globals()) {
            declare(arg);
        }
        known.addAll(PLATFORM_ARGUMENTS);
    }

    /// What a stage begins with.
    ///
    /// @param name with its variables replaced
    /// @param stage the number of the stage it is, if it is one
    record Base(String name, Optional<String> platform, OptionalInt stage) {
        boolean isScratch() {
            return stage.isEmpty() && name.equals(SCRATCH);
        }
    }

    /// Counts what is kept about variables, so that no file can make it more than memory holds.
    void remember(Stage.From from, long characters) {
        remembered += characters;
        if (remembered > MOST_REMEMBERED) {
            throw new DockerfileException(
                    file.source(),
                    from.place(),
                    "the variables of all stages are too many to be checked");
        }
    }

    /// The value that the ARGs before the first FROM give a variable.
    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    private void declare(Instruction.Arg arg) {
        for (Instruction.Arg.Declaration declaration : arg.declarations()) {
            String name = expand(arg.origin(), declaration.name(), values).text();
            known.add(name);
            declaration
                    .value()
                    .ifPresent(
                            value -> {
                                values.put(name, expand(arg.origin(), value, values).text());
                                defaults.put(name, expandQuietly(value));
                            });
            String given = facts.buildArguments().get(name);
            if (given != null) {
                values.put(name, given);
            }
        }
    }

    /// Checks one line.
    ///
    /// @throws DockerfileException when a word in it is wrong
    Base check(Stage.From from) {
        Origin origin = from.origin();
        Expansion base = expand(origin, from.base(), values);
        String byDefault = expandQuietly(from.base());
        if (!isStageOrScratch(byDefault)
                && (byDefault.isEmpty() || !facts.isImageName(byDefault))) {
            findings.add(
                    Rule.INVALID_DEFAULT_ARG_IN_FROM,
                    origin,
                    "Default value for ARG "
                            + from.base()
                            + " results in empty or invalid base image name");
        }
        undeclared(origin, base);
        Optional<Expansion> platform = from.platform().map(word -> expand(origin, word, values));
        platform.ifPresent(
                expansion -> {
                    undeclared(origin, expansion);
                    platform(from, expansion);
                });
        Integer stage = stages.get(base.text().toLowerCase(Locale.ROOT));
        from.name().ifPresent(name -> stages.put(name, count));
        count++;
        return new Base(
                base.text(),
                platform.map(Expansion::text),
                stage == null ? OptionalInt.empty() : OptionalInt.of(stage));
    }

    private boolean isStageOrScratch(String name) {
        return name.equals(SCRATCH) || stages.containsKey(name.toLowerCase(Locale.ROOT));
    }

    private void undeclared(Origin origin, Expansion expansion) {
        for (String name : expansion.unset()) {
            if (!known.contains(name)) {
                findings.add(
                        Rule.UNDEFINED_ARG_IN_FROM,
                        origin,
                        "FROM argument '"
                                + name
                                + "' is not declared"
                                + NearestWord.hint(NearestWord.of(name, known)));
            }
        }
    }

    private void platform(Stage.From from, Expansion expansion) {
        String written = from.platform().orElseThrow();
        if (expansion.text().isEmpty()) {
            throw new DockerfileException(
                    file.source(), from.place(), "empty platform value from expression " + written);
        }
        Set<String> used = expansion.used();
        if (used.size() == 1 && used.contains(TARGET_PLATFORM) && expansion.unset().isEmpty()) {
            findings.add(
                    Rule.REDUNDANT_TARGET_PLATFORM,
                    from.origin(),
                    "Setting platform to predefined "
                            + written
                            + " in FROM is redundant as this is the default behavior");
        }
        if (used.isEmpty() && expansion.unset().isEmpty() && !isNamedIn(from, expansion.text())) {
            findings.add(
                    Rule.FROM_PLATFORM_FLAG_CONST_DISALLOWED,
                    from.origin(),
                    "FROM --platform flag should not use constant value " + Quoted.of(written));
        }
    }

    /// Whether the name of a stage tells the system or the architecture it is for.
    private static boolean isNamedIn(Stage.From from, String platform) {
        String name = from.name().orElse("");
        String[] parts = platform.toLowerCase(Locale.ROOT).split("/", -1);
        for (int i = 0; i < parts.length && i < 2; i++) {
            String part =
                    switch (parts[i]) {
                        case "x86_64", "x86-64" -> "amd64";
                        case "aarch64" -> "arm64";
                        case "armhf", "armel" -> "arm";
                        case "i386" -> "386";
                        case "macos" -> "darwin";
                        case String other -> other;
                    };
            if (!part.isEmpty() && name.contains(part)) {
                return true;
            }
        }
        return false;
    }

    private Expansion expand(Origin origin, String word, Map<String, String> variables) {
        try {
            return words.expand(word, Variables.of(variables));
        } catch (WordException e) {
            throw new DockerfileException(file.source(), origin.place(), e.getMessage());
        }
    }

    /// What a word is when nobody gives arguments; empty when it then cannot be.
    private String expandQuietly(String word) {
        try {
            return words.expand(word, Variables.of(defaults)).text();
        } catch (WordException e) {
            return "";
        }
    }
}
