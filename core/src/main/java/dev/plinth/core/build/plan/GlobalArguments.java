package dev.plinth.core.build.plan;

import dev.plinth.core.dockerfile.Dockerfile;
import dev.plinth.core.dockerfile.DockerfileException;
import dev.plinth.core.dockerfile.Instruction;
import dev.plinth.core.dockerfile.Stage;
import dev.plinth.core.dockerfile.words.WordException;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.oci.Platform;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The variables that FROM lines see, which stages see as well once they declare them: those that
/// every build has, and the ARGs before the first FROM.
///
/// @see <a
///   href="https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope">
///   Automatic platform ARGs</a>
final class GlobalArguments {
    private static final String EPOCH = "SOURCE_DATE_EPOCH";

    /// May be given to any build, and no ARG need declare them.
    private static final Set<String> PREDEFINED =
            Set.of(
                    "HTTP_PROXY",
                    "http_proxy",
                    "HTTPS_PROXY",
                    "https_proxy",
                    "FTP_PROXY",
                    "ftp_proxy",
                    "NO_PROXY",
                    "no_proxy",
                    "ALL_PROXY",
                    "all_proxy",
                    EPOCH);

    private final Scope scope = new Scope();
    private final Map<String, String> given;

    GlobalArguments(Dockerfile file, PlanOptions options, InstructionExpander expander) {
        given = options.arguments();
        platform("BUILD", options.host());
        platform("TARGET", options.targetPlatform());
        automatic("TARGETSTAGE", targetName(file, options));
        for (Instruction.Arg arg : file.globals()) {
            for (Instruction.Arg.Declaration declared : arg.declarations()) {
                declare(file, arg, declared, expander);
            }
        }
    }

    private static String targetName(Dockerfile file, PlanOptions options) {
        return options.target()
                .or(() -> file.stages().getLast().from().name())
                .filter(name -> !name.isEmpty())
                .orElse("default");
    }

    private void platform(String prefix, Platform platform) {
        automatic(prefix + "PLATFORM", platform.toString());
        automatic(prefix + "OS", platform.os());
        automatic(prefix + "OSVERSION", platform.osVersion());
        automatic(prefix + "ARCH", platform.architecture());
        automatic(prefix + "VARIANT", platform.variant());
    }

    private void automatic(String name, String value) {
        scope.set(name, given.getOrDefault(name, value));
    }

    private void declare(
            Dockerfile file,
            Instruction.Arg arg,
            Instruction.Arg.Declaration declared,
            InstructionExpander expander) {
        String value = given.get(declared.name());
        if (value == null && declared.value().isPresent()) {
            try {
                value = expander.expand(declared.value().get(), scope);
            } catch (WordException e) {
                throw new DockerfileException(file.source(), arg.place(), e.getMessage());
            }
        }
        if (value != null) {
            scope.set(declared.name(), value);
        }
    }

    Scope scope() {
        return scope;
    }

    /// What the one who builds said an ARG is.
    Optional<String> given(String name) {
        return Optional.ofNullable(given.get(name));
    }

    /// The date of everything made, if one is set.
    ///
    /// @throws DockerfileException when it is no number of seconds
    Optional<Timestamp> epoch() {
        String value = given.get(EPOCH);
        if (value == null) {
            value = scope.value(EPOCH);
        }
        if (value == null || value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Timestamp(Long.parseLong(value), 0));
        } catch (NumberFormatException e) {
            throw new DockerfileException("invalid SOURCE_DATE_EPOCH: " + value);
        }
    }

    /// A warning about what was given and is not asked for by any ARG.
    List<String> warnings(Dockerfile file) {
        Set<String> known = new HashSet<>(PREDEFINED);
        addDeclared(known, file.globals());
        for (Stage stage : file.stages()) {
            addDeclared(known, stage.instructions());
        }
        List<String> unused = new ArrayList<>();
        for (String name : given.keySet()) {
            if (!known.contains(name) && !name.startsWith("BUILDKIT_") && !isAutomatic(name)) {
                unused.add(name);
            }
        }
        if (unused.isEmpty()) {
            return List.of();
        }
        unused.sort(null);
        return List.of(
                "[Warning] One or more build-args ["
                        + String.join(" ", unused)
                        + "] were not consumed");
    }

    private static boolean isAutomatic(String name) {
        return switch (name) {
            case "TARGETSTAGE",
                    "BUILDPLATFORM",
                    "BUILDOS",
                    "BUILDOSVERSION",
                    "BUILDARCH",
                    "BUILDVARIANT",
                    "TARGETPLATFORM",
                    "TARGETOS",
                    "TARGETOSVERSION",
                    "TARGETARCH",
                    "TARGETVARIANT" ->
                    true;
            default -> false;
        };
    }

    private static void addDeclared(
            Set<String> names, Collection<? extends Instruction> instructions) {
        for (Instruction instruction : instructions) {
            if (instruction instanceof Instruction.Arg arg) {
                arg.declarations().forEach(declared -> names.add(declared.name()));
            }
        }
    }
}
