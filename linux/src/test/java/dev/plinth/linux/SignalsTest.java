package dev.plinth.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsTest {
    @ParameterizedTest
    @CsvSource({
        "KILL,9",
        "SIGKILL,9",
        "sigkill,9",
        "kill,9",
        "9,9",
        "TERM,15",
        "SIGHUP,1",
        "SYS,31",
        "WINCH,28",
        "CLD,17",
        "IOT,6",
        "POLL,29",
        "RTMIN,34",
        "SIGRTMIN,34",
        "RTMIN+1,35",
        "rtmin+15,49",
        "RTMAX,64",
        "RTMAX-14,50",
        "RTMAX-1,63",
        "64,64",
        "33,33"
    })
    void readsEveryFormDockerAccepts(String signal, int number) {
        assertThat(Signals.number(signal)).hasValue(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "65",
                "-1",
                "+9",
                "9 ",
                "SIG",
                "SIGSIGKILL",
                "KILLS",
                ".",
                "RTMIN+16",
                "RTMIN-1",
                "RTMIN+",
                "RTMIN+0",
                "RTMAX-15",
                "RTMAX+1",
                "99999999999",
                "１"
            })
    void refusesWhatIsNoSignal(String signal) {
        assertThat(Signals.number(signal)).isEmpty();
    }

    @Test
    void everyNameLeadsBackToItsNumber() {
        for (int number = 1; number <= Signals.RTMAX; number++) {
            int expected = number;
            Signals.name(number)
                    .ifPresent(name -> assertThat(Signals.number(name)).hasValue(expected));
        }
        assertThat(Signals.name(15)).hasValue("TERM");
        assertThat(Signals.name(34)).hasValue("RTMIN");
        assertThat(Signals.name(64)).hasValue("RTMAX");
        assertThat(Signals.name(32)).isEmpty();
        assertThat(Signals.name(0)).isEmpty();
        assertThat(Signals.name(65)).isEmpty();
    }

    @Test
    void constantsAgreeWithTheTable() {
        assertThat(Signals.number("HUP")).hasValue(Signals.HUP);
        assertThat(Signals.number("INT")).hasValue(Signals.INT);
        assertThat(Signals.number("QUIT")).hasValue(Signals.QUIT);
        assertThat(Signals.number("USR1")).hasValue(Signals.USR1);
        assertThat(Signals.number("CONT")).hasValue(Signals.CONT);
        assertThat(Signals.number("STOP")).hasValue(Signals.STOP);
        assertThat(Signals.number("WINCH")).hasValue(Signals.WINCH);
    }
}
