package dev.plinth.cli.template;

import dev.plinth.cli.template.Token.Kind;
import dev.plinth.cli.text.GoText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the tokens of a template into a tree.
final class Parser {
    /// Blocks and parentheses within each other; more is nobody's format.
    private static final int MAX_DEPTH = 100;

    private final Source source;
    private final List<Token> tokens;
    private final List<String> variables = new ArrayList<>(List.of("$"));
    private int at;
    private int depth;
    private int ranges;

    Parser(Source source) {
        this.source = source;
        this.tokens = Lexer.tokens(source);
    }

    Node.Block parse() {
        Sequence all = sequence(0);
        if (all.stop() != null) {
            throw unexpectedAction(all.stop());
        }
        return all.block();
    }

    /// Statements up to `{{end}}`, `{{else…}}` or the end of the text.
    ///
    /// @param stop the keyword that ended it, whose action is not read to its end yet
    private record Sequence(Node.Block block, @Nullable Token stop) {}

    private Sequence sequence(int start) {
        List<Node.Statement> statements = new ArrayList<>();
        while (true) {
            Token token = next();
            switch (token.kind()) {
                case END -> {
                    return new Sequence(new Node.Block(start, statements), null);
                }
                case TEXT -> statements.add(new Node.Text(token.at(), token.text()));
                case LEFT -> {
                    Token first = peekPastSpace();
                    if (first.isKeyword("end") || first.isKeyword("else")) {
                        at++;
                        return new Sequence(new Node.Block(start, statements), first);
                    }
                    statements.add(action(first));
                }
                default -> throw unexpected(token, "input");
            }
        }
    }

    private Node.Statement action(Token first) {
        if (!first.is(Kind.KEYWORD) || first.isKeyword("nil")) {
            Node.Pipeline pipeline = pipeline("command", Kind.RIGHT);
            return new Node.Print(pipeline.at(), pipeline);
        }
        at++;
        return switch (first.text()) {
            case "if", "with", "range" -> control(first);
            case "break" -> loopExit(first, new Node.Break(first.at()));
            case "continue" -> loopExit(first, new Node.Continue(first.at()));
            default -> throw source.error(first.at(), "{{" + first.text() + "}} is not supported");
        };
    }

    private Node.Statement loopExit(Token word, Node.Statement statement) {
        Token end = nextPastSpace();
        if (!end.is(Kind.RIGHT)) {
            throw unexpected(end, "{{" + word.text() + "}}");
        }
        if (ranges == 0) {
            throw source.error(word.at(), "{{" + word.text() + "}} outside {{range}}");
        }
        return statement;
    }

    private Node.Statement control(Token word) {
        deeper(word.at());
        int scope = variables.size();
        boolean isRange = word.isKeyword("range");
        Node.Pipeline pipeline = pipeline(word.text(), Kind.RIGHT);
        if (isRange) {
            ranges++;
        }
        Sequence then = sequence(word.at());
        if (isRange) {
            ranges--;
        }
        Node.Block otherwise = otherwise(word, then.stop());
        truncate(scope);
        depth--;
        return switch (word.text()) {
            case "if" -> new Node.If(pipeline.at(), pipeline, then.block(), otherwise);
            case "with" -> new Node.With(pipeline.at(), pipeline, then.block(), otherwise);
            default -> new Node.Range(pipeline.at(), pipeline, then.block(), otherwise);
        };
    }

