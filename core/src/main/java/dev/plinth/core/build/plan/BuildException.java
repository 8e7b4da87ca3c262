package dev.plinth.core.build.plan;

import dev.plinth.core.dockerfile.Place;
import dev.plinth.core.dockerfile.SourceText;
import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;
import java.util.Optional;

/// A build cannot be planned or fails, for a reason that an instruction of the Dockerfile gives.
/// The message is about the reason; the step, the place and the lines around it come apart from it,
/// because they are shown above.
public final class BuildException extends PlinthException {
    private static final long serialVersionUID = 1;

    private final transient SourceText source;
    private final transient Place place;
    private final String step;

    /// @param step what people see of the step that failed; empty while the build is planned
    public BuildException(
            Kind kind,
            SourceText source,
            Place place,
            String step,
            String message,
            Throwable cause) {
        super(kind, message, cause);
        this.source = source;
        this.place = place;
        this.step = step;
    }

    /// While the build is planned.
    public BuildException(Kind kind, SourceText source, Place place, String message) {
        super(kind, message);
        this.source = source;
        this.place = place;
        this.step = "";
    }

    /// The lines that say what failed.
    public Place place() {
        return place;
    }

    /// The lines around the place as [SourceText#excerpt] shows them.
    public String excerpt() {
        return source.excerpt(place);
    }

    /// The step that failed, such as `[1/2] COPY a b`; empty while the build was planned.
    public Optional<String> step() {
        return step.isEmpty() ? Optional.empty() : Optional.of(step);
    }
}
