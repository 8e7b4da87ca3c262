package dev.plinth.core.dockerfile;

import dev.plinth.core.error.Quoted;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Prints what a Dockerfile was read as, for comparison with a text kept in a file. Components that
/// say nothing (empty, false) are left out, so a new component does not change old texts.
final class Dump {
    private final StringBuilder out = new StringBuilder();

    private Dump() {}

    static String of(Dockerfile file) {
        Dump dump = new Dump();
        Directives directives = file.directives();
        directives.syntax().ifPresent(d -> dump.directive("syntax", d));
        directives.check().ifPresent(d -> dump.directive("check", d));
        if (directives.escape() != '\\') {
            dump.out.append("escape ").append(directives.escape()).append('\n');
        }
        for (Instruction.Arg global : file.globals()) {
            dump.head("", global.origin(), "global ARG").record("  ", global);
        }
        for (Stage stage : file.stages()) {
            dump.head("", stage.from().origin(), "FROM").record("  ", stage.from());
            for (Instruction instruction : stage.instructions()) {
                dump.head("  ", instruction.origin(), instruction.name())
                        .record("    ", (Record) instruction);
            }
        }
        for (Place place : file.emptyContinuations()) {
            dump.out.append("empty continuation in ").append(lines(place)).append('\n');
        }
        return dump.out.toString();
    }

    static String of(DockerfileException e) {
        return e.excerpt() + "ERROR: " + e.getMessage() + "\n";
    }

    private void directive(String name, Directives.Directive directive) {
        out.append(name).append(' ').append(lines(directive.place()));
        out.append(": ").append(Quoted.of(directive.value())).append('\n');
    }

    private Dump head(String indent, Origin origin, String name) {
        out.append(indent).append(lines(origin.place())).append(' ').append(name);
        if (!origin.keyword().equals(name) && !name.startsWith("global")) {
            out.append(" written ").append(origin.keyword());
        }
        out.append('\n');
        for (String comment : origin.comments()) {
            out.append(indent).append("  comment: ").append(Quoted.of(comment)).append('\n');
        }
        out.append(indent).append("  text: ").append(Quoted.of(origin.text())).append('\n');
        for (Heredoc heredoc : origin.heredocs()) {
            out.append(indent).append("  heredoc: ").append(value(heredoc)).append('\n');
        }
        return this;
    }

    private static String lines(Place place) {
        return place.firstLine() == place.lastLine()
                ? "" + place.firstLine()
                : place.firstLine() + "-" + place.lastLine();
    }

    private void record(String indent, Record record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = read(component, record);
            if (component.getName().equals("origin") || saysNothing(value)) {
                continue;
            }
            if (value instanceof Transfer transfer) {
                record(indent, transfer);
                continue;
            }
            out.append(indent).append(component.getName()).append(": ");
            out.append(value(value)).append('\n');
        }
    }

    private static boolean saysNothing(Object value) {
        return value.equals(false)
                || value.equals(Optional.empty())
                || value.equals(OptionalInt.empty())
                || (value instanceof List<?> list && list.isEmpty())
                || value == Instruction.Run.Network.DEFAULT
                || value == Instruction.Run.Security.SANDBOX;
    }

    private static String value(Object value) {
        return switch (value) {
            case String text -> Quoted.of(text);
            case Optional<?> optional -> optional.map(Dump::value).orElse("none");
            case List<?> list -> list.stream().map(Dump::value).toList().toString();
            case Record record -> inline(record);
            default -> value.toString();
        };
    }

    private static String inline(Record record) {
        StringBuilder text = new StringBuilder(record.getClass().getSimpleName()).append('(');
        String separator = "";
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = read(component, record);
            if (!saysNothing(value)) {
                text.append(separator).append(component.getName()).append('=').append(value(value));
                separator = ", ";
            }
        }
        return text.append(')').toString();
    }

    private static Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component.getName(), e);
        }
    }
}