    /// What follows the first block of a control: `{{end}}`, `{{else}}…{{end}}`, or for `if` and
    /// `with` another one, which shares the `{{end}}`.
    private Node.@Nullable Block otherwise(Token word, @Nullable Token stop) {
        if (stop == null) {
            throw source.error(source.text().length(), "unexpected EOF");
        }
        Token after = nextPastSpace();
        if (stop.isKeyword("end")) {
            if (!after.is(Kind.RIGHT)) {
                throw unexpected(after, "end");
            }
            return null;
        }
        if (after.is(Kind.KEYWORD)
                && after.text().equals(word.text())
                && !word.isKeyword("range")) {
            return new Node.Block(after.at(), List.of(control(after)));
        }
        if (!after.is(Kind.RIGHT)) {
            throw unexpected(after, "else");
        }
        Sequence rest = sequence(after.at());
        if (rest.stop() == null) {
            throw source.error(source.text().length(), "unexpected EOF");
        }
        if (!rest.stop().isKeyword("end")) {
            throw source.error(rest.stop().at(), "expected end; found {{else}}");
        }
        Token end = nextPastSpace();
        if (!end.is(Kind.RIGHT)) {
            throw unexpected(end, "end");
        }
        return rest.block();
    }

    private Node.Pipeline pipeline(String context, Kind end) {
        int start = peekPastSpace().at();
        List<String> declared = new ArrayList<>();
        boolean assigns = declarations(context, declared);
        List<Node.Command> commands = new ArrayList<>();
        while (true) {
            Token token = peekPastSpace();
            if (token.is(end)) {
                at++;
                break;
            }
            switch (token.kind()) {
                case PIPE, COMMA, DECLARE, ASSIGN, CLOSE, RIGHT -> throw unexpected(token, context);
                default -> commands.add(command());
            }
            if (peekPastSpace().is(Kind.PIPE)) {
                at++;
            } else if (!peekPastSpace().is(end)) {
                throw unexpected(peekPastSpace(), context);
            }
        }
        if (commands.isEmpty()) {
            throw source.error(start, "missing value for " + context);
        }
        checkLaterCommands(commands);
        if (!assigns) {
            variables.addAll(declared);
        }
        return new Node.Pipeline(start, declared, assigns, commands);
    }

    /// Reads `$x :=`, `$x =` and `range`'s `$i, $x :=`; true when it is `=`.
    private boolean declarations(String context, List<String> declared) {
        int start = at;
        while (true) {
            Token variable = nextPastSpace();
            if (!variable.is(Kind.VARIABLE)) {
                at = start;
                declared.clear();
                return false;
            }
            Token sign = nextPastSpace();
            if (sign.is(Kind.DECLARE) || sign.is(Kind.ASSIGN)) {
                declared.add(variable.text());
                boolean assigns = sign.is(Kind.ASSIGN);
                for (String name : assigns ? declared : List.<String>of()) {
                    checkVariable(name, variable.at());
                }
                return assigns;
            }
            if (!sign.is(Kind.COMMA) || !context.equals("range") || !declared.isEmpty()) {
                if (!declared.isEmpty() || sign.is(Kind.COMMA)) {
                    throw source.error(sign.at(), "too many declarations in " + context);
                }
                at = start;
                return false;
            }
            declared.add(variable.text());
        }
    }

    private void checkLaterCommands(List<Node.Command> commands) {
        for (int i = 1; i < commands.size(); i++) {
            Node.Expression first = commands.get(i).words().getFirst();
            if (first instanceof Node.Constant
                    || first instanceof Node.Dot
                    || first instanceof Node.Nil) {
                throw source.error(
                        first.at(), "non executable command in pipeline stage " + (i + 1));
            }
        }
    }

    private Node.Command command() {
        List<Node.Expression> words = new ArrayList<>();
        int start = peekPastSpace().at();
        while (true) {
            Node.Expression word = operand();
            if (word != null) {
                words.add(word);
            }
            Token token = tokens.get(at);
            if (token.is(Kind.SPACE)) {
                at++;
                Token after = tokens.get(at);
                if (after.is(Kind.RIGHT) || after.is(Kind.CLOSE) || after.is(Kind.PIPE)) {
                    break;
                }
                continue;
            }
            if (token.is(Kind.RIGHT) || token.is(Kind.CLOSE) || token.is(Kind.PIPE)) {
                break;
            }
            throw unexpected(token, "operand");
        }
        return new Node.Command(start, words);
    }

