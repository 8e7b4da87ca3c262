package dev.plinth.cli.template;

import dev.plinth.cli.text.GoText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Fills in one template once. Everything a template can make this do is paid for out of one
/// budget, so that no template runs for long or makes endless text.
final class Evaluator {
    /// Steps plus characters handled.
    private static final long BUDGET = 1L << 25;

    private final Source source;
    private final Template.Missing missing;
    private final Functions functions;
    private final Bounded out = new Bounded();
    private final List<Binding> bindings = new ArrayList<>();
    private long budget = BUDGET;

    private static final class Binding {
        final String name;
        @Nullable Object value;

        Binding(String name, @Nullable Object value) {
            this.name = name;
            this.value = value;
        }
    }

    /// How a sequence of statements ended.
    private enum Exit {
        AT_THE_END,
        BREAK,
        CONTINUE
    }

    /// A value that was piped into a command; null is a value, too.
    private record Piped(@Nullable Object value) {}

    Evaluator(Source source, Template.Missing missing, Functions functions) {
        this.source = source;
        this.missing = missing;
        this.functions = functions;
    }

    String run(Node.Block body, @Nullable Object data) {
        bindings.add(new Binding("$", data));
        walk(body, data);
        return out.toString();
    }

    private Exit walk(Node.Block block, @Nullable Object dot) {
        for (Node.Statement statement : block.statements()) {
            spend(statement, 1);
            Exit exit = walk(statement, dot);
            if (exit != Exit.AT_THE_END) {
                return exit;
            }
        }
        return Exit.AT_THE_END;
    }

    private Exit walk(Node.Statement statement, @Nullable Object dot) {
        switch (statement) {
            case Node.Text text -> print(text, text.text());
            case Node.Print print -> {
                Object value = pipeline(dot, print.pipeline());
                if (print.pipeline().variables().isEmpty()) {
                    print(print, value);
                }
            }
            case Node.If it -> {
                int mark = bindings.size();
                boolean holds = Values.truth(pipeline(dot, it.condition()));
                Exit exit = walkOptional(holds ? it.then() : it.otherwise(), dot);
                truncate(mark);
                return exit;
            }
            case Node.With it -> {
                int mark = bindings.size();
                Object value = pipeline(dot, it.value());
                boolean holds = Values.truth(value);
                Exit exit = walkOptional(holds ? it.then() : it.otherwise(), holds ? value : dot);
                truncate(mark);
                return exit;
            }
            case Node.Range range -> {
                return range(range, dot);
            }
            case Node.Break it -> {
                return Exit.BREAK;
            }
            case Node.Continue it -> {
                return Exit.CONTINUE;
            }
        }
        return Exit.AT_THE_END;
    }

    private Exit walkOptional(Node.@Nullable Block block, @Nullable Object dot) {
        return block == null ? Exit.AT_THE_END : walk(block, dot);
    }

