package dev.plinth.cli.syntax;

import dev.plinth.cli.text.GoText;
import dev.plinth.cli.text.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the words after a command's name by the command's flags. The rules are pflag's, which
/// Docker uses: `--name value`, `--name=value`, `-n value`, `-nvalue`, `-n=value`, several letters
/// behind one dash as long as only the last takes a value, and `--` before arguments that look like
/// flags. A flag that needs no value takes one only after `=`.
public final class ArgumentParser {
    /// Every command has this flag.
    public static final Flag<Boolean> HELP = Flag.bool("help", "Print usage");

    private final Command command;
    private final String path;
    private final String synopsis;
    private final Arguments result;
    private final Map<String, Flag<?>> byName;
    private final Flag<?>[] byLetter = new Flag<?>[128];

    private ArgumentParser(Command command, String calledAs, String synopsis) {
        this.command = command;
        this.path = calledAs.isEmpty() ? "plinth" : "plinth " + calledAs;
        this.synopsis = synopsis;
        this.result = new Arguments(calledAs);
        this.byName = HashMap.newHashMap(command.flags().size() + 1);
        for (Flag<?> flag : command.flags()) {
            byName.put(flag.name(), flag);
            if (flag.hasLetter()) {
                byLetter[flag.letter()] = flag;
            }
        }
        byName.putIfAbsent(HELP.name(), HELP);
        if (byLetter['h'] == null) {
            byLetter['h'] = HELP;
        }
    }

    /// What the words say. The number of arguments is checked unless help was asked for.
    ///
    /// @throws UsageException when they make no sense
    public static Arguments parse(Command command, String calledAs, List<String> words) {
        ArgumentParser parser = new ArgumentParser(command, calledAs, command.synopsis(calledAs));
        parser.read(words);
        parser.checkOperands();
        return parser.result;
    }

    /// The same for what stands before the name of a command, whose usage line is its own.
    ///
    /// @throws UsageException when they make no sense
    public static Arguments parsePrefix(
            Command command, String calledAs, String synopsis, List<String> words) {
        ArgumentParser parser = new ArgumentParser(command, calledAs, synopsis);
        parser.read(words);
        return parser.result;
    }

    private void read(List<String> words) {
        int at = 0;
        while (at < words.size()) {
            String word = words.get(at++);
            if (word.equals("--")) {
                break;
            }
            if (word.length() < 2 || word.charAt(0) != '-') {
                result.add(word);
                if (command.flagsFirst()) {
                    break;
                }
            } else {
                String next = at < words.size() ? words.get(at) : null;
                boolean tookNext = word.charAt(1) == '-' ? named(word, next) : letters(word, next);
                if (tookNext) {
                    at++;
                }
            }
        }
        for (String operand : words.subList(at, words.size())) {
            result.add(operand);
        }
    }

    private boolean named(String word, @Nullable String next) {
        int equals = word.indexOf('=');
        String name = word.substring(2, equals < 0 ? word.length() : equals);
        if (name.isEmpty() || name.charAt(0) == '-') {
            throw wrong("bad flag syntax: " + word);
        }
        Flag<?> flag = byName.get(name);
        if (flag == null) {
            throw wrong("unknown flag: --" + name + Nearest.hint(name, usableNames(), "--"));
        }
        if (equals >= 0) {
            set(flag, word.substring(equals + 1));
            return false;
        }
        if (!flag.needsValue()) {
            set(flag, "true");
            return false;
        }
        if (next == null) {
            throw wrong("flag needs an argument: --" + name);
        }
        set(flag, next);
        return true;
    }

    private boolean letters(String word, @Nullable String next) {
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            Flag<?> flag = letter < byLetter.length ? byLetter[letter] : null;
            String shown = word.substring(i);
            if (flag == null) {
                throw wrong("unknown shorthand flag: '" + letter + "' in -" + shown);
            }
            if (shown.length() > 2 && shown.charAt(1) == '=') {
                set(flag, shown.substring(2));
                return false;
            }
            if (flag.needsValue()) {
                if (shown.length() > 1) {
                    set(flag, shown.substring(1));
                    return false;
                }
                if (next == null) {
                    throw wrong("flag needs an argument: '" + letter + "' in -" + shown);
                }
                set(flag, next);
                return true;
            }
            set(flag, "true");
        }
        return false;
    }

    private void set(Flag<?> flag, String text) {
        Object value;
        try {
            value = flag.type().read(text, result.given(flag));
        } catch (IllegalArgumentException e) {
            throw wrong(
                    "invalid argument "
                            + GoText.quote(text)
                            + " for \""
                            + flag.spelling()
                            + "\" flag: "
                            + e.getMessage());
        }
        if (flag.refusal() != null && !value.equals(flag.byDefault())) {
            throw wrong("--" + flag.name() + " " + flag.refusal());
        }
        result.put(flag, value);
    }

    private void checkOperands() {
        if (result.value(HELP)) {
            return;
        }
        String objection = command.operands().objection(result.operands().size());
        if (objection != null) {
            throw UsageException.arguments("plinth: '" + path + "' " + objection, synopsis, path);
        }
    }

    private List<String> usableNames() {
        List<String> names = new ArrayList<>();
        for (Flag<?> flag : command.flags()) {
            if (flag.refusal() == null && !flag.hidden()) {
                names.add(flag.name());
            }
        }
        return names;
    }

    private UsageException wrong(String problem) {
        return UsageException.flag(problem, synopsis, path);
    }
}
