package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.Operands;
import java.util.List;

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
    public int run(Session session, Arguments arguments) {
        throw new NotSupportedException(arguments.calledAs());
    }
}
