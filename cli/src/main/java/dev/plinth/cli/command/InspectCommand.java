package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.FlagType;
import dev.plinth.cli.syntax.Operands;

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
    public int run(Session session, Arguments arguments) {
        throw new NotSupportedException(arguments.calledAs());
    }
}
