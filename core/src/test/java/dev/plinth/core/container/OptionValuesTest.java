package dev.plinth.core.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionValuesTest {
    private static final Set<Capability> ALL = EnumSet.allOf(Capability.class);

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "512,512",
        "64m,67108864",
        "64M,67108864",
        "1.5g,1610612736",
        "10kb,10240",
        "1GiB,1073741824",
        "3b,3",
        "2 k,2048"
    })
    void readsSizes(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "zz",
                "-1",
                "1x",
                "m",
                "1..5m",
                "5.",
                "9223372036854775808",
                "9999999p",
                "bb",
                "1bb"
            })
    void rejectsWhatIsNoSize(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOf(InvalidOption.class)
                .hasMessage("invalid size: '" + text + "'");
    }

    @Test
    void readsLimits() {
        assertThat(Ulimit.parse("nofile=100:200")).isEqualTo(new Ulimit("nofile", 100, 200));
        assertThat(Ulimit.parse("core=-1")).isEqualTo(new Ulimit("core", -1, -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nofile",
                "nofile=",
                "nofile=a",
                "foo=1",
                "nofile=-2",
                "nofile=10:5",
                "nofile=-1:5"
            })
    void rejectsWhatIsNoLimit(String text) {
        assertThatThrownBy(() -> Ulimit.parse(text))
                .isInstanceOf(InvalidOption.class)
                .hasMessageStartingWith(
                        "invalid argument \"" + text + "\" for \"--ulimit\" flag: ");
    }

    @Test
    void saysThatASoftLimitIsTooHigh() {
        assertThatThrownBy(() -> Ulimit.parse("nofile=10:5"))
                .hasMessageEndingWith(
                        "ulimit soft limit must be less than or equal to hard limit: 10 > 5");
    }

    @Test
    void givesDockersFourteenCapabilities() {
        assertThat(Capability.choose(false, List.of(), List.of(), ALL))
                .isEqualTo(Capability.DEFAULTS)
                .hasSize(14);
    }

    @Test
    void addsAndDropsCapabilitiesInWhateverSpelling() {
        assertThat(
                        Capability.choose(
                                false, List.of("sys_admin", "CAP_CHOWN"), List.of("Cap_Kill"), ALL))
                .contains(Capability.SYS_ADMIN, Capability.CHOWN)
                .doesNotContain(Capability.KILL)
                .doesNotHaveDuplicates();
    }

    @Test
    void startsFromNothingWhenAllAreDropped() {
        assertThat(Capability.choose(false, List.of("chown"), List.of("all"), ALL))
                .containsExactly(Capability.CHOWN);
    }

    @Test
    void startsFromAllWhenAllAreAdded() {
        assertThat(Capability.choose(false, List.of("ALL"), List.of("sys_admin"), ALL))
                .hasSize(ALL.size() - 1)
                .doesNotContain(Capability.SYS_ADMIN);
        assertThat(Capability.choose(false, List.of("ALL"), List.of("ALL"), ALL))
                .hasSize(ALL.size());
    }

    @Test
    void givesAPrivilegedContainerWhatTheHostHas() {
        Set<Capability> some = EnumSet.of(Capability.CHOWN, Capability.SYS_ADMIN);
        assertThat(Capability.choose(true, List.of(), List.of(), some))
                .containsExactlyInAnyOrder(Capability.CHOWN, Capability.SYS_ADMIN);
    }

    @Test
    void saysWhichCapabilityIsUnknownOrCannotBeGiven() {
        assertThatThrownBy(() -> Capability.choose(false, List.of("foo"), List.of(), ALL))
                .hasMessage("invalid CapAdd: unknown capability: \"CAP_FOO\"");
        assertThatThrownBy(() -> Capability.choose(false, List.of(), List.of("foo"), ALL))
                .hasMessage("invalid CapDrop: unknown capability: \"CAP_FOO\"");
        assertThatThrownBy(
                        () ->
                                Capability.choose(
                                        false, List.of("bpf"), List.of(), Set.of(Capability.CHOWN)))
                .hasMessageContaining("not available in the current environment: \"CAP_BPF\"");
    }

    @Test
    void takesTheValueOfABareVariableFromTheCaller() {
        assertThat(Environment.option("A", Map.of("A", "1"))).isEqualTo("A=1");
        assertThat(Environment.option("A", Map.of())).isEqualTo("A");
        assertThat(Environment.option("A=", Map.of("A", "1"))).isEqualTo("A=");
        assertThatThrownBy(() -> Environment.option("=x", Map.of()))
                .hasMessage(
                        "invalid argument \"=x\" for \"-e, --env\" flag: invalid environment variable:"
                                + " =x");
    }

    @Test
    void readsAFileOfVariables() {
        String file = "\uFEFF# comment\n\nA=1\n  B= two # kept \r\nC\nD\n";
        assertThat(Environment.file("f", file.getBytes(StandardCharsets.UTF_8), Map.of("C", "3")))
                .containsExactly("A=1", "B= two # kept ", "C=3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A B=1|invalid env file (f): variable 'A B' contains whitespaces",
                "=1|invalid env file (f): no variable name on line '=1'"
            })
    void saysWhatIsWrongInAFileOfVariables(String line, String message) {
        assertThatThrownBy(
                        () ->
                                Environment.file(
                                        "f", line.getBytes(StandardCharsets.UTF_8), Map.of()))
                .isInstanceOf(InvalidOption.class)
                .hasMessage(message);
    }

    @Test
    void letsTheUsersVariablesReplaceAndRemoveThoseOfTheImage() {
        assertThat(
                        Environment.merge(
                                List.of("B=user", "C", "B=last"),
                                List.of("A=image", "B=image", "C=image")))
                .containsExactly("B=last", "C", "A=image");
    }

    @ParameterizedTest
    @ValueSource(strings = {"net.core.somaxconn", "kernel.shmmax", "fs.mqueue.msg_max"})
    void allowsParametersThatTheKernelKeepsApart(String name) {
        new HostOptions.Builder().sysctls(Map.of(name, "1")).build();
    }

    @Test
    void refusesParametersOfTheWholeHost() {
        assertThatThrownBy(
                        () ->
                                new HostOptions.Builder()
                                        .sysctls(Map.of("kernel.panic", "1"))
                                        .build())
                .hasMessage(
                        "invalid argument \"kernel.panic=1\" for \"--sysctl\" flag: sysctl"
                                + " 'kernel.panic' is not allowed");
        assertThatThrownBy(
                        () ->
                                new HostOptions.Builder()
                                        .network(new NetworkMode.Host())
                                        .sysctls(Map.of("net.ipv4.ip_forward", "1"))
                                        .build())
                .hasMessage("sysctl \"net.ipv4.ip_forward\" not allowed in host network namespace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a1", "web", "Web_1.2-x", "0a"})
    void acceptsNamesOfContainers(String name) {
        assertThat(ContainerName.parse("/" + name)).isEqualTo(new ContainerName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "!", "_a", ".a", "a b", "a/b", "ä1", "a\n"})
    void rejectsWhatCannotNameAContainer(String name) {
        assertThatThrownBy(() -> new ContainerName(name))
                .isInstanceOf(InvalidContainerName.class)
                .hasMessageStartingWith(
                        "Invalid container name ("
                                + name
                                + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }

    @Test
    void drawsNamesThatObeyTheGrammar() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            assertThat(RandomNames.next(random, i % 10).text()).matches("[a-z]+_[a-z]+[0-9]*");
        }
    }
}
