package dev.plinth.core.dockerfile;

import dev.plinth.core.dockerfile.Instruction.Healthcheck.Health;
import dev.plinth.core.dockerfile.words.CommaList;
import dev.plinth.core.dockerfile.words.GoDuration;
import dev.plinth.core.dockerfile.words.SlashPath;
import dev.plinth.core.dockerfile.words.Spaces;
import dev.plinth.core.dockerfile.words.WordException;
import dev.plinth.core.error.NearestWord;
import dev.plinth.core.error.Quoted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// Gives one statement its meaning. Its exceptions do not say where; [Dockerfile] adds that.
final class InstructionReader {
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(1);

    private final Statement statement;
    private final Origin origin;
    private final List<String> arguments;
    private final Flags flags;

    private InstructionReader(Statement statement) {
        this.statement = statement;
        this.origin = statement.origin();
        this.arguments = statement.arguments();
        this.flags = new Flags(statement.flags());
    }

    /// The instruction that a statement is, which is not FROM.
    static Instruction read(Statement statement, Keyword keyword) {
        return new InstructionReader(statement).read(keyword);
    }

    /// The beginning of a stage.
    static Stage.From readFrom(Statement statement) {
        return new InstructionReader(statement).from();
    }

    /// The error for a word that is no instruction.
    static WordException unknown(String keyword) {
        boolean capitals = keyword.equals(keyword.toUpperCase(Locale.ROOT));
        List<String> known = new ArrayList<>();
        for (Keyword each : Keyword.values()) {
            known.add(capitals ? each.name() : each.name().toLowerCase(Locale.ROOT));
        }
        return new WordException(
                "unknown instruction: "
                        + keyword
                        + NearestWord.hint(NearestWord.ignoringCase(keyword, known)));
    }

    private Instruction read(Keyword keyword) {
        return switch (keyword) {
            case ADD -> add();
            case ARG -> arg();
            case CMD -> new Instruction.Cmd(origin, commandAfterFlags());
            case COPY -> copy();
            case ENTRYPOINT -> new Instruction.Entrypoint(origin, commandAfterFlags());
            case ENV -> new Instruction.Env(origin, pairs(keyword), statement.legacy());
            case EXPOSE -> expose();
            case FROM -> throw new IllegalArgumentException("FROM is no instruction of a stage");
            case HEALTHCHECK -> healthcheck();
            case LABEL -> new Instruction.Label(origin, pairs(keyword), statement.legacy());
            case MAINTAINER -> new Instruction.Maintainer(origin, single(keyword));
            case ONBUILD -> onbuild();
            case RUN -> run();
            case SHELL -> shell();
            case STOPSIGNAL -> new Instruction.StopSignal(origin, single(keyword));
            case USER -> new Instruction.User(origin, single(keyword));
            case VOLUME -> volume();
            case WORKDIR -> new Instruction.Workdir(origin, single(keyword));
        };
    }

    private Stage.From from() {
        Optional<String> name = Optional.empty();
        if (arguments.size() == 3 && arguments.get(1).equalsIgnoreCase("as")) {
            String lower = arguments.get(2).toLowerCase(Locale.ROOT);
            if (!isStageName(lower)) {
                throw new WordException(
                        "invalid name for build stage: "
                                + Quoted.of(arguments.get(2))
                                + ", name can't start with a number or contain symbols");
            }
            name = Optional.of(lower);
        } else if (arguments.size() != 1) {
            throw new WordException("FROM requires either one or three arguments");
        }
        flags.declareText("platform").parse();
        return new Stage.From(
                origin,
                arguments.getFirst(),
                flags.text("platform"),
                name,
                name.map(_ -> new Stage.From.As(arguments.get(1), arguments.get(2))),
                name.flatMap(this::description));
    }

