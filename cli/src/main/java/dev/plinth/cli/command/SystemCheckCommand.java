package dev.plinth.cli.command;

import dev.plinth.cli.output.Terminal;
import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.text.ByteSize;
import dev.plinth.core.engine.Engine;
import dev.plinth.core.store.StoreCheck;
import java.io.IOException;

final class SystemCheckCommand implements Action {
    private static final Flag<Boolean> DRY_RUN =
            Flag.bool("dry-run", "Only tell what is wrong; remove nothing");

    @Override
    public Command command() {
        return Command.named("system check")
                .does("Verify the whole store, and remove what killed commands left behind")
                .with(DRY_RUN);
    }

    @Override
    public int run(Session session, Arguments arguments) throws IOException {
        boolean repair = !arguments.value(DRY_RUN);
        Terminal terminal = session.terminal();
        StoreCheck.Report report;
        try (Engine engine = session.engine()) {
            report = engine.check(repair);
        }
        for (String debris : report.debris()) {
            terminal.println((repair ? "removed " : "would remove ") + debris);
        }
        for (String damage : report.damage()) {
            terminal.println("damaged: " + damage);
        }
        terminal.println(
                "checked "
                        + ByteSize.human(report.bytes())
                        + ": "
                        + count(report.names(), "name")
                        + ", "
                        + count(report.layers(), "layer")
                        + ", "
                        + count(report.blobs(), "blob")
                        + (report.isSound()
                                ? "; all is sound"
                                : "; damage: " + report.damage().size()));
        return report.isSound() ? DONE : FAILED;
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
