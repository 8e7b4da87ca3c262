package dev.plinth.cli.command;

import dev.plinth.cli.output.Terminal;
import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.template.Template;
import dev.plinth.cli.text.JsonText;
import dev.plinth.core.engine.Engine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class InfoCommand implements Action {
    @Override
    public Command command() {
        return Command.named("system info", "info")
                .does("Show where the store is, what it holds, and what this host can do")
                .with(Formats.OBJECT);
    }

    @Override
    public int run(Session session, Arguments arguments) throws IOException {
        try (Engine engine = session.engine()) {
            Map<String, @Nullable Object> facts = engine.info();
            String format = arguments.value(Formats.OBJECT);
            switch (format) {
                case "" -> {
                    for (Map.Entry<String, @Nullable Object> fact : facts.entrySet()) {
                        print(session.terminal(), fact.getKey(), fact.getValue());
                    }
                }
                case "json" -> session.terminal().println(JsonText.compact(facts));
                default ->
                        session.terminal()
                                .println(
                                        Template.parse("", format)
                                                .fill(facts, Template.Missing.FAILS));
            }
            return DONE;
        }
    }

    private static void print(Terminal terminal, String name, @Nullable Object value)
            throws IOException {
        if (value instanceof List<?> lines) {
            terminal.println(name + ":");
            for (Object line : lines) {
                terminal.println("  " + line);
            }
        } else {
            terminal.println(name + ": " + value);
        }
    }
}
