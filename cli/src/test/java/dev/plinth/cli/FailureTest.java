package dev.plinth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.cli.command.NotSupportedException;
import dev.plinth.cli.text.Secrets;
import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailureTest {
    @Test
    void pointsToTheHelpOfCommandsThatStartPrograms() {
        Failure failure = Failure.of(new NotSupportedException("run"), "container run");
        assertThat(failure.exitCode()).isEqualTo(125);
        assertThat(failure.message())
                .isEqualTo(
                        "plinth: 'plinth run' is not supported by plinth yet\n\n"
                                + "Run 'plinth container run --help' for more information");
        assertThat(Failure.of(new NotSupportedException("pull"), null))
                .isEqualTo(new Failure(1, "plinth: 'plinth pull' is not supported by plinth yet"));
    }

    @Test
    void saysNothingMoreWhenTheUserStoppedIt() {
        assertThat(Failure.of(new InterruptedException(), null)).isEqualTo(new Failure(130, ""));
        assertThat(Failure.of(new Cancelled(), "run"))
                .isEqualTo(new Failure(130, "plinth: stopped"));
    }

    @Test
    void saysWhatExceptionsOfTheLibraryMean() {
        assertWords(new NoSuchFileException("x.tar"), "x.tar: no such file or directory");
        assertWords(new AccessDeniedException("x.tar"), "x.tar: permission denied");
        assertWords(
                new FileSystemException("x.tar", null, "No space left on device"),
                "x.tar: no space left on device");
        assertWords(
                new FileSystemException("a", "b", "Invalid cross-device link"),
                "a -> b: invalid cross-device link");
        assertWords(new UnknownHostException("nowhere"), "cannot find the host nowhere");
        assertWords(
                new ConnectException("Connection refused"), "cannot connect: connection refused");
        assertWords(new IOException("unexpected EOF"), "unexpected EOF");
        assertWords(new IOException(), "IOException");
    }

    @Test
    void callsABugABug() {
        assertThat(Failure.of(new IllegalStateException("secret"), null).message())
                .isEqualTo(
                        "plinth: this is a bug in plinth (IllegalStateException);"
                                + " 'plinth --debug …' shows where");
    }

    @Test
    void hidesWhoLogsInWhere() {
        assertThat(Secrets.hidden("GET https://me:pa@ss@host/x?y=a@b: 404"))
                .isEqualTo("GET https://xxxxx@host/x?y=a@b: 404");
        assertThat(Secrets.hidden("http://a and https://b:c@d"))
                .isEqualTo("http://a and https://xxxxx@d");
        assertThat(Secrets.hidden("a@b c:d")).isEqualTo("a@b c:d");
    }

    private static void assertWords(IOException trouble, String words) {
        assertThat(Failure.of(trouble, null)).isEqualTo(new Failure(1, "plinth: " + words));
    }

    private static final class Cancelled extends PlinthException {
        private static final long serialVersionUID = 1;

        Cancelled() {
            super(Kind.CANCELLED, "stopped");
        }
    }
}
