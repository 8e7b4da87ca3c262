package dev.plinth.core.dockerfile.check;

import dev.plinth.core.dockerfile.words.Spaces;
import dev.plinth.core.dockerfile.words.WordException;
import dev.plinth.core.error.Quoted;
import java.util.HashSet;
import java.util.Set;

/// Which rules are followed: what `# check=` and the build argument `BUILDKIT_DOCKERFILE_CHECK`
/// say. Names that no rule has are kept and have no effect, as rules come and go.
///
/// @param skipped titles of rules that are not followed; `all` for all
/// @param experimental titles of experimental rules that are followed; `all` for all
/// @param failing whether a finding makes a build fail
public record CheckOptions(Set<String> skipped, Set<String> experimental, boolean failing) {
    private static final String ALL = "all";

    /// All rules but the experimental ones; findings are warnings.
    public static final CheckOptions DEFAULT = new CheckOptions(Set.of(), Set.of(), false);

    public CheckOptions {
        skipped = Set.copyOf(skipped);
        experimental = Set.copyOf(experimental);
    }

    /// The options that a text such as `skip=A,B;error=true;experimental=all // why` says.
    ///
    /// @throws WordException when it is not of that form
    public static CheckOptions parse(String text) {
        String options = Spaces.trim(withoutReason(text));
        if (options.isEmpty()) {
            return DEFAULT;
        }
        Set<String> skipped = Set.of();
        Set<String> experimental = Set.of();
        boolean failing = false;
        int from = 0;
        while (from <= options.length()) {
            int end = options.indexOf(';', from);
            String option = options.substring(from, end < 0 ? options.length() : end);
            from = end < 0 ? options.length() + 1 : end + 1;
            int equals = option.indexOf('=');
            String key = Spaces.trim(equals < 0 ? option : option.substring(0, equals));
            String value = equals < 0 ? "" : Spaces.trim(option.substring(equals + 1));
            switch (equals < 0 ? "" : key) {
                case "skip" -> skipped = titles(value);
                case "experimental" -> experimental = titles(value);
                case "error" -> failing = isTrue(option, value);
                default ->
                        throw new WordException(
                                "failed to parse check options: invalid check option "
                                        + Quoted.of(key));
            }
        }
        return new CheckOptions(skipped, experimental, failing);
    }

    /// These options and those of a comment above one instruction, which holds for it alone.
    CheckOptions and(CheckOptions local) {
        return new CheckOptions(
                union(skipped, local.skipped), union(experimental, local.experimental), failing);
    }

    boolean follows(Rule rule) {
        if (skipped.contains(ALL) || skipped.contains(rule.title())) {
            return false;
        }
        return !rule.isExperimental()
                || experimental.contains(ALL)
                || experimental.contains(rule.title());
    }

    private static String withoutReason(String text) {
        int reason = text.indexOf("//");
        return reason < 0 ? text : text.substring(0, reason);
    }

    private static Set<String> titles(String list) {
        Set<String> titles = new HashSet<>();
        int from = 0;
        while (from <= list.length()) {
            int comma = list.indexOf(',', from);
            int end = comma < 0 ? list.length() : comma;
            titles.add(Spaces.trim(list.substring(from, end)));
            from = end + 1;
        }
        return titles;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    private static boolean isTrue(String option, String value) {
        return switch (value) {
            case "1", "t", "T", "TRUE", "true", "True" -> true;
            case "0", "f", "F", "FALSE", "false", "False" -> false;
            default ->
                    throw new WordException(
                            "failed to parse check options: failed to parse check option "
                                    + Quoted.of(option)
                                    + ": strconv.ParseBool: parsing "
                                    + Quoted.of(value)
                                    + ": invalid syntax");
        };
    }
}
