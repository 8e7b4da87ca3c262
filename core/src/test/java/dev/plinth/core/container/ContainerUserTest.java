package dev.plinth.core.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerUserTest {
    private static final MapRootFiles ROOT =
            new MapRootFiles()
                    .file(
                            "/etc/passwd",
                            """
                            root:x:0:0:root:/root:/bin/sh
                            daemon:x:1:1::/usr/sbin:/bin/sh
                            alice:x:1000:1001:Alice:/home/alice:/bin/sh
                            broken:x:abc:1::/:/bin/sh
                            nohome:x:5:5
                            """)
                    .file(
                            "/etc/group",
                            """
                            root:x:0:
                            daemon:x:1:
                            staff:x:50:alice,daemon
                            alice:x:1001:
                            """);

    private static ContainerUser user(String wanted, String... more) throws IOException {
        return ContainerUser.resolve(wanted, List.of(more), ROOT);
    }

    @Test
    void takesNobodyForRootWithItsHome() throws IOException {
        assertThat(user("")).isEqualTo(new ContainerUser(0, 0, List.of(0L), "/root"));
    }

    @ParameterizedTest
    @CsvSource({"alice", "1000", "alice:", "1000:"})
    void bringsTheGroupsAndTheHomeOfAKnownUser(String wanted) throws IOException {
        assertThat(user(wanted))
                .isEqualTo(new ContainerUser(1000, 1001, List.of(1001L, 50L), "/home/alice"));
    }

    @ParameterizedTest
    @CsvSource({"alice:50", "alice:staff", "1000:staff"})
    void letsAGivenGroupReplaceAllOfTheUsersGroups(String wanted) throws IOException {
        assertThat(user(wanted))
                .isEqualTo(new ContainerUser(1000, 50, List.of(50L), "/home/alice"));
    }

    @Test
    void takesNumbersAsTheyAre() throws IOException {
        assertThat(user("4000")).isEqualTo(new ContainerUser(4000, 0, List.of(0L), "/"));
        assertThat(user("4000:77")).isEqualTo(new ContainerUser(4000, 77, List.of(77L), "/"));
        assertThat(user(":50")).isEqualTo(new ContainerUser(0, 50, List.of(50L), "/root"));
    }

    @Test
    void addsGroups() throws IOException {
        assertThat(user("1", "staff", "99").groups()).containsExactly(1L, 50L, 99L);
    }

    @Test
    void hasNoHomeButTheRootWhereNoneIsWritten() throws IOException {
        assertThat(user("nohome").home()).isEqualTo("/");
    }

    @ParameterizedTest
    @CsvSource({
        "bob,unable to find user bob: no matching entries in passwd file",
        "a:b:c,unable to find user a: no matching entries in passwd file",
        "broken,unable to find user broken: no matching entries in passwd file",
        "alice:nogrp,unable to find group nogrp: no matching entries in group file",
        "99999999999,uids and gids must be in range 0-2147483647",
        "-5,uids and gids must be in range 0-2147483647",
        "1:4294967295,uids and gids must be in range 0-2147483647"
    })
    void saysWhoIsNotThere(String wanted, String message) {
        assertThatThrownBy(() -> user(wanted)).isInstanceOf(UnknownUser.class).hasMessage(message);
    }

    @Test
    void needsNoFilesForNumbers() throws IOException {
        assertThat(ContainerUser.resolve("7:8", List.of("9"), new MapRootFiles()))
                .isEqualTo(new ContainerUser(7, 8, List.of(8L, 9L), "/"));
    }

    @Test
    void saysThatAnAddedGroupIsNotThere() {
        assertThatThrownBy(() -> user("1", "foo"))
                .hasMessage("unable to find group foo: no matching entries in group file");
    }

    @Test
    void refusesADatabaseOfUnbelievableSize() {
        MapRootFiles root =
                new MapRootFiles().file("/etc/passwd", "x".repeat(RootFiles.MOST_DATABASE + 1));
        assertThatThrownBy(() -> ContainerUser.resolve("a", List.of(), root))
                .isInstanceOf(InvalidOption.class)
                .hasMessageContaining("/etc/passwd");
    }
}
