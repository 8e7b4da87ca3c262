package dev.plinth.cli.command;

import dev.plinth.cli.help.Completion;
import dev.plinth.cli.help.Completion.Answer;
import dev.plinth.cli.help.Completion.Candidate;
import dev.plinth.cli.help.Completion.Fallback;
import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Operands;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What the completion scripts ask: which words may stand where the last argument is.
final class CompleteCommand implements Action {
    @Override
    public Command command() {
        return Command.named("__complete")
                .takes("WORD...", Operands.atLeast(1, Operands.Names.NOTHING_KNOWN))
                .does("Answer a shell that completes a command line")
                .flagsThenArguments();
    }

    @Override
    public int run(Session session, Arguments arguments) throws IOException {
        Answer answer = answer(arguments.operands());
        for (Candidate candidate : answer.candidates()) {
            session.terminal().println(candidate.text() + "\t" + candidate.help());
        }
        session.terminal().println(answer.fallback() == Fallback.FILES ? ":files" : ":nothing");
        return 0;
    }

    private static Answer answer(List<String> words) {
        int start = 0;
        while (start < words.size() - 1 && words.get(start).startsWith("-")) {
            boolean takesNext =
                    words.get(start).equals("--root") || words.get(start).equals("--config");
            start += takesNext && start + 1 < words.size() - 1 ? 2 : 1;
        }
        List<String> rest = words.subList(start, words.size());
        if (rest.size() == 1) {
            return rest.getFirst().startsWith("-")
                    ? Completion.inCommand(GlobalFlags.command(), rest, new NoNames())
                    : new Answer(
                            Completion.matching(topLevel(), rest.getFirst()), Fallback.NOTHING);
        }
        String name = rest.getFirst();
        if (CommandTable.isGroup(name)) {
            if (rest.size() == 2) {
                return new Answer(
                        Completion.matching(group(name), rest.getLast()), Fallback.NOTHING);
            }
            return inCommand(name + " " + rest.get(1), rest.subList(2, rest.size()));
        }
        return inCommand(name, rest.subList(1, rest.size()));
    }

    private static Answer inCommand(String path, List<String> words) {
        Action action = CommandTable.action(path);
        return action == null
                ? new Answer(List.of(), Fallback.NOTHING)
                : Completion.inCommand(action.command(), words, new NoNames());
    }

    private static List<Candidate> topLevel() {
        List<Candidate> all = new ArrayList<>();
        for (String name : CommandTable.common()) {
            all.add(candidate(name, name));
        }
        for (String name : CommandTable.others()) {
            all.add(candidate(name, name));
        }
        for (String group : CommandTable.groups()) {
            all.add(new Candidate(group, CommandTable.groupSummary(group)));
        }
        return all;
    }

    private static List<Candidate> group(String group) {
        List<Candidate> all = new ArrayList<>();
        for (String name : CommandTable.inGroup(group)) {
            all.add(candidate(group + " " + name, name));
        }
        return all;
    }

    private static Candidate candidate(String path, String shown) {
        return new Candidate(shown, CommandTable.summary(path));
    }

    private static final class NoNames implements Completion.Names {
        @Override
        public List<String> images() {
            return List.of();
        }

        @Override
        public List<String> containers() {
            return List.of();
        }
    }
}
