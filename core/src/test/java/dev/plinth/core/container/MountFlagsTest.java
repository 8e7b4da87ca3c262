package dev.plinth.core.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.container.Mount.Propagation;
import dev.plinth.core.container.Mount.Recursion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MountFlagsTest {
    private static final MountFlags FLAGS = new MountFlags(Path.of("/home/me"));

    private static Mount.Bind bind(String source, String target) {
        return new Mount.Bind(
                Path.of(source), target, false, Propagation.RPRIVATE, Recursion.ENABLED, true);
    }

    @Test
    void takesAnAbsoluteSourceForAFolderOfTheHost() {
        assertThat(FLAGS.volume("/data:/srv/data/")).isEqualTo(bind("/data", "/srv/data"));
    }

    @Test
    void takesASourceThatBeginsWithADotForOneBelowTheWorkingDirectory() {
        assertThat(FLAGS.volume(".:/build")).isEqualTo(bind("/home/me", "/build"));
        assertThat(FLAGS.volume("./src/../x:/build")).isEqualTo(bind("/home/me/x", "/build"));
        assertThat(FLAGS.volume("../you:/build")).isEqualTo(bind("/home/you", "/build"));
    }

    @Test
    void takesAWordForTheNameOfAVolume() {
        assertThat(FLAGS.volume("cache:/var/cache:ro,nocopy"))
                .isEqualTo(new Mount.Volume(Optional.of("cache"), "/var/cache", true, false));
    }

    @Test
    void takesATargetAloneForAnAnonymousVolume() {
        assertThat(FLAGS.volume("/data/../data"))
                .isEqualTo(new Mount.Volume(Optional.empty(), "/data", false, true));
    }

    @Test
    void readsTheOptionsOfABind() {
        assertThat(FLAGS.volume("/a:/b:ro,z,rslave"))
                .isEqualTo(
                        new Mount.Bind(
                                Path.of("/a"),
                                "/b",
                                true,
                                Propagation.RSLAVE,
                                Recursion.ENABLED,
                                true));
        assertThat(FLAGS.volume("/a:/b:rw,delegated")).isEqualTo(bind("/a", "/b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|invalid empty volume spec",
                ":/b|invalid spec: :/b: empty section between colons",
                "/a:/b:|invalid spec: /a:/b:: empty section between colons",
                "/a:/b:c:d|invalid volume specification: '/a:/b:c:d'",
                "a:/b:zz|invalid mode: zz",
                "/a:/b:ro,rw|invalid mode: ro,rw",
                "/a:/b:shared,slave|invalid mode: shared,slave",
                "/data:ro|invalid volume specification: '/data:ro': a mode needs a source and a target"
                        + " before it",
                "foo:bar|invalid volume specification: 'foo:bar': invalid mount config for type"
                        + " \"volume\": invalid mount path: 'bar' mount path must be absolute",
                "/a:/|invalid volume specification: '/a:/': invalid mount config for type \"bind\":"
                        + " invalid specification: destination can't be '/'",
                "/a:/..|invalid volume specification: '/a:/..': invalid mount config for type"
                        + " \"bind\": invalid specification: destination can't be '/'",
                "/tmp:/x:nocopy|invalid volume specification: '/tmp:/x:nocopy': invalid mount config"
                        + " for type \"bind\": field VolumeOptions must not be specified",
                "vv:/x:rshared|invalid volume specification: 'vv:/x:rshared': invalid mount config for"
                        + " type \"volume\": field BindOptions must not be specified",
                "a/b:/x|create a/b: \"a/b\" includes invalid characters for a local volume name, only"
                        + " \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host"
                        + " directory, use absolute path"
            })
    void saysWhatIsWrongWithAVolume(String spec, String message) {
        assertThatThrownBy(() -> FLAGS.volume(spec))
                .isInstanceOf(InvalidOption.class)
                .hasMessage(message);
    }

    @Test
    void readsAMountOfAFolder() {
        assertThat(
                        FLAGS.mount(
                                "type=bind,src=./x,\"dst=/with,comma\",readonly,"
                                        + "bind-propagation=rprivate,bind-recursive=readonly"))
                .isEqualTo(
                        new Mount.Bind(
                                Path.of("/home/me/x"),
                                "/with,comma",
                                true,
                                Propagation.RPRIVATE,
                                Recursion.READONLY,
                                false));
    }

    @Test
    void takesAMountWithoutTypeForAVolume() {
        assertThat(FLAGS.mount("Source=cache,Target=/c,volume-nocopy=1,readonly=false"))
                .isEqualTo(new Mount.Volume(Optional.of("cache"), "/c", false, false));
        assertThat(FLAGS.mount("dst=/c"))
                .isEqualTo(new Mount.Volume(Optional.empty(), "/c", false, true));
    }

    @Test
    void readsAMountInMemory() {
        assertThat(FLAGS.mount("type=tmpfs,destination=/t,tmpfs-size=10m,tmpfs-mode=0700,ro"))
                .isEqualTo(new Mount.Tmpfs("/t", true, List.of("size=10485760", "mode=700")));
        assertThat(FLAGS.tmpfs("/t:size=10m,ro,exec"))
                .isEqualTo(new Mount.Tmpfs("/t", true, List.of("size=10m", "exec")));
        assertThat(FLAGS.tmpfs("/t")).isEqualTo(new Mount.Tmpfs("/t", false, List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "foo|invalid field 'foo' must be a key=value pair",
                "foo=bar|unexpected key 'foo' in 'foo=bar'",
                "type=bind,src=/tmp|target is required",
                "type=,dst=/x|type is required",
                "type=tmpfs,dst=/x,tmpfs-size=zz|invalid value for tmpfs-size: zz",
                "type=tmpfs,dst=/x,tmpfs-mode=9|invalid value for tmpfs-mode: 9",
                "type=bind,src=/tmp,dst=/x,tmpfs-mode=7|cannot mix 'tmpfs-*' options with mount type"
                        + " 'bind'",
                "type=volume,src=v1,dst=/x,bind-propagation=rshared|cannot mix 'bind-*' options with"
                        + " mount type 'volume'",
                "type=bind,src=/tmp,dst=/x,readonly=maybe|invalid value for readonly: maybe",
                "type=bind,src=/tmp,dst=/x,volume-nocopy|cannot mix 'volume-*' options with mount type"
                        + " 'bind'"
            })
    void saysWhatIsWrongWithTheFormOfAMount(String spec, String problem) {
        assertThatThrownBy(() -> FLAGS.mount(spec))
                .isInstanceOf(InvalidOption.class)
                .hasMessage("invalid argument \"" + spec + "\" for \"--mount\" flag: " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=foo,dst=/x|invalid mount config for type \"foo\": mount type unknown",
                "type=bind,dst=/x|invalid mount config for type \"bind\": field Source must not be"
                        + " empty",
                "type=bind,src=rel,dst=/x|invalid mount config for type \"bind\": invalid mount path:"
                        + " 'rel' mount path must be absolute",
                "src=a,dst=x|invalid mount config for type \"volume\": invalid mount path: 'x' mount"
                        + " path must be absolute",
                "type=tmpfs,src=a,dst=/x|invalid mount config for type \"tmpfs\": field Source must"
                        + " not be specified",
                "type=bind,src=/tmp,dst=/x,bind-propagation=foo|invalid mount config for type"
                        + " \"bind\": invalid propagation mode: foo"
            })
    void saysWhatIsWrongWithTheSenseOfAMount(String spec, String message) {
        assertThatThrownBy(() -> FLAGS.mount(spec))
                .isInstanceOf(InvalidOption.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"dst=/x", "dst=\"/x\"", "\"dst=/x\"y"})
    void rejectsQuotesThatDoNotEncloseAField(String spec) {
        assertThatThrownBy(() -> FLAGS.mount(spec))
                .isInstanceOf(InvalidOption.class)
                .hasMessageContaining("quote");
    }

    @Test
    void saysWhatIsWrongWithATmpfs() {
        assertThatThrownBy(() -> FLAGS.tmpfs("x"))
                .hasMessage("invalid mount path: 'x' mount path must be absolute");
        assertThatThrownBy(() -> FLAGS.tmpfs("/x:foo"))
                .hasMessage("invalid tmpfs option [\"foo\"]");
    }

    @Test
    void countsTheSameMountOnceAndRefusesAnotherAtItsPlace() {
        Mount one = FLAGS.volume("/tmp:/x");
        assertThat(MountFlags.distinct(List.of(one, FLAGS.volume("/tmp:/x")))).containsExactly(one);
        assertThatThrownBy(() -> MountFlags.distinct(List.of(one, FLAGS.tmpfs("/x"))))
                .isInstanceOf(InvalidOption.class)
                .hasMessage("Duplicate mount point: /x");
    }

    @Test
    void dropsTheDefaultsOfATmpfsThatAreContradicted() {
        assertThat(TmpfsOptions.of(new Mount.Tmpfs("/x", true, List.of("size=10m", "exec", "dev"))))
                .containsExactly("nosuid", "rprivate", "ro", "size=10m", "exec", "dev");
    }
}
