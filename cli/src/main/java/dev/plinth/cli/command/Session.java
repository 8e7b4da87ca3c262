package dev.plinth.cli.command;

import dev.plinth.cli.output.Terminal;
import dev.plinth.core.engine.Engine;
import dev.plinth.core.engine.EngineOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one run of the program has at hand besides a command's own arguments.
///
/// @param terminal the standard streams
/// @param environment the environment variables
/// @param root the value of `--root`, or of `PLINTH_ROOT`; absent for the user's own place
/// @param config the value of `--config`; absent for the user's own place
/// @param debug whether to tell more
public record Session(
        Terminal terminal,
        Map<String, String> environment,
        @Nullable String root,
        @Nullable String config,
        boolean debug) {

    /// The engine over the user's store; to be closed.
    public Engine engine() throws IOException {
        return Engine.open(
                EngineOptions.from(
                        environment, root == null ? Optional.empty() : Optional.of(Path.of(root))));
    }
}
