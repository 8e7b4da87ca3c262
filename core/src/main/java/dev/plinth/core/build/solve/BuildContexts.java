package dev.plinth.core.build.solve;

import dev.plinth.core.build.files.BuildContext;
import java.util.Map;
import java.util.Optional;

/// The build context and the named ones.
///
/// @param named by the names that `--build-context` gives
public record BuildContexts(BuildContext main, Map<String, BuildContext> named) {
    public BuildContexts {
        named = Map.copyOf(named);
    }

    public BuildContexts(BuildContext main) {
        this(main, Map.of());
    }

    /// The context of that name; the empty name is that of the build context.
    Optional<BuildContext> find(String name) {
        return name.isEmpty() ? Optional.of(main) : Optional.ofNullable(named.get(name));
    }
}
