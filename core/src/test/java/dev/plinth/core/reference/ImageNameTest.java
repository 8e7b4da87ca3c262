package dev.plinth.core.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plinth.core.oci.Digest;
import dev.plinth.core.reference.ImageName.IdPrefix;
import dev.plinth.core.reference.ImageName.Named;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageNameTest {
    private static final String HEX = "cafe".repeat(16);

    @Test
    void readsIds() {
        for (String text : List.of(HEX, "sha256:" + HEX, "sha256:cafe", "sha256:cafecafecafe")) {
            assertThat(ImageName.parse(text)).isInstanceOf(IdPrefix.class);
        }
        assertThat(new IdPrefix(HEX).isWhole()).isTrue();
        assertThat(new IdPrefix("cafe").isWhole()).isFalse();
        assertThat(new IdPrefix("cafe").matches(Digest.parse("sha256:" + HEX))).isTrue();
        assertThat(new IdPrefix("cafe0").matches(Digest.parse("sha256:" + HEX))).isFalse();
        assertThat(new IdPrefix("cafe").matches(Digest.parse("sha512:" + HEX + HEX))).isFalse();
    }

    @Test
    void readsNames() {
        assertThat(ImageName.parse("debian:12"))
                .isInstanceOfSatisfying(
                        Named.class,
                        named -> {
                            assertThat(named.reference().familiar()).isEqualTo("debian:12");
                            assertThat(named.orId()).isEmpty();
                        });
        assertThat(ImageName.parse("debian@sha256:" + HEX)).isInstanceOf(Named.class);
    }

    @Test
    void readsWhatMayBeEitherAsANameFirst() {
        assertThat(ImageName.parse("cafe"))
                .isInstanceOfSatisfying(
                        Named.class,
                        named -> {
                            assertThat(named.reference().familiar()).isEqualTo("cafe");
                            assertThat(named.orId()).contains(new IdPrefix("cafe"));
                        });
        for (String text : List.of("caf", "cafe:latest", "me/cafe", "cafeg")) {
            assertThat(ImageName.parse(text))
                    .isInstanceOfSatisfying(
                            Named.class, named -> assertThat(named.orId()).isEmpty());
        }
    }

    @Test
    void refusesWhatIsNeither() {
        for (String text : List.of("", "UPPER", "sha256:", "sha256:" + HEX + "!", "CAFE", "a b")) {
            assertThatExceptionOfType(InvalidReference.class)
                    .isThrownBy(() -> ImageName.parse(text));
        }
        for (String hex : List.of("", "caf", "CAFE", HEX + "0")) {
            assertThatExceptionOfType(InvalidReference.class).isThrownBy(() -> new IdPrefix(hex));
        }
    }
}
