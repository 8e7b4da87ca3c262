package dev.plinth.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What tests of mounts have in common: root, a folder with a hostile path, and that no mount is
/// left.
abstract class MountingTest {
    /// A space, a comma, a colon, a backslash, a newline, an equals sign, and bytes that are no
    /// text.
    private static final String HOSTILE = "a b,c:d\\e\nf=g\u00ff";

    @TempDir Path temporary;

    /// A folder whose path every older way of mounting stumbles over.
    Path hostile;

    @BeforeEach
    void makeFolder() throws IOException {
        Needs.root();
        temporary = temporary.toRealPath();
        hostile = RawNames.path(RawNames.of(temporary) + "/" + HOSTILE);
        Files.createDirectory(hostile);
    }

    @AfterEach
    void leaveNoMount() throws IOException {
        if (hostile != null) {
            Mounts.unmountAll(temporary, true);
            assertThat(MountTable.read().below(temporary)).isEmpty();
        }
    }

    static Path folder(Path parent, String name) throws IOException {
        return Files.createDirectory(parent.resolve(name));
    }
}
