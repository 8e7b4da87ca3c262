package dev.plinth.core.dockerfile.check;

import dev.plinth.core.dockerfile.Dockerfile;
import dev.plinth.core.dockerfile.DockerfileException;
import dev.plinth.core.dockerfile.Stage;
import dev.plinth.core.dockerfile.words.WordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks a Dockerfile by the rules of `build --check`.
public final class Checks {
    private Checks() {}

    /// The options that a file asks for, or those that stand above it.
    ///
    /// @param override the value of the build argument `BUILDKIT_DOCKERFILE_CHECK`, if it was given
    /// @throws DockerfileException when they are not of the right form
    public static CheckOptions options(Dockerfile file, Optional<String> override) {
        try {
            if (override.isPresent()) {
                return CheckOptions.parse(override.get());
            }
            return file.directives()
                    .check()
                    .map(directive -> CheckOptions.parse(directive.value()))
                    .orElse(CheckOptions.DEFAULT);
        } catch (WordException e) {
            throw new DockerfileException(e.getMessage());
        }
    }

    /// What is found in a file.
    public static CheckReport run(Dockerfile file, CheckOptions options, CheckFacts facts) {
        Findings findings = new Findings(options);
        Optional<DockerfileException> error = Optional.empty();
        TextRules.check(file, findings);
        try {
            checkStages(file, facts, findings);
        } catch (DockerfileException e) {
            error = Optional.of(e);
        }
        return new CheckReport(file.source(), options, findings.all(), error);
    }

    private static void checkStages(Dockerfile file, CheckFacts facts, Findings findings) {
        FromRules fromRules = new FromRules(file, facts, findings);
        List<FromRules.Base> bases = new ArrayList<>();
        for (Stage stage : file.stages()) {
            bases.add(fromRules.check(stage.from()));
        }
        List<StageRules> done = new ArrayList<>();
        for (int i = 0; i < bases.size(); i++) {
            Stage stage = file.stages().get(i);
            FromRules.Base base = bases.get(i);
            if (base.name().isEmpty()) {
                throw new DockerfileException(
                        file.source(),
                        stage.from().place(),
                        "base name (" + stage.from().base() + ") should not be blank");
            }
            StageRules rules =
                    base.stage().isPresent() && base.stage().getAsInt() < i
                            ? done.get(base.stage().getAsInt()).child(stage.from())
                            : new StageRules(file, fromRules, facts, findings, stage.from(), base);
            if (facts.builds(i)) {
                rules.check(stage.instructions());
            }
            done.add(rules);
        }
    }
}
