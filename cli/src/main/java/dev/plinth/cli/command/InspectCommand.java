package dev.plinth.cli.command;

import dev.plinth.cli.output.ObjectFormat;
import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.FlagType;
import dev.plinth.cli.syntax.Operands;
import dev.plinth.core.engine.ContainerSummary;
import dev.plinth.core.engine.Engine;
import dev.plinth.core.engine.Image;
import dev.plinth.core.error.Quote;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class InspectCommand implements Action {
    /// What the command looks among.
    enum Scope {
        ANYTHING,
        IMAGES,
        CONTAINERS
    }

    private static final Flag<String> TYPE =
            Flag.text("type", "Look only among things of this type (image, container)");

    private final Scope scope;

    InspectCommand(Scope scope) {
        this.scope = scope;
    }

    @Override
    public Command command() {
        return switch (scope) {
            case ANYTHING ->
                    Command.named("inspect")
                            .takes(
                                    "NAME|ID [NAME|ID...]",
                                    Operands.atLeast(1, Operands.Names.IMAGE))
                            .does("Show everything known of images and containers")
                            .with(Formats.OBJECT, size(), TYPE);
            case IMAGES ->
                    Command.named("image inspect")
                            .takes("IMAGE [IMAGE...]", Operands.atLeast(1, Operands.Names.IMAGE))
                            .does("Show everything known of images")
                            .with(
                                    Formats.OBJECT,
                                    Flag.missing(
                                            "platform",
                                            FlagType.TEXT,
                                            "Show the image for this platform, as"
                                                    + " os[/arch[/variant]]"));
            case CONTAINERS ->
                    Command.named("container inspect")
                            .takes(
                                    "CONTAINER [CONTAINER...]",
                                    Operands.atLeast(1, Operands.Names.CONTAINER))
                            .does("Show everything known of containers")
                            .with(Formats.OBJECT, size());
        };
    }

    private static Flag<?> size() {
        return Flag.missing("size", FlagType.BOOL, "Show how big the files of a container are")
                .letter('s');
    }

    @Override
    public int run(Session session, Arguments arguments) throws IOException {
        Scope wanted = scope == Scope.ANYTHING ? scope(arguments.value(TYPE)) : scope;
        if (wanted == Scope.CONTAINERS) {
            throw new NotSupportedException("container inspect");
        }
        ObjectFormat format = ObjectFormat.of(arguments.value(Formats.OBJECT));
        List<Object> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        try (Engine engine = session.engine()) {
            for (String name : arguments.operands()) {
                if (wanted == Scope.ANYTHING && isContainer(engine, name)) {
                    throw new NotSupportedException("container inspect");
                }
                Optional<Image> image = engine.images().find(name);
                if (image.isPresent()) {
                    found.add(engine.images().inspect(image.get()));
                } else {
                    missing.add(name);
                }
            }
        }
        session.terminal().print(format.text(found));
        session.terminal().flush();
        for (String name : missing) {
            session.terminal()
                    .warn(
                            "Error: No such "
                                    + (wanted == Scope.IMAGES ? "image" : "object")
                                    + ": "
                                    + name
                                    + "\n");
        }
        return missing.isEmpty() ? DONE : FAILED;
    }

    private static Scope scope(String type) {
        return switch (type) {
            case "" -> Scope.ANYTHING;
            case "image" -> Scope.IMAGES;
            case "container" -> Scope.CONTAINERS;
            default ->
                    throw new InvalidArgument(
                            Quote.go(type)
                                    + " is not a valid value for --type: expected image or"
                                    + " container");
        };
    }

    private static boolean isContainer(Engine engine, String name) throws IOException {
        for (ContainerSummary container : engine.containerList()) {
            if (container.record().name().text().equals(name)
                    || container.record().id().hex().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
