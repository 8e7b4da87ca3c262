package dev.plinth.cli.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tree of a template. `at` is the place in the text that error messages name.
sealed interface Node {
    int at();

    /// What stands in a sequence: text and actions.
    sealed interface Statement extends Node {}

    /// A value.
    sealed interface Expression extends Node {}

    record Block(int at, List<Statement> statements) implements Node {}

    record Text(int at, String text) implements Statement {}

    /// `{{pipeline}}`; prints unless it declares or assigns.
    record Print(int at, Pipeline pipeline) implements Statement {}

    record If(int at, Pipeline condition, Block then, @Nullable Block otherwise)
            implements Statement {}

    record With(int at, Pipeline value, Block then, @Nullable Block otherwise)
            implements Statement {}

    record Range(int at, Pipeline over, Block each, @Nullable Block otherwise)
            implements Statement {}

    record Break(int at) implements Statement {}

    record Continue(int at) implements Statement {}

    /// `$a, $b := command | command`.
    ///
    /// @param assigns whether it is `=`: the variables exist already
    record Pipeline(int at, List<String> variables, boolean assigns, List<Command> commands)
            implements Expression {}

    /// A word with its arguments.
    record Command(int at, List<Expression> words) implements Node {}

    record Dot(int at) implements Expression {}

    record Nil(int at) implements Expression {}

    /// A string, number or boolean.
    ///
    /// @param source as it was written
    record Constant(int at, Object value, String source) implements Expression {}

    /// `.A.B`.
    record Field(int at, List<String> path) implements Expression {}

    /// `$x.A.B`.
    record Variable(int at, String name, List<String> path) implements Expression {}

    record Function(int at, String name) implements Expression {}

    /// `(pipeline).A.B`.
    record Chain(int at, Expression base, List<String> path) implements Expression {}

    /// The node as Go writes it in messages.
    static String show(Node node) {
        return switch (node) {
            case Block block -> "";
            case Text text -> text.text();
            case Print print -> "{{" + show(print.pipeline()) + "}}";
            case If it -> "{{if " + show(it.condition()) + "}}";
            case With it -> "{{with " + show(it.value()) + "}}";
            case Range it -> "{{range " + show(it.over()) + "}}";
            case Break it -> "{{break}}";
            case Continue it -> "{{continue}}";
            case Pipeline pipeline -> showPipeline(pipeline);
            case Command command -> showCommand(command);
            case Dot dot -> ".";
            case Nil nil -> "nil";
            case Constant constant -> constant.source();
            case Field field -> "." + String.join(".", field.path());
            case Variable variable -> variable.name() + dotted(variable.path());
            case Function function -> function.name();
            case Chain chain ->
                    (chain.base() instanceof Pipeline
                                    ? "(" + show(chain.base()) + ")"
                                    : show(chain.base()))
                            + dotted(chain.path());
        };
    }

    private static String showPipeline(Pipeline pipeline) {
        List<String> commands = new ArrayList<>();
        for (Command command : pipeline.commands()) {
            commands.add(show(command));
        }
        String declared =
                pipeline.variables().isEmpty()
                        ? ""
                        : String.join(", ", pipeline.variables())
                                + (pipeline.assigns() ? " = " : " := ");
        return declared + String.join(" | ", commands);
    }

    private static String showCommand(Command command) {
        List<String> words = new ArrayList<>();
        for (Expression word : command.words()) {
            words.add(word instanceof Pipeline ? "(" + show(word) + ")" : show(word));
        }
        return String.join(" ", words);
    }

    private static String dotted(List<String> path) {
        StringBuilder out = new StringBuilder();
        for (String name : path) {
            out.append('.').append(name);
        }
        return out.toString();
    }
}
