package dev.plinth.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CredentialsTest {
    private static final String HOST = "         0          0 4294967295\n";

    @Test
    void takesEffectiveIdsAndCapabilities() throws IOException {
        String status =
                """
                Name:\tUid:\t7
                Uid:\t1\t4294967294\t3\t4
                Gid:\t5\t6\t7\t8
                CapPrm:\t0000000000000000
                CapEff:\t8000000000200000
                CapBnd:\t00
                """;
        Credentials credentials = Credentials.parse(status, HOST);
        assertThat(credentials.uid()).isEqualTo(4294967294L);
        assertThat(credentials.gid()).isEqualTo(6);
        assertThat(credentials.hasOnHost(Credentials.CAP_SYS_ADMIN)).isTrue();
        assertThat(credentials.hasOnHost(Credentials.CAP_MKNOD)).isFalse();
        assertThat(credentials.hasOnHost(63)).isTrue();
    }

    @Test
    void doesNotTakeRootOfAUserNamespaceForRootOfTheHost() throws IOException {
        String status = "Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nCapEff:\tffffffffffffffff\n";
        String mapped = "0 1000 1\n1 100000 65536\n";
        assertThat(Credentials.parse(status, mapped).initialUserNamespace()).isFalse();
        assertThat(Credentials.parse(status, mapped).hasOnHost(0)).isFalse();
        assertThat(Credentials.parse(status, HOST).initialUserNamespace()).isTrue();
    }

    @Test
    void refusesAStatusWithoutThem() {
        assertThatThrownBy(() -> Credentials.parse("Name:\tx\n", HOST))
                .isInstanceOf(IOException.class)
                .hasMessage("/proc/self/status has no Uid:");
    }

    @Test
    void agreesWithTheOwnerOfThisProcess() throws IOException {
        Object owner = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        assertThat(Credentials.current().uid()).isEqualTo(((Integer) owner).longValue());
    }
}