    private static boolean isStageName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z';
            boolean other = (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
            if (!letter && !(other && i > 0)) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private Instruction add() {
        needTwo("ADD");
        flags.declareList("exclude")
                .declareText("chown")
                .declareText("chmod")
                .declareSwitch("link")
                .declareSwitch("keep-git-dir")
                .declareText("checksum")
                .declareSwitch("unpack")
                .parse();
        return new Instruction.Add(
                origin,
                transfer("ADD"),
                flags.asSwitch("keep-git-dir"),
                flags.text("checksum"),
                flags.asSwitch("unpack"));
    }

    private Instruction copy() {
        needTwo("COPY");
        flags.declareList("exclude")
                .declareText("chown")
                .declareText("from")
                .declareText("chmod")
                .declareSwitch("link")
                .declareSwitch("parents")
                .parse();
        return new Instruction.Copy(
                origin, transfer("COPY"), flags.text("from"), flags.isOn("parents"));
    }

    private void needTwo(String keyword) {
        if (arguments.size() < 2) {
            throw new WordException(
                    keyword
                            + " requires at least two arguments, but only one was provided."
                            + " Destination could not be determined");
        }
    }

    private Transfer transfer(String keyword) {
        String destination = arguments.getLast();
        List<String> sources = new ArrayList<>();
        List<Transfer.InlineFile> inline = new ArrayList<>();
        if (!statement.json() && HeredocName.parse(destination) != null) {
            throw new WordException(keyword + " cannot accept a heredoc as a destination");
        }
        for (String source : arguments.subList(0, arguments.size() - 1)) {
            Heredoc named = statement.json() ? null : HeredocName.parse(source);
            if (named == null) {
                sources.add(source);
                continue;
            }
            // Of several with one name the last one counts.
            for (Heredoc heredoc : origin.heredocs().reversed()) {
                if (heredoc.name().equals(named.name())) {
                    inline.add(
                            new Transfer.InlineFile(
                                    fileName(keyword, heredoc.name()),
                                    heredoc.text(),
                                    heredoc.expand()));
                    break;
                }
            }
        }
        return new Transfer(
                sources,
                inline,
                destination,
                flags.text("chown"),
                flags.text("chmod"),
                flags.isOn("link"),
                flags.list("exclude"));
    }

    /// The name of the file that a heredoc becomes; it cannot lead out of the destination.
    private static String fileName(String keyword, String heredoc) {
        String name = SlashPath.clean("/" + heredoc).substring(1);
        if (name.isEmpty() || name.indexOf('/') >= 0) {
            throw new WordException(
                    keyword + " cannot make a file named " + Quoted.of(heredoc) + " of a heredoc");
        }
        return name;
    }

    private Instruction arg() {
        needOne("ARG");
        flags.parse();
        List<Instruction.Arg.Declaration> declarations = new ArrayList<>();
        for (String word : arguments) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (name.isEmpty()) {
                throw blankName("ARG");
            }
            declarations.add(
                    new Instruction.Arg.Declaration(
                            name,
                            equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1)),
                            description(name)));
        }
        return new Instruction.Arg(origin, declarations);
    }

    /// The comment above that says something about `name`.
    private Optional<String> description(String name) {
        for (String comment : origin.comments()) {
            if (comment.startsWith(name + " ")) {
                return Optional.of(Spaces.trim(comment.substring(name.length())));
            }
        }
        return Optional.empty();
    }

    private Program.Command commandAfterFlags() {
        flags.parse();
        return command(arguments);
    }

    private Program.Command command(List<String> words) {
        if (statement.json()) {
            return new Program.Exec(words);
        }
        return new Program.Shell(words.isEmpty() ? "" : words.getFirst());
    }

    private List<KeyValue> pairs(Keyword keyword) {
        needOne(keyword.name());
        flags.parse();
        List<KeyValue> pairs = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            if (arguments.get(i).isEmpty()) {
                throw blankName(keyword.name());
            }
            pairs.add(new KeyValue(arguments.get(i), arguments.get(i + 1)));
        }
        return pairs;
    }

    private Instruction expose() {
        needOne("EXPOSE");
        flags.parse();
        List<String> ports = new ArrayList<>(arguments);
        Collections.sort(ports);
        return new Instruction.Expose(origin, ports);
    }

    private Instruction healthcheck() {
        needOne("HEALTHCHECK");
        String type = arguments.getFirst().toUpperCase(Locale.ROOT);
        List<String> words = arguments.subList(1, arguments.size());
        if (type.equals("NONE")) {
            if (!words.isEmpty()) {
                throw new WordException("HEALTHCHECK NONE takes no arguments");
            }
            return new Instruction.Healthcheck(origin, new Health.Off());
        }
        flags.declareText("interval")
                .declareText("timeout")
                .declareText("start-period")
                .declareText("start-interval")
                .declareText("retries")
                .parse();
        if (!type.equals("CMD")) {
            throw new WordException(
                    "Unknown type " + Quoted.of(type) + " in HEALTHCHECK (try CMD)");
        }
        if (words.isEmpty()) {
            throw new WordException("Missing command after HEALTHCHECK CMD");
        }
        return new Instruction.Healthcheck(
                origin,
                new Health.Test(
                        command(words),
                        interval("interval"),
                        interval("timeout"),
                        interval("start-period"),
                        interval("start-interval"),
                        retries()));
    }

    private Optional<Duration> interval(String name) {
        Optional<Duration> interval =
                flags.text(name).map(GoDuration::parse).filter(value -> !value.isZero());
        if (interval.isPresent() && interval.get().compareTo(SHORTEST_INTERVAL) < 0) {
            throw new WordException("Interval \"" + name + "\" cannot be less than 1ms");
        }
        return interval;
    }

    private OptionalInt retries() {
        Optional<String> text = flags.text("retries");
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        int retries;
        try {
            retries = Integer.parseInt(text.get());
        } catch (NumberFormatException e) {
            String digits = text.get().substring(text.get().startsWith("-") ? 1 : 0);
            boolean number =
                    !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
            throw new WordException(
                    "strconv.ParseInt: parsing "
                            + Quoted.of(text.get())
                            + (number ? ": value out of range" : ": invalid syntax"));
        }
        if (retries < 0) {
            throw new WordException("--retries cannot be negative (" + retries + ")");
        }
        return retries == 0 ? OptionalInt.empty() : OptionalInt.of(retries);
    }

    private Instruction onbuild() {
        needOne("ONBUILD");
        flags.parse();
        String trigger = arguments.getFirst().toUpperCase(Locale.ROOT);
        switch (trigger) {
            case "ONBUILD" ->
                    throw new WordException("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
            case "FROM", "MAINTAINER" ->
                    throw new WordException(trigger + " isn't allowed as an ONBUILD trigger");
            default -> {}
        }
        StringBuilder text = new StringBuilder(LineWords.first(origin.text())[1]);
        for (Heredoc heredoc : origin.heredocs()) {
            text.append('\n').append(heredoc.content()).append(heredoc.name());
        }
        return new Instruction.Onbuild(origin, text.toString());
    }

    private Instruction run() {
        flags.declareList("mount")
                .declareText("network")
                .declareText("security")
                .declareList("device")
                .parse();
        Instruction.Run.Network network =
                switch (flags.text("network").orElse("default")) {
                    case "default" -> Instruction.Run.Network.DEFAULT;
                    case "none" -> Instruction.Run.Network.NONE;
                    case "host" -> Instruction.Run.Network.HOST;
                    case String other ->
                            throw new WordException("invalid network mode " + Quoted.of(other));
                };
        Instruction.Run.Security security =
                switch (flags.text("security").orElse("sandbox")) {
                    case "sandbox" -> Instruction.Run.Security.SANDBOX;
                    case "insecure" -> Instruction.Run.Security.INSECURE;
                    case String other ->
                            throw new WordException(
                                    "security " + Quoted.of(other) + " is not valid");
                };
        return new Instruction.Run(
                origin,
                program(),
                flags.list("mount").stream().map(MountSpec::of).toList(),
                network,
                security,
                flags.list("device").stream().map(InstructionReader::device).toList());
    }

    /// What RUN runs. A heredoc alone is the program, or the text for the shell; otherwise the
    /// shell reads the heredocs.
    private Program program() {
        Program.Command command = command(arguments);
        List<Heredoc> heredocs = origin.heredocs();
        if (heredocs.isEmpty() || !(command instanceof Program.Shell(String line))) {
            return command;
        }
        if (HeredocName.parse(line) != null) {
            Heredoc only = heredocs.getFirst();
            return only.content().startsWith("#!")
                    ? new Program.Script(only.name(), only.text())
                    : new Program.Shell(only.text());
        }
        StringBuilder script = new StringBuilder(line);
        for (Heredoc heredoc : heredocs) {
            script.append('\n').append(heredoc.content()).append(heredoc.name());
        }
        return new Program.Shell(script.toString());
    }

    private static Instruction.Run.Device device(String text) {
        String name = "";
        boolean required = false;
        for (String field : CommaList.parse(text)) {
            int equals = field.indexOf('=');
            String key = equals < 0 ? field : field.substring(0, equals);
            if (key.equalsIgnoreCase("required")) {
                required = equals < 0 || MountSpec.isTrue("required", field.substring(equals + 1));
            } else if (key.equalsIgnoreCase("name") && equals >= 0) {
                name = field.substring(equals + 1);
            } else if (name.isEmpty()) {
                name = field;
            } else {
                throw new WordException("unexpected key '" + key + "' in '" + field + "'");
            }
        }
        return new Instruction.Run.Device(name, required);
    }

    private Instruction shell() {
        flags.parse();
        if (arguments.isEmpty()) {
            throw new WordException("SHELL requires at least one argument");
        }
        if (!statement.json()) {
            throw new WordException("SHELL requires the arguments to be in JSON form");
        }
        return new Instruction.Shell(origin, arguments);
    }

    private Instruction volume() {
        needOne("VOLUME");
        flags.parse();
        List<String> paths = arguments.stream().map(Spaces::trim).toList();
        if (paths.contains("")) {
            throw new WordException("VOLUME specified can not be an empty string");
        }
        return new Instruction.Volume(origin, paths);
    }

    private String single(Keyword keyword) {
        if (arguments.size() != 1) {
            throw new WordException(keyword + " requires exactly one argument");
        }
        flags.parse();
        return arguments.getFirst();
    }

    private void needOne(String keyword) {
        if (arguments.isEmpty()) {
            throw new WordException(keyword + " requires at least one argument");
        }
    }

    private static WordException blankName(String keyword) {
        return new WordException(keyword + " names can not be blank");
    }
}
