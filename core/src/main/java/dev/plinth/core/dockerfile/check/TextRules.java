package dev.plinth.core.dockerfile.check;

import dev.plinth.core.dockerfile.Dockerfile;
import dev.plinth.core.dockerfile.Instruction;
import dev.plinth.core.dockerfile.Origin;
import dev.plinth.core.dockerfile.Place;
import dev.plinth.core.dockerfile.Stage;
import dev.plinth.core.error.Quoted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The rules that speak of how the whole file is written.
final class TextRules {
    private final Dockerfile file;
    private final Findings findings;

    private TextRules(Dockerfile file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    static void check(Dockerfile file, Findings findings) {
        TextRules rules = new TextRules(file, findings);
        rules.emptyContinuations();
        rules.instructions();
        rules.stageNames();
        rules.casing();
    }

    private void emptyContinuations() {
        for (Place place : file.emptyContinuations()) {
            findings.add(Rule.NO_EMPTY_CONTINUATION, place, "Empty continuation line");
        }
    }

    private void instructions() {
        for (Instruction.Arg global : file.globals()) {
            instruction(findings, global, global.origin());
        }
        for (Stage stage : file.stages()) {
            from(stage.from());
            for (Instruction instruction : stage.instructions()) {
                instruction(findings, instruction, instruction.origin());
            }
        }
    }

    private void from(Stage.From from) {
        if (from.as().isEmpty()) {
            return;
        }
        String as = from.as().get().keyword();
        String name = from.as().get().name();
        Origin origin = from.origin();
        if (!isLower(name)) {
            findings.add(
                    Rule.STAGE_NAME_CASING,
                    origin,
                    "Stage name '" + name + "' should be lowercase");
        }
        String keyword = origin.keyword();
        // A keyword that mixes cases is the business of another rule.
        if ((isLower(keyword) && !isLower(as)) || (isUpper(keyword) && !isUpper(as))) {
            findings.add(
                    Rule.FROM_AS_CASING,
                    origin,
                    "'" + as + "' and '" + keyword + "' keywords' casing do not match");
        }
        description(findings, "FROM", from.name().stream().toList(), origin);
    }

    /// The rules that need to see one instruction only, which a trigger may hold too.
    ///
    /// @param origin what to point at
    static void instruction(Findings findings, Instruction instruction, Origin origin) {
        switch (instruction) {
            case Instruction.Maintainer _ ->
                    findings.add(
                            Rule.MAINTAINER_DEPRECATED,
                            origin,
                            "Maintainer instruction is deprecated in favor of using label");
            case Instruction.Env env when env.legacy() ->
                    legacy(findings, env.origin().keyword(), origin);
            case Instruction.Label label when label.legacy() ->
                    legacy(findings, label.origin().keyword(), origin);
            case Instruction.Arg arg ->
                    description(
                            findings,
                            "ARG",
                            arg.declarations().stream()
                                    .map(Instruction.Arg.Declaration::name)
                                    .toList(),
                            origin);
            default -> {}
        }
    }

    private static void legacy(Findings findings, String keyword, Origin origin) {
        findings.add(
                Rule.LEGACY_KEY_VALUE_FORMAT,
                origin,
                "\""
                        + keyword
                        + " key=value\" should be used instead of legacy \""
                        + keyword
                        + " key value\" format");
    }

    private static void description(
            Findings findings, String keyword, List<String> names, Origin origin) {
        if (origin.comments().isEmpty()) {
            return;
        }
        String comment = origin.comments().getLast();
        int space = comment.indexOf(' ');
        if (!names.contains(space < 0 ? comment : comment.substring(0, space))) {
            findings.add(
                    Rule.INVALID_DEFINITION_DESCRIPTION,
                    origin,
                    "Comment for "
                            + keyword
                            + " should follow the format: `# "
                            + (names.size() == 1 ? names.getFirst() : "<arg_key>")
                            + " <description>`");
        }
    }

    private void stageNames() {
        Set<String> names = new HashSet<>();
        for (Stage stage : file.stages()) {
            Origin origin = stage.from().origin();
            stage.from()
                    .name()
                    .ifPresent(
                            name -> {
                                if (name.equals("context") || name.equals("scratch")) {
                                    findings.add(
                                            Rule.RESERVED_STAGE_NAME,
                                            origin,
                                            "Stage name should not use the same name as reserved"
                                                    + " stage "
                                                    + Quoted.of(name));
                                }
                                if (!names.add(name)) {
                                    findings.add(
                                            Rule.DUPLICATE_STAGE_NAME,
                                            origin,
                                            "Duplicate stage name "
                                                    + Quoted.of(name)
                                                    + ", stage names should be unique");
                                }
                            });
        }
    }

    private void casing() {
        List<Origin> origins = new ArrayList<>();
        for (Stage stage : file.stages()) {
            origins.add(stage.from().origin());
            stage.instructions().forEach(instruction -> origins.add(instruction.origin()));
        }
        int balance = 0;
        for (Origin origin : origins) {
            String keyword = origin.keyword();
            balance += isLower(keyword) ? 1 : isUpper(keyword) ? -1 : 0;
        }
        for (Origin origin : origins) {
            String keyword = origin.keyword();
            if (balance > 0 ? !isLower(keyword) : !isUpper(keyword)) {
                findings.add(
                        Rule.CONSISTENT_INSTRUCTION_CASING,
                        origin,
                        "Command '"
                                + keyword
                                + "' should match the case of the command majority ("
                                + (balance > 0 ? "lowercase" : "uppercase")
                                + ")");
            }
        }
    }

    private static boolean isLower(String word) {
        return word.equals(word.toLowerCase(Locale.ROOT));
    }

    private static boolean isUpper(String word) {
        return word.equals(word.toUpperCase(Locale.ROOT));
    }
}
