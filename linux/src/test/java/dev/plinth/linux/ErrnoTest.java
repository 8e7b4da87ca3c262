package dev.plinth.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void hasTheTextsOfTheCLibrary() {
        assertThat(Errno.text(Errno.EPERM)).isEqualTo("Operation not permitted");
        assertThat(Errno.text(Errno.ENOENT)).isEqualTo("No such file or directory");
        assertThat(Errno.text(Errno.ENOTBLK)).isEqualTo("Block device required");
        assertThat(Errno.text(133)).isEqualTo("Memory page has hardware error");
    }

    @Test
    void knowsNames() {
        assertThat(Errno.name(Errno.EPERM)).isEqualTo("EPERM");
        assertThat(Errno.name(Errno.EOPNOTSUPP)).isEqualTo("EOPNOTSUPP");
        assertThat(Errno.name(133)).isEqualTo("EHWPOISON");
    }

    @Test
    void saysTheNumberOfAnUnknownError() {
        assertThat(Errno.text(41)).isEqualTo("Unknown error 41");
        assertThat(Errno.name(58)).isEqualTo("58");
        assertThat(Errno.text(0)).isEqualTo("Unknown error 0");
        assertThat(Errno.text(-1)).isEqualTo("Unknown error -1");
    }

    @Test
    void exceptionTellsCallSubjectAndReason() {
        var e = new SyscallException("openat", "/a\u001b[31mb", Errno.ENOENT, Errno.text(2));
        assertThat(e).hasMessage("openat /a\\x1B[31mb: No such file or directory");
        assertThat(e.errno()).isEqualTo(Errno.ENOENT);
        assertThat(e.call()).isEqualTo("openat");
        assertThat(e.subject()).isEqualTo("/a\u001b[31mb");
    }
}
