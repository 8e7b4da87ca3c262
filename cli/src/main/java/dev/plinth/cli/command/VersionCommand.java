package dev.plinth.cli.command;

import dev.plinth.cli.output.Terminal;
import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.template.Template;
import dev.plinth.cli.text.JsonText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

final class VersionCommand implements Action {
    @Override
    public Command command() {
        return Command.named("version")
                .does("Show the version of plinth and of what it runs on")
                .with(Formats.OBJECT);
    }

    @Override
    public int run(Session session, Arguments arguments) throws IOException {
        Terminal terminal = session.terminal();
        String format = arguments.value(Formats.OBJECT);
        switch (format) {
            case "" -> {
                terminal.println("Client:");
                terminal.println(" Version:           " + Version.NUMBER);
                terminal.println(" Java version:      " + System.getProperty("java.version"));
                terminal.println(" OS/Arch:           " + Version.os() + "/" + Version.arch());
            }
            case "json" -> terminal.println(JsonText.compact(facts()));
            default ->
                    terminal.println(
                            Template.parse("", format).fill(facts(), Template.Missing.FAILS));
        }
        return 0;
    }

    private static Map<String, Object> facts() {
        Map<String, Object> client = new LinkedHashMap<>();
        client.put("Version", Version.NUMBER);
        client.put("JavaVersion", System.getProperty("java.version"));
        client.put("Os", Version.os());
        client.put("Arch", Version.arch());
        return Map.of("Client", client);
    }
}
