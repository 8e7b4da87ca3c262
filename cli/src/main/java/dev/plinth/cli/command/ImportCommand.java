package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.Operands;
import dev.plinth.core.engine.Engine;
import dev.plinth.core.engine.Imports;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.Platform;
import dev.plinth.core.reference.ImageReference;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class ImportCommand implements Action {
    private static final Flag<List<String>> CHANGE =
            Flag.list("change", "Apply a Dockerfile instruction to the image").letter('c');
    private static final Flag<String> CREATED =
            Flag.text(
                    "created",
                    "Date of the image, as seconds since 1970 or as 2006-01-02T15:04:05Z"
                            + " (default SOURCE_DATE_EPOCH, or the newest file's date)");
    private static final Flag<String> MESSAGE =
            Flag.text("message", "Comment in the image's history").letter('m');
    private static final Flag<String> PLATFORM =
            Flag.text("platform", "Platform of the image, as os[/arch[/variant]]");

    @Override
    public Command command() {
        return Command.named("image import", "import")
                .takes(
                        "file|URL|- [REPOSITORY[:TAG]]",
                        Operands.between(1, 2, Operands.Names.FILE)
                                .then(Operands.Names.NOTHING_KNOWN))
                .does("Make an image from a tar of a root file system")
                .with(CHANGE, CREATED, MESSAGE, PLATFORM);
    }

    @Override
    public int run(Session session, Arguments arguments) throws IOException {
        String source = arguments.operands().getFirst();
        String target = arguments.operand(1);
        Optional<ImageReference> name =
                target == null ? Optional.empty() : Optional.of(name(target));
        Optional<Instant> created = created(session, arguments);
        Digest id;
        try (Engine engine = session.engine();
                Source in = Source.open(source, session.terminal())) {
            id =
                    engine.imports()
                            .run(
                                    in.stream(),
                                    new Imports.Options(
                                            name,
                                            arguments.value(CHANGE),
                                            message(arguments, in),
                                            platform(arguments, engine),
                                            created));
        }
        session.terminal().println(id.toString());
        return DONE;
    }

    private static ImageReference name(String target) {
        ImageReference reference = ImageReference.parse(target);
        if (reference.digest().isPresent()) {
            throw new InvalidArgument("cannot import digest reference");
        }
        return ImageReference.parseTarget(target);
    }

    private static String message(Arguments arguments, Source in) {
        return arguments.has(MESSAGE) ? arguments.value(MESSAGE) : "Imported from " + in.name();
    }

    private static Platform platform(Arguments arguments, Engine engine) {
        String asked = arguments.value(PLATFORM);
        return asked.isEmpty() ? engine.host() : Platform.parse(asked);
    }

    private static Optional<Instant> created(Session session, Arguments arguments) {
        if (arguments.has(CREATED)) {
            return Optional.of(Dates.parse("--created", arguments.value(CREATED)));
        }
        String epoch = session.environment().getOrDefault("SOURCE_DATE_EPOCH", "");
        return epoch.isEmpty()
                ? Optional.empty()
                : Optional.of(Dates.parse("SOURCE_DATE_EPOCH", epoch));
    }
}
