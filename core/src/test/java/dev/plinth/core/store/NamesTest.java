package dev.plinth.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.MediaType;
import dev.plinth.core.reference.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    @TempDir Path temp;

    private Store store;
    private Names names;
    private Lease lease;

    @BeforeEach
    void opens() throws IOException {
        store = Store.open(temp.resolve("store"));
        names = store.names();
        lease = store.lease();
    }

    @AfterEach
    void closes() throws IOException {
        store.close();
    }

    private static Descriptor target(int number) {
        return Descriptor.of(MediaType.OCI_MANIFEST, new byte[] {(byte) number});
    }

    private static ImageReference name(String text) {
        return SmallStore.name(text);
    }

    private List<String> all() throws IOException {
        return names.all().stream()
                .map(name -> name.reference().map(ImageReference::familiar).orElse("<none>"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "debian",
                "debian:12-slim",
                "me/app:v1.0_x",
                "a/b/c/d.e__f-g/h:latest",
                "localhost/app",
                "localhost:5000/me/app:1",
                "ghcr.io/owner/app",
                "127.0.0.1:80/x",
                "[::1]/x:y",
                "[::1]:5000/me/app:1",
                "[2001:db8::8a2e:370:7334]:443/a",
                "UPPER/case:TAG",
                "debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "localhost:5000/x@sha512:"
                        + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
                        + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void areReadAsTheyWereSet(String text) throws IOException {
        ImageReference name = name(text);
        names.set(name, target(1), lease);
        assertThat(names.find(name).orElseThrow().target()).isEqualTo(target(1));
        assertThat(names.all())
                .extracting(Names.Name::reference)
                .containsExactly(Optional.of(name));
        names.remove(name);
        assertThat(names.find(name)).isEmpty();
        assertThat(names.all()).isEmpty();
        assertThat(temp.resolve("store/names")).isEmptyDirectory();
    }

    @Test
    void ofOneRepositoryBelowAnotherDoNotCollide() throws IOException {
        List<String> texts = List.of("a", "a/b", "a/b/c", "a:b", "a/b:c", "localhost/a/b");
        for (String text : texts) {
            names.set(name(text), target(text.length()), lease);
        }
        for (String text : texts) {
            assertThat(names.find(name(text)).orElseThrow().target())
                    .isEqualTo(target(text.length()));
        }
        assertThat(names.all()).hasSize(texts.size());
    }

    @Test
    void areListedInTheOrderOfTheirTextAndUntaggedImagesLast() throws IOException {
        names.setUntagged(target(9), lease);
        for (String text : List.of("b:2", "b:1", "a/c", "a", "localhost:5000/z")) {
            names.set(name(text), target(1), lease);
        }
        assertThat(all())
                .containsExactly(
                        "a/c:latest", "a:latest", "b:1", "b:2", "localhost:5000/z:latest", "<none>")
                .hasSize(6);
    }

    @Test
    void leaveWhatTheyStoodForUntagged() throws IOException {
        names.set(name("a"), target(1), lease);
        names.set(name("a"), target(2), lease);
        assertThat(names.find(name("a")).orElseThrow().target()).isEqualTo(target(2));
        assertThat(names.all())
                .extracting(name -> name.target().digest())
                .containsExactly(target(2).digest(), target(1).digest());
        // With a name again, it is listed once.
        names.set(name("b"), target(1), lease);
        assertThat(all()).containsExactly("a:latest", "b:latest");
    }

    @Test
    void ofAnImageWithAnotherNameLeaveNothingWhenTheyMove() throws IOException {
        names.set(name("a"), target(1), lease);
        names.set(name("b"), target(1), lease);
        names.set(name("a"), target(2), lease);
        assertThat(all()).containsExactly("a:latest", "b:latest");
    }

    @Test
    void areSetAgainWithoutHarm() throws IOException {
        names.set(name("a"), target(1), lease);
        names.set(name("a"), target(1), lease);
        assertThat(all()).containsExactly("a:latest");
    }

    @Test
    void doNotMakeANamedImageUntagged() throws IOException {
        names.set(name("a"), target(1), lease);
        names.setUntagged(target(1), lease);
        assertThat(all()).containsExactly("a:latest");
        names.remove(name("a"));
        assertThat(all()).isEmpty();
    }

    @Test
    void areForgottenTwiceWithoutHarm() throws IOException {
        names.set(name("a/b:1"), target(1), lease);
        names.set(name("a/b:2"), target(1), lease);
        names.remove(name("a/b:1"));
        names.remove(name("a/b:1"));
        names.remove(name("nobody/knows:this"));
        assertThat(all()).containsExactly("a/b:2");
        names.removeUntagged(target(7).digest());
    }

    @Test
    void keepTheWholeDescriptor() throws IOException {
        Descriptor index = new Descriptor(MediaType.OCI_INDEX, Digest.sha256(new byte[1]), 4711);
        names.set(name("a"), index, lease);
        assertThat(names.find(name("a")).orElseThrow().target()).isEqualTo(index);
    }

    @Test
    void thatCannotBeReadAreToldWithTheirFile() throws IOException {
        names.set(name("good"), target(1), lease);
        names.set(name("bad"), target(2), lease);
        Path file = temp.resolve("store/names/docker.io/library/bad/_tags/latest");
        for (String text : List.of("", "{", "[]", "{\"target\":{}}", "{\"target\":1,\"set\":2}")) {
            Files.writeString(file, text);
            assertThatExceptionOfType(DamagedContent.class)
                    .isThrownBy(() -> names.all())
                    .withMessageContaining(file.toString());
            assertThatExceptionOfType(DamagedContent.class)
                    .isThrownBy(() -> names.find(name("bad")));
            List<DamagedContent> damage = new ArrayList<>();
            assertThat(names.all(damage::add)).hasSize(1);
            assertThat(damage).hasSize(1);
        }
        assertThat(names.contains(name("bad"))).isTrue();
        names.set(name("bad"), target(3), lease);
        assertThat(all()).containsExactly("bad:latest", "good:latest");
    }

    @Test
    void areNotMadeOfStrangers() throws IOException {
        names.set(name("good"), target(1), lease);
        Path folder = temp.resolve("store/names");
        Files.writeString(folder.resolve("README"), "");
        Files.writeString(folder.resolve("docker.io/library/good/file"), "");
        Files.writeString(folder.resolve("docker.io/library/good/_tags/-bad"), "");
        Files.createDirectories(folder.resolve("docker.io/library/good/_tags/folder"));
        Files.createDirectories(folder.resolve("_untagged/sha256"));
        Files.writeString(folder.resolve("_untagged/sha256/abc"), "");
        Files.writeString(folder.resolve("_untagged/file"), "");
        List<DamagedContent> damage = new ArrayList<>();
        assertThat(names.all(damage::add)).hasSize(1);
        assertThat(damage)
                .hasSize(6)
                .allSatisfy(e -> assertThat(e).hasMessageContaining("not the name of an image"));
    }

    @Test
    void ofImagesByDigestDoNotReadTheirTag() throws IOException {
        ImageReference both = ImageReference.parse("a:1@sha256:" + HEX);
        names.set(both, target(1), lease);
        assertThat(all()).containsExactly("a@sha256:" + HEX);
        assertThat(names.find(ImageReference.parse("a@sha256:" + HEX))).isPresent();
        assertThat(names.find(name("a:1"))).isEmpty();
    }
}
