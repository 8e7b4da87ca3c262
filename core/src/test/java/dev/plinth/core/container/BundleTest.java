package dev.plinth.core.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.container.HostFacts.Cgroups;
import dev.plinth.core.container.RuntimeSpec.Mounting;
import dev.plinth.core.json.JsonText;
import dev.plinth.core.oci.ContainerConfig;
import dev.plinth.linux.TerminalSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BundleTest {
    private static final ContainerId ID = new ContainerId("0123456789abcdef".repeat(4));
    private static final ContainerUser ROOT = new ContainerUser(0, 0, List.of(0L), "/root");

    private static HostFacts host(Cgroups cgroups) {
        return new HostFacts(
                cgroups, EnumSet.allOf(Capability.class), true, true, "server", "amd64", List.of());
    }

    private static ContainerConfig image() {
        ContainerConfig.Builder image = new ContainerConfig.Builder();
        image.entrypoint(Optional.of(List.of("/entry")));
        image.cmd(Optional.of(List.of("one", "two")));
        image.env("PATH", "/bin").env("A", "image");
        return image.workingDir("/srv").build();
    }

    private static RuntimeSpec spec(Consumer<RunOptions.Builder> wishes) {
        return spec(image(), wishes, ROOT, host(Cgroups.V1));
    }

    private static RuntimeSpec host(Consumer<HostOptions.Builder> wishes) {
        HostOptions.Builder host = new HostOptions.Builder();
        wishes.accept(host);
        return spec(options -> options.host(host.build()));
    }

    private static RuntimeSpec spec(
            ContainerConfig image,
            Consumer<RunOptions.Builder> wishes,
            ContainerUser user,
            HostFacts host) {
        RunOptions.Builder options = new RunOptions.Builder();
        wishes.accept(options);
        Definition definition = Definition.of(image, options.build(), ID, host.hostname());
        List<Placement.Bound> binds =
                definition.host().mounts().stream()
                        .map(mount -> new Placement.Bound(source(mount), mount.target()))
                        .toList();
        List<Placement.Bound> files =
                List.of(
                        new Placement.Bound(Path.of("/c/resolv.conf"), "/etc/resolv.conf"),
                        new Placement.Bound(Path.of("/c/hostname"), "/etc/hostname"),
                        new Placement.Bound(Path.of("/c/hosts"), "/etc/hosts"));
        return Bundle.spec(
                definition,
                new Placement(
                        ID,
                        Path.of("/root"),
                        user,
                        files,
                        binds,
                        List.of(),
                        Optional.of(new TerminalSize(24, 80))),
                host);
    }

    private static Path source(Mount mount) {
        return mount instanceof Mount.Bind bind ? bind.source() : Path.of("/volumes/v");
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = BundleTest.class.getResourceAsStream(name + ".json")) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// With the property `plinth.goldens` the expected files are written there anew instead.
    private static void equalsGolden(String name, RuntimeSpec spec) throws IOException {
        byte[] bytes = RuntimeSpecJson.write(spec, JsonText.plainIndented(1));
        String json = new String(bytes, StandardCharsets.UTF_8) + "\n";
        String folder = System.getProperty("plinth.goldens");
        if (folder != null) {
            Files.writeString(Path.of(folder, name + ".json"), json);
        } else {
            assertThat(json).isEqualTo(golden(name));
        }
    }

    private static Mounting mountAt(RuntimeSpec spec, String target) {
        return spec.mounts().stream()
                .filter(mount -> mount.destination().equals(target))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsTheRuntimeWhatDockerTellsIt() throws IOException {
        equalsGolden("default", spec(options -> {}));
    }

    @Test
    void tellsTheRuntimeOfEverythingAUserCanWish() throws IOException {
        HostOptions wishes =
                new HostOptions.Builder()
                        .network(new NetworkMode.Host())
                        .readOnlyRoot(true)
                        .seccomp(false)
                        .noNewPrivileges(true)
                        .shmSize(1024)
                        .oomScoreAdjust(5)
                        .capabilitiesToDrop(List.of("all"))
                        .capabilitiesToAdd(List.of("chown"))
                        .ulimits(
                                List.of(new Ulimit("nofile", 100, 200), new Ulimit("core", -1, -1)))
                        .sysctls(Map.of("kernel.shmmax", "9"))
                        .mounts(
                                List.of(
                                        new MountFlags(Path.of("/")).volume("/a:/data/sub:ro"),
                                        new MountFlags(Path.of("/")).volume("vol:/data"),
                                        new MountFlags(Path.of("/")).tmpfs("/run:size=1m")))
                        .build();
        equalsGolden(
                "everything",
                spec(
                        image(),
                        options ->
                                options.host(wishes)
                                        .terminal(true)
                                        .entrypoint("/sh")
                                        .arguments("-c", "x")
                                        .environment("A")
                                        .environment("B=2")
                                        .environment("TERM=vt100")
                                        .workingDirectory("/w/../x")
                                        .domainname("example.org"),
                        new ContainerUser(1000, 1001, List.of(1001L, 50L), "/home/alice"),
                        host(Cgroups.V2)));
    }

    @Test
    void giveUsersOtherThanRootNothingButTheBoundary() {
        RuntimeSpec spec =
                spec(
                        image(),
                        options -> {},
                        new ContainerUser(1, 1, List.of(1L), "/"),
                        host(Cgroups.V1));
        assertThat(spec.process().capabilities().effective()).isEmpty();
        assertThat(spec.process().capabilities().bounding()).isEqualTo(Capability.DEFAULTS);
    }

    @Test
    void hidesNothingFromAPrivilegedContainer() {
        RuntimeSpec spec = host(options -> options.privileged(true));
        assertThat(spec.linux().maskedPaths()).isEmpty();
        assertThat(spec.linux().readonlyPaths()).isEmpty();
        assertThat(spec.linux().seccomp()).isEmpty();
        assertThat(spec.linux().deviceRules()).containsExactly(RuntimeSpec.DeviceRule.ALL);
        assertThat(spec.process().capabilities().effective()).hasSize(Capability.values().length);
        assertThat(mountAt(spec, "/sys").options()).doesNotContain("ro");
    }

    @Test
    void letsAMountOfTheUserTakeThePlaceOfADefaultOne() {
        MountFlags flags = new MountFlags(Path.of("/"));
        RuntimeSpec shm = host(options -> options.mounts(List.of(flags.volume("/a:/dev/shm"))));
        assertThat(shm.mounts())
                .filteredOn(mount -> mount.destination().equals("/dev/shm"))
                .extracting(Mounting::type)
                .containsExactly("bind");
        RuntimeSpec dev = host(options -> options.mounts(List.of(flags.volume("/a:/dev"))));
        assertThat(dev.mounts())
                .filteredOn(mount -> mount.destination().startsWith("/dev"))
                .extracting(Mounting::destination)
                .containsExactly("/dev");
        RuntimeSpec hosts = host(options -> options.mounts(List.of(flags.volume("/a:/etc/hosts"))));
        assertThat(mountAt(hosts, "/etc/hosts").source()).isEqualTo("/a");
    }

    @Test
    void makesWhatIsBelowAReadOnlyBindReadOnlyWhereTheKernelCan() {
        MountFlags flags = new MountFlags(Path.of("/"));
        assertThat(readOnly(flags.volume("/a:/b:ro"))).containsExactly("rbind", "rro", "rprivate");
        assertThat(readOnly(flags.mount("type=bind,src=/a,dst=/b,ro,bind-recursive=writable")))
                .containsExactly("rbind", "ro", "rprivate");
        assertThat(readOnly(flags.mount("type=bind,src=/a,dst=/b,ro,bind-recursive=disabled")))
                .containsExactly("bind", "ro", "rprivate");
    }

    private static List<String> readOnly(Mount mount) {
        return mountAt(host(options -> options.mounts(List.of(mount))), "/b").options();
    }

    @Test
    void letsMountsThroughTheRootForABindThatWantsThem() {
        MountFlags flags = new MountFlags(Path.of("/"));
        assertThat(
                        host(options -> options.mounts(List.of(flags.volume("/a:/b:rshared"))))
                                .linux()
                                .rootPropagation())
                .isEqualTo("shared");
        assertThat(host(options -> {}).linux().rootPropagation()).isEmpty();
    }

    @Test
    void makesAnonymousVolumesOfWhatTheImageWants() {
        ContainerConfig.Builder image = image().toBuilder();
        image.volumes().addAll(List.of("/data/", "/taken"));
        Mount taken = new Mount.Tmpfs("/taken", false, List.of());
        RuntimeSpec spec =
                spec(
                        image.build(),
                        options ->
                                options.host(
                                        new HostOptions.Builder().mounts(List.of(taken)).build()),
                        ROOT,
                        host(Cgroups.V1));
        assertThat(mountAt(spec, "/data").source()).isEqualTo("/volumes/v");
        assertThat(mountAt(spec, "/taken").type()).isEqualTo("tmpfs");
    }

    @Test
    void putsTheCommandTogetherAsDockerDoes() {
        assertThat(arguments(options -> {})).containsExactly("/entry", "one", "two");
        assertThat(arguments(options -> options.arguments("x"))).containsExactly("/entry", "x");
        assertThat(arguments(options -> options.entrypoint("/e"))).containsExactly("/e");
        assertThat(arguments(options -> options.entrypoint("").arguments("x")))
                .containsExactly("x");
        assertThatThrownBy(() -> arguments(options -> options.entrypoint("")))
                .isInstanceOf(NoCommand.class)
                .hasMessageStartingWith("no command specified");
    }

    private static List<String> arguments(Consumer<RunOptions.Builder> wishes) {
        return spec(wishes).process().args();
    }

    @Test
    void refusesAWorkingDirectoryThatIsNotAbsolute() {
        assertThatThrownBy(() -> spec(options -> options.workingDirectory("rel")))
                .isInstanceOf(InvalidOption.class)
                .hasMessage(
                        "the working directory 'rel' is invalid, it needs to be an absolute path");
    }

    @Test
    void givesAContainerOnTheHostsNetworkItsName() {
        assertThat(host(options -> options.network(new NetworkMode.Host())).hostname())
                .isEqualTo("server");
        assertThat(spec(options -> options.hostname("me")).hostname()).isEqualTo("me");
        assertThat(spec(options -> {}).hostname()).isEqualTo("0123456789ab");
    }

    @Test
    void allowsTheSystemCallsThatGoWithACapability() {
        assertThat(allowed())
                .contains("chroot", "openat2", "ptrace")
                .doesNotContain("mount", "bpf");
        assertThat(allowed("sys_admin")).contains("mount", "clone3", "unshare");
        assertThat(allowed())
                .doesNotContain("io_uring_setup", "userfaultfd", "keyctl", "kexec_load");
    }

    private static List<String> allowed(String... added) {
        return host(options -> options.capabilitiesToAdd(List.of(added)))
                .linux()
                .seccomp()
                .orElseThrow()
                .rules()
                .getFirst()
                .names();
    }
}