    private Node.@Nullable Expression operand() {
        Node.Expression term = term();
        if (term == null || !tokens.get(at).is(Kind.FIELD)) {
            return term;
        }
        int start = tokens.get(at).at();
        List<String> path = new ArrayList<>();
        while (tokens.get(at).is(Kind.FIELD)) {
            path.add(tokens.get(at++).text().substring(1));
        }
        return switch (term) {
            case Node.Field field -> new Node.Field(start, joined(field.path(), path));
            case Node.Variable it -> new Node.Variable(start, it.name(), joined(it.path(), path));
            case Node.Dot dot -> throw source.error(start, "unexpected . after term \".\"");
            case Node.Nil nil -> throw source.error(start, "unexpected . after term \"nil\"");
            case Node.Constant constant ->
                    throw source.error(
                            start, "unexpected . after term " + GoText.quote(constant.source()));
            case Node.Function function -> new Node.Chain(start, function, path);
            case Node.Chain chain -> new Node.Chain(start, chain, path);
            case Node.Pipeline pipeline -> new Node.Chain(start, pipeline, path);
        };
    }

    private Node.@Nullable Expression term() {
        Token token = peekPastSpace();
        at++;
        return switch (token.kind()) {
            case IDENTIFIER -> identifier(token);
            case DOT -> new Node.Dot(token.at());
            case FIELD -> new Node.Field(token.at(), List.of(token.text().substring(1)));
            case STRING, CHARACTER, NUMBER ->
                    new Node.Constant(token.at(), Constants.value(source, token), token.text());
            case VARIABLE -> {
                checkVariable(token.text(), token.at());
                yield new Node.Variable(token.at(), token.text(), List.of());
            }
            case OPEN -> {
                deeper(token.at());
                int scope = variables.size();
                Node.Pipeline inner = pipeline("parenthesized pipeline", Kind.CLOSE);
                truncate(scope);
                depth--;
                yield inner;
            }
            case RIGHT, CLOSE, PIPE -> {
                at--;
                yield null;
            }
            default -> {
                if (token.isKeyword("nil")) {
                    yield new Node.Nil(token.at());
                }
                throw unexpected(token, "operand");
            }
        };
    }

    private Node.Expression identifier(Token token) {
        if (token.text().equals("true") || token.text().equals("false")) {
            return new Node.Constant(token.at(), token.text().equals("true"), token.text());
        }
        if (!Functions.exists(token.text())) {
            throw source.error(
                    token.at(), "function " + GoText.quote(token.text()) + " not defined");
        }
        return new Node.Function(token.at(), token.text());
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private void checkVariable(String name, int place) {
        if (!variables.contains(name)) {
            throw source.error(place, "undefined variable " + GoText.quote(name));
        }
    }

    private void deeper(int place) {
        if (++depth > MAX_DEPTH) {
            throw source.error(place, "template nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    private void truncate(int size) {
        variables.subList(size, variables.size()).clear();
    }

    private Token next() {
        Token token = tokens.get(at);
        // The last token, END or ERROR, is seen as often as somebody looks.
        if (at < tokens.size() - 1) {
            at++;
        }
        if (token.is(Kind.ERROR)) {
            throw source.error(token.at(), token.text());
        }
        return token;
    }

    private Token peekPastSpace() {
        while (tokens.get(at).is(Kind.SPACE)) {
            at++;
        }
        return tokens.get(at);
    }

    private Token nextPastSpace() {
        peekPastSpace();
        return next();
    }

    private TemplateException unexpectedAction(Token keyword) {
        return source.error(keyword.at(), "unexpected {{" + keyword.text() + "}}");
    }

    private TemplateException unexpected(Token token, String context) {
        if (token.is(Kind.ERROR)) {
            return source.error(token.at(), token.text());
        }
        String shown =
                switch (token.kind()) {
                    case END -> "EOF";
                    case KEYWORD, DOT -> "<" + token.text() + ">";
                    default -> GoText.quote(token.text());
                };
        return source.error(token.at(), "unexpected " + shown + " in " + context);
    }
}
