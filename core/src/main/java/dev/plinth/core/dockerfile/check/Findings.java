package dev.plinth.core.dockerfile.check;

import dev.plinth.core.dockerfile.Origin;
import dev.plinth.core.dockerfile.Place;
import dev.plinth.core.dockerfile.words.WordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Collects what the rules find, leaving out what was asked not to be told.
final class Findings {
    private final CheckOptions options;
    private final List<Finding> findings = new ArrayList<>();

    Findings(CheckOptions options) {
        this.options = options;
    }

    List<Finding> all() {
        return findings;
    }

    void add(Rule rule, Origin origin, String message) {
        if (optionsFor(origin).follows(rule)) {
            findings.add(new Finding(rule, origin.place(), message));
        }
    }

    void add(Rule rule, Place place, String message) {
        if (options.follows(rule)) {
            findings.add(new Finding(rule, place, message));
        }
    }

    /// The options with those of comments such as `# check=skip=RuleName // reason`.
    private CheckOptions optionsFor(Origin origin) {
        CheckOptions all = options;
        for (String comment : origin.comments()) {
            int equals = comment.indexOf('=');
            if (equals > 0
                    && comment.substring(0, equals)
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .equals("check")) {
                try {
                    all = all.and(CheckOptions.parse(comment.substring(equals + 1)));
                } catch (WordException _) {
                    // A comment may look like this by chance; only the directive must be right.
                }
            }
        }
        return all;
    }
}
