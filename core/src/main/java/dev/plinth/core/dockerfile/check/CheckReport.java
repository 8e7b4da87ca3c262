package dev.plinth.core.dockerfile.check;

import dev.plinth.core.dockerfile.DockerfileException;
import dev.plinth.core.dockerfile.SourceText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a check found.
///
/// @param source the file
/// @param options what was asked for
/// @param findings in the order in which they were found
/// @param error what ended the check before all was looked at, if anything
public record CheckReport(
        SourceText source,
        CheckOptions options,
        List<Finding> findings,
        Optional<DockerfileException> error) {
    public CheckReport {
        findings = List.copyOf(findings);
    }

    /// The findings from the top of the file to its end.
    public List<Finding> inFileOrder() {
        List<Finding> sorted = new ArrayList<>(findings);
        sorted.sort(Comparator.comparingInt(finding -> finding.place().firstLine()));
        return sorted;
    }

    /// Why a build must fail for what was found: `lint violation found for rules: A, B`. Empty when
    /// nothing was found or findings are mere warnings.
    public Optional<String> violation() {
        if (findings.isEmpty() || !options.failing()) {
            return Optional.empty();
        }
        Set<String> titles = new LinkedHashSet<>();
        for (Finding finding : findings) {
            titles.add(finding.rule().title());
        }
        return Optional.of("lint violation found for rules: " + String.join(", ", titles));
    }

    /// What `build --check` prints.
    public String text() {
        StringBuilder out = new StringBuilder("Check complete, ");
        switch (findings.size()) {
            case 0 -> out.append("no warnings found.\n");
            case 1 -> out.append("1 warning has been found!\n");
            default -> out.append(findings.size()).append(" warnings have been found!\n");
        }
        for (Finding finding : inFileOrder()) {
            out.append("\nWARNING: ").append(finding.rule().title());
            finding.rule().url().ifPresent(url -> out.append(" - ").append(url));
            out.append('\n').append(finding.message()).append('\n');
            out.append(source.excerpt(finding.place()));
        }
        return out.toString();
    }
}
