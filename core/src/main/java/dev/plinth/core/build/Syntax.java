package dev.plinth.core.build;

import dev.plinth.core.build.plan.BuildException;
import dev.plinth.core.dockerfile.Directives.Directive;
import dev.plinth.core.dockerfile.Dockerfile;
import dev.plinth.core.dockerfile.DockerfileException;
import dev.plinth.core.dockerfile.SourceText;
import dev.plinth.core.error.Kind;
import dev.plinth.core.reference.ImageReference;
import dev.plinth.core.reference.InvalidReference;
import java.util.Optional;

/// Whether a file is for the built-in reader: one that asks for no other, or for Docker's own
/// Dockerfile frontend, whose language that is.
final class Syntax {
    private static final String ARGUMENT = "BUILDKIT_SYNTAX";

    private Syntax() {}

    /// @throws DockerfileException if it asks for another reader
    static void check(BuildRequest request) {
        String given = request.options().arguments().get(ARGUMENT);
        if (given != null) {
            if (!isBuiltIn(given)) {
                throw new DockerfileException(message(given));
            }
            return;
        }
        Optional<Directive> directive = Dockerfile.syntaxOf(request.dockerfile(), request.name());
        if (directive.isPresent() && !isBuiltIn(directive.get().value())) {
            throw new BuildException(
                    Kind.UNSUPPORTED,
                    new SourceText(request.name(), request.dockerfile()),
                    directive.get().place(),
                    message(directive.get().value()));
        }
    }

    private static boolean isBuiltIn(String syntax) {
        if (syntax.equals("dockerfile.v0")) {
            return true;
        }
        // What follows the name are options for the frontend.
        String stripped = syntax.strip();
        int space = stripped.indexOf(' ');
        String name = space < 0 ? stripped : stripped.substring(0, space);
        try {
            return switch (ImageReference.parse(name).name()) {
                case "docker.io/docker/dockerfile", "docker.io/docker/dockerfile-upstream" -> true;
                default -> false;
            };
        } catch (InvalidReference e) {
            return false;
        }
    }

    private static String message(String syntax) {
        return "the syntax "
                + syntax
                + " is not supported: only docker/dockerfile is, which is built in";
    }
}