    private Exit range(Node.Range range, @Nullable Object dot) {
        int mark = bindings.size();
        Node.Pipeline over = range.over();
        Object value = commands(dot, over);
        boolean any = false;
        switch (value) {
            case null -> {}
            case Long count -> {
                if (over.variables().size() > 1) {
                    throw source.error(
                            over.commands().getLast().words().getFirst(),
                            "can't use " + count + " to iterate over more than one variable");
                }
                for (long i = 0; i < count; i++) {
                    any = true;
                    if (!once(range, i, i)) {
                        break;
                    }
                }
            }
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    any = true;
                    if (!once(range, (long) i, list.get(i))) {
                        break;
                    }
                }
            }
            case Map<?, ?> map -> {
                for (Map.Entry<String, Object> entry : sorted(map).entrySet()) {
                    any = true;
                    if (!once(range, entry.getKey(), entry.getValue())) {
                        break;
                    }
                }
            }
            default -> throw source.error(over, "range can't iterate over " + Values.print(value));
        }
        truncate(mark);
        return any ? Exit.AT_THE_END : walkOptional(range.otherwise(), dot);
    }

    /// Walks the block for one element; false when that was to be the last.
    private boolean once(Node.Range range, Object key, @Nullable Object element) {
        spend(range, 1);
        Node.Pipeline over = range.over();
        int mark = bindings.size();
        List<String> names = over.variables();
        if (names.size() == 1) {
            bind(over, names.getFirst(), element);
        } else if (names.size() == 2) {
            bind(over, names.getFirst(), key);
            bind(over, names.getLast(), element);
        }
        Exit exit = walk(range.each(), element);
        truncate(mark);
        return exit != Exit.BREAK;
    }

    static Map<String, Object> sorted(Map<?, ?> map) {
        Map<String, Object> sorted = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            sorted.put(String.valueOf(entry.getKey()), entry.getValue());
        }
        return sorted;
    }

    private @Nullable Object pipeline(@Nullable Object dot, Node.Pipeline pipeline) {
        Object value = commands(dot, pipeline);
        for (String name : pipeline.variables()) {
            bind(pipeline, name, value);
        }
        return value;
    }

    private void bind(Node.Pipeline pipeline, String name, @Nullable Object value) {
        if (!pipeline.assigns()) {
            bindings.add(new Binding(name, value));
            return;
        }
        for (int i = bindings.size() - 1; i >= 0; i--) {
            if (bindings.get(i).name.equals(name)) {
                bindings.get(i).value = value;
                return;
            }
        }
        throw source.error(pipeline, "undefined variable: " + name);
    }

    private @Nullable Object commands(@Nullable Object dot, Node.Pipeline pipeline) {
        Piped piped = null;
        for (Node.Command command : pipeline.commands()) {
            piped = new Piped(command(dot, command, piped));
        }
        return piped == null ? null : piped.value();
    }

    private @Nullable Object command(
            @Nullable Object dot, Node.Command command, @Nullable Piped piped) {
        spend(command, 1);
        Node.Expression first = command.words().getFirst();
        return switch (first) {
            case Node.Field field -> path(dot, dot, field, field.path(), command, piped);
            case Node.Variable it when it.path().isEmpty() -> {
                noArguments(command, piped);
                yield variable(it);
            }
            case Node.Variable it -> path(dot, variable(it), it, it.path(), command, piped);
            case Node.Chain chain ->
                    path(dot, argument(dot, chain.base()), chain, chain.path(), command, piped);
            case Node.Function function -> call(dot, function, command, piped);
            case Node.Pipeline inner -> {
                noArguments(command, piped);
                yield pipeline(dot, inner);
            }
            case Node.Constant constant -> {
                noArguments(command, piped);
                yield constant.value();
            }
            case Node.Dot itself -> {
                noArguments(command, piped);
                yield dot;
            }
            case Node.Nil nil -> throw source.error(nil, "nil is not a command");
        };
    }

    private void noArguments(Node.Command command, @Nullable Piped piped) {
        if (command.words().size() > 1 || piped != null) {
            Node first = command.words().getFirst();
            throw source.error(first, "can't give argument to non-function " + Node.show(first));
        }
    }

    /// The value of an expression that is an argument.
    private @Nullable Object argument(@Nullable Object dot, Node.Expression expression) {
        return switch (expression) {
            case Node.Dot itself -> dot;
            case Node.Nil nil -> null;
            case Node.Constant constant -> constant.value();
            case Node.Pipeline pipeline -> pipeline(dot, pipeline);
            case Node.Field it -> command(dot, alone(it), null);
            case Node.Variable it -> command(dot, alone(it), null);
            case Node.Chain it -> command(dot, alone(it), null);
            case Node.Function it -> command(dot, alone(it), null);
        };
    }

    private static Node.Command alone(Node.Expression expression) {
        return new Node.Command(expression.at(), List.of(expression));
    }

    private @Nullable Object variable(Node.Variable variable) {
        for (int i = bindings.size() - 1; i >= 0; i--) {
            if (bindings.get(i).name.equals(variable.name())) {
                return bindings.get(i).value;
            }
        }
        throw source.error(variable, "undefined variable: " + variable.name());
    }

    private @Nullable Object path(
            @Nullable Object dot,
            @Nullable Object receiver,
            Node node,
            List<String> path,
            Node.Command command,
            @Nullable Piped piped) {
        Object value = receiver;
        for (String name : path) {
            boolean open = value instanceof OpenMap;
            value = field(node, value, name);
            if (value == null && open) {
                break;
            }
        }
        boolean given = command.words().size() > 1 || piped != null;
        if (value instanceof Template.Method method) {
            List<@Nullable Object> arguments = arguments(dot, command, piped);
            try {
                return method.call(arguments);
            } catch (IllegalArgumentException e) {
                throw source.error(
                        command, "error calling " + path.getLast() + ": " + e.getMessage());
            }
        }
        if (given) {
            throw source.error(node, path.getLast() + " is not a method but has arguments");
        }
        return value;
    }

    private @Nullable Object field(Node node, @Nullable Object receiver, String name) {
        if (receiver instanceof Map<?, ?> map) {
            Object value = map.get(name);
            if (value == null
                    && missing == Template.Missing.FAILS
                    && !(map instanceof OpenMap)
                    && !map.containsKey(name)) {
                throw source.error(node, "map has no entry for key " + GoText.quote(name));
            }
            return value;
        }
        if (receiver == null) {
            throw source.error(
                    node,
                    missing == Template.Missing.FAILS
                            ? "nil data; no entry for key " + GoText.quote(name)
                            : "nil pointer evaluating interface {}." + name);
        }
        throw source.error(
                node, "can't evaluate field " + name + " in type " + Values.type(receiver));
    }

    private List<@Nullable Object> arguments(
            @Nullable Object dot, Node.Command command, @Nullable Piped piped) {
        List<@Nullable Object> arguments = new ArrayList<>();
        for (Node.Expression word : command.words().subList(1, command.words().size())) {
            arguments.add(argument(dot, word));
        }
        if (piped != null) {
            arguments.add(piped.value());
        }
        return arguments;
    }

    private @Nullable Object call(
            @Nullable Object dot,
            Node.Function function,
            Node.Command command,
            @Nullable Piped piped) {
        String name = function.name();
        int count = command.words().size() - 1 + (piped == null ? 0 : 1);
        Functions.Signature signature = Functions.signature(name);
        String objection = signature.objection(name, count);
        if (objection != null) {
            throw source.error(function, objection);
        }
        if (name.equals("and") || name.equals("or")) {
            return shortcut(dot, command, piped, name.equals("or"));
        }
        List<@Nullable Object> arguments = arguments(dot, command, piped);
        for (int i = 0; i < arguments.size(); i++) {
            Node place = i + 1 < command.words().size() ? command.words().get(i + 1) : command;
            check(place, signature.type(i), arguments.get(i));
            spend(place, Values.weight(arguments.get(i)));
        }
        try {
            Object result = functions.call(name, arguments);
            spend(command, Values.weight(result));
            return result;
        } catch (IllegalArgumentException e) {
            throw source.error(command, "error calling " + name + ": " + e.getMessage());
        }
    }

    /// `and` and `or` evaluate no more arguments than they need.
    private @Nullable Object shortcut(
            @Nullable Object dot, Node.Command command, @Nullable Piped piped, boolean until) {
        Object value = null;
        for (Node.Expression word : command.words().subList(1, command.words().size())) {
            value = argument(dot, word);
            if (Values.truth(value) == until) {
                return value;
            }
        }
        return piped == null ? value : piped.value();
    }

    private void check(Node place, Functions.Type wanted, @Nullable Object value) {
        if (wanted.accepts(value)) {
            return;
        }
        String type = wanted.goName();
        if (place instanceof Node.Constant constant) {
            throw source.error(place, "expected " + type + "; found " + constant.source());
        }
        throw source.error(
                place,
                value == null
                        ? "invalid value; expected " + type
                        : "wrong type for value; expected " + type + "; got " + Values.type(value));
    }

    private void print(Node node, @Nullable Object value) {
        try {
            String text = Values.print(value);
            spend(node, text.length());
            out.append(text);
        } catch (IllegalArgumentException e) {
            throw source.error(node, String.valueOf(e.getMessage()));
        }
    }

    private void spend(Node node, long cost) {
        budget -= cost;
        if (budget < 0) {
            throw source.error(node, "the template does more work than is allowed");
        }
    }

    private void truncate(int size) {
        bindings.subList(size, bindings.size()).clear();
    }
}
