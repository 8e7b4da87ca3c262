package dev.plinth.cli.help;

import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.Operands;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What may stand where the cursor is. The shells' scripts ask the program itself (`plinth
/// __complete WORD…`), so that one table serves all shells.
public final class Completion {
    /// What to do besides offering the candidates.
    public enum Fallback {
        NOTHING,
        FILES
    }

    /// @param text what may be inserted
    /// @param help one line about it, perhaps empty
    public record Candidate(String text, String help) {}

    public record Answer(List<Candidate> candidates, Fallback fallback) {}

    /// The names that the store knows; asked only when one of them may stand there.
    public interface Names {
        List<String> images();

        List<String> containers();
    }

    private Completion() {}

    /// The answer inside a command.
    ///
    /// @param words what follows the command's name; the last one is being completed, perhaps empty
    public static Answer inCommand(Command command, List<String> words, Names names) {
        String current = words.getLast();
        List<String> before = words.subList(0, words.size() - 1);
        int operands = 0;
        boolean flagsEnded = false;
        for (int i = 0; i < before.size(); i++) {
            String word = before.get(i);
            if (flagsEnded || word.length() < 2 || word.charAt(0) != '-') {
                operands++;
                flagsEnded |= command.flagsFirst();
            } else if (word.equals("--")) {
                flagsEnded = true;
            } else {
                Flag<?> flag = waitingForValue(command, word);
                if (flag != null && ++i == before.size()) {
                    return new Answer(List.of(), Fallback.FILES);
                }
            }
        }
        if (!flagsEnded && current.startsWith("-")) {
            return new Answer(flags(command, current), Fallback.NOTHING);
        }
        return operand(command.operands(), operands, current, names);
    }

    /// The candidates that start with `prefix`.
    public static List<Candidate> matching(List<Candidate> all, String prefix) {
        List<Candidate> matching = new ArrayList<>();
        for (Candidate candidate : all) {
            if (candidate.text().startsWith(prefix)) {
                matching.add(candidate);
            }
        }
        return matching;
    }

    private static Answer operand(Operands rule, int index, String prefix, Names names) {
        if (index >= rule.most()) {
            return new Answer(List.of(), Fallback.NOTHING);
        }
        return switch (index == 0 ? rule.first() : rule.rest()) {
            case IMAGE -> named(names.images(), prefix);
            case CONTAINER -> named(names.containers(), prefix);
            case FILE, COMMAND -> new Answer(List.of(), Fallback.FILES);
            case NOTHING_KNOWN -> new Answer(List.of(), Fallback.NOTHING);
        };
    }

    private static Answer named(List<String> names, String prefix) {
        List<Candidate> candidates = new ArrayList<>();
        for (String name : names) {
            candidates.add(new Candidate(name, ""));
        }
        return new Answer(matching(candidates, prefix), Fallback.NOTHING);
    }

    private static List<Candidate> flags(Command command, String prefix) {
        List<Candidate> all = new ArrayList<>();
        for (Flag<?> flag : HelpText.visible(command.flags(), true)) {
            int newline = flag.help().indexOf('\n');
            String help = newline < 0 ? flag.help() : flag.help().substring(0, newline);
            all.add(new Candidate("--" + flag.name(), help));
        }
        all.add(new Candidate("--help", "Print usage"));
        return matching(all, prefix);
    }

    /// The flag of `word` whose value is the next word.
    private static @Nullable Flag<?> waitingForValue(Command command, String word) {
        if (word.indexOf('=') >= 0) {
            return null;
        }
        for (Flag<?> flag : command.flags()) {
            boolean named = word.equals("--" + flag.name());
            boolean last =
                    flag.hasLetter()
                            && word.charAt(1) != '-'
                            && word.charAt(word.length() - 1) == flag.letter();
            if ((named || last) && flag.needsValue()) {
                return flag;
            }
        }
        return null;
    }
}
