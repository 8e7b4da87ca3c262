package dev.plinth.cli.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentParserTest {
    private static final Flag<Boolean> INTERACTIVE =
            Flag.bool("interactive", "Pass on the input").letter('i');
    private static final Flag<Boolean> TTY = Flag.bool("tty", "A terminal").letter('t');
    private static final Flag<Boolean> HUMAN =
            Flag.bool("human", "For people").letter('H').byDefault(true);
    private static final Flag<String> NAME = Flag.text("name", "A name").letter('n');
    private static final Flag<List<String>> ENV = Flag.list("env", "Variables").letter('e');
    private static final Flag<List<String>> PLATFORM = Flag.strings("platform", "Platforms");
    private static final Flag<Map<String, String>> SYSCTL = Flag.map("sysctl", "Settings");
    private static final Flag<Long> LAST = Flag.number("last", "How many").byDefault(-1L);
    private static final Flag<Long> MEMORY = Flag.bytes("memory", "Memory").letter('m');
    private static final Flag<Double> CPUS = Flag.decimal("cpus", "CPUs");
    private static final Flag<Duration> TIMEOUT = Flag.duration("timeout", "How long");
    private static final Flag<?> GPUS = Flag.missing("gpus", FlagType.TEXT, "GPUs");
    private static final Flag<String> PULL =
            Flag.text("pull", "When to pull").byDefault("missing").notYet();

    private static final Command ANYWHERE =
            Command.named("test")
                    .takes("[ARG...]", Operands.atLeast(0, Operands.Names.NOTHING_KNOWN))
                    .with(
                            INTERACTIVE,
                            TTY,
                            HUMAN,
                            NAME,
                            ENV,
                            PLATFORM,
                            SYSCTL,
                            LAST,
                            MEMORY,
                            CPUS,
                            TIMEOUT,
                            GPUS,
                            PULL);
    private static final Command FIRST = ANYWHERE.flagsThenArguments();

    @Test
    void takesValuesInEveryFormThatPflagTakes() {
        assertThat(parse("-e", "A=1").value(ENV)).containsExactly("A=1");
        assertThat(parse("-eA=1").value(ENV)).containsExactly("A=1");
        assertThat(parse("-e=A=1").value(ENV)).containsExactly("A=1");
        assertThat(parse("--env", "A=1").value(ENV)).containsExactly("A=1");
        assertThat(parse("--env=A=1").value(ENV)).containsExactly("A=1");
        assertThat(parse("--env=", "-e", "").value(ENV)).containsExactly("", "");
        assertThat(parse("-e", "--tty").value(ENV)).containsExactly("--tty");
    }

    @Test
    void takesSeveralLettersBehindOneDash() {
        Arguments arguments = parse("-iteA=1", "-itn", "x");
        assertThat(arguments.value(INTERACTIVE)).isTrue();
        assertThat(arguments.value(TTY)).isTrue();
        assertThat(arguments.value(ENV)).containsExactly("A=1");
        assertThat(arguments.value(NAME)).isEqualTo("x");
    }

    @Test
    void takesTheValueOfABooleanOnlyAfterAnEqualsSign() {
        assertThat(parse("--tty=false").value(TTY)).isFalse();
        assertThat(parse("-t=false").value(TTY)).isFalse();
        assertThat(parse("--human=0").value(HUMAN)).isFalse();
        assertThat(parse("-H", "false").operands()).containsExactly("false");
        assertThat(parse().value(HUMAN)).isTrue();
    }

    @Test
    void readsFlagsBetweenArguments() {
        Arguments arguments = parse("a", "-t", "b", "--name", "x", "-", "c");
        assertThat(arguments.operands()).containsExactly("a", "b", "-", "c");
        assertThat(arguments.value(NAME)).isEqualTo("x");
    }

    @Test
    void leavesWhatFollowsTheFirstArgumentAloneWhereItIsACommand() {
        Arguments arguments =
                ArgumentParser.parse(FIRST, "test", List.of("-t", "image", "ls", "-l", "--", "-x"));
        assertThat(arguments.operands()).containsExactly("image", "ls", "-l", "--", "-x");
        assertThat(arguments.value(TTY)).isTrue();
    }

    @Test
    void takesEverythingAfterTwoDashesAsArguments() {
        assertThat(parse("a", "--", "-t", "--", "--foo").operands())
                .containsExactly("a", "-t", "--", "--foo");
    }

    @Test
    void letsTheLastUseCountAndListsGrow() {
        Arguments arguments =
                parse(
                        "--name=a",
                        "--name=b",
                        "-e",
                        "x,y",
                        "-e",
                        "z",
                        "--platform=p,q",
                        "--platform=r",
                        "--sysctl",
                        "k=v=w",
                        "--sysctl",
                        "l");
        assertThat(arguments.value(NAME)).isEqualTo("b");
        assertThat(arguments.value(ENV)).containsExactly("x,y", "z");
        assertThat(arguments.value(PLATFORM)).containsExactly("p", "q", "r");
        assertThat(arguments.value(SYSCTL))
                .containsExactly(Map.entry("k", "v=w"), Map.entry("l", ""));
    }

    @Test
    void readsNumbersSizesAndSpans() {
        Arguments arguments = parse("--last=0x10", "-m512m", "--cpus=1.5", "--timeout", "1h30m");
        assertThat(arguments.value(LAST)).isEqualTo(16);
        assertThat(arguments.value(MEMORY)).isEqualTo(512L << 20);
        assertThat(arguments.value(CPUS)).isEqualTo(1.5);
        assertThat(arguments.value(TIMEOUT)).isEqualTo(Duration.ofMinutes(90));
        assertThat(parse().value(LAST)).isEqualTo(-1);
        assertThat(parse("--last=-1").has(LAST)).isTrue();
        assertThat(parse().has(LAST)).isFalse();
    }

    @Test
    void saysWhatIsWrongInPflagsWords() {
        assertRefuses("unknown flag: --foo", "--foo=1");
        assertRefuses("unknown flag: --nmae (did you mean --name?)", "--nmae");
        assertRefuses("unknown shorthand flag: 'x' in -x", "-x");
        assertRefuses("unknown shorthand flag: 'x' in -xe", "-itxe");
        assertRefuses("unknown shorthand flag: 'é' in -é", "-é");
        assertRefuses("flag needs an argument: --name", "--name");
        assertRefuses("flag needs an argument: 'n' in -n", "-itn");
        assertRefuses("bad flag syntax: --=x", "--=x");
        assertRefuses("bad flag syntax: ---x", "---x");
        assertRefuses(
                "invalid argument \"maybe\" for \"-t, --tty\" flag: strconv.ParseBool: parsing"
                        + " \"maybe\": invalid syntax",
                "--tty=maybe");
        assertRefuses(
                "invalid argument \"a\\tb\" for \"-m, --memory\" flag: invalid size: 'a\tb'",
                "-m",
                "a\tb");
        assertRefuses(
                "invalid argument \"\" for \"--last\" flag: strconv.ParseInt: parsing \"\":"
                        + " invalid syntax",
                "--last=");
        assertRefuses(
                "invalid argument \"5\" for \"--timeout\" flag: time: missing unit in duration"
                        + " \"5\"",
                "--timeout=5");
        assertRefuses(
                "invalid argument \"x\" for \"--cpus\" flag: failed to parse x as a rational number",
                "--cpus",
                "x");
        assertRefuses(
                "invalid argument \"1e3\" for \"--cpus\" flag: failed to parse 1e3 as a rational number",
                "--cpus=1e3");
    }

    @Test
    void refusesByNameWhatIsNotSupportedYet() {
        assertRefuses("--gpus is not supported by plinth yet", "--gpus", "all");
        assertRefuses("--pull is not supported by plinth yet", "--pull=always");
    }

    @Test
    void grantsAnUnsupportedFlagWhatHappensAnyway() {
        assertThat(parse("--pull=missing").value(PULL)).isEqualTo("missing");
    }

    @Test
    void doesNotCountArgumentsWhenHelpIsAskedFor() {
        Command command = ANYWHERE.takes("A", Operands.exactly(1, Operands.Names.IMAGE));
        assertThat(
                        ArgumentParser.parse(command, "test", List.of("--help"))
                                .value(ArgumentParser.HELP))
                .isTrue();
        assertThat(ArgumentParser.parse(command, "test", List.of("-h")).value(ArgumentParser.HELP))
                .isTrue();
        assertThatThrownBy(() -> ArgumentParser.parse(command, "test", List.of()))
                .hasMessage(
                        "plinth: 'plinth test' requires 1 argument\n\nUsage:  plinth test [OPTIONS] A"
                                + "\n\nRun 'plinth test --help' for more information");
    }

    private static Arguments parse(String... words) {
        return ArgumentParser.parse(ANYWHERE, "test", List.of(words));
    }

    private static void assertRefuses(String problem, String... words) {
        assertThatThrownBy(() -> parse(words))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        problem
                                + "\n\nUsage:  plinth test [OPTIONS] [ARG...]"
                                + "\n\nRun 'plinth test --help' for more information");
    }
}
