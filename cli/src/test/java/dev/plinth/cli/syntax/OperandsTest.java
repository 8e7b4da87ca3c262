package dev.plinth.cli.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.cli.syntax.Operands.Names;
import org.junit.jupiter.api.Test;

class OperandsTest {
    @Test
    void objectsInDockersWords() {
        assertThat(Operands.none().objection(1)).isEqualTo("accepts no arguments");
        assertThat(Operands.exactly(1, Names.IMAGE).objection(0)).isEqualTo("requires 1 argument");
        assertThat(Operands.exactly(2, Names.IMAGE).objection(3)).isEqualTo("requires 2 arguments");
        assertThat(Operands.atLeast(1, Names.IMAGE).objection(0))
                .isEqualTo("requires at least 1 argument");
        assertThat(Operands.between(0, 1, Names.IMAGE).objection(2))
                .isEqualTo("requires at most 1 argument");
        assertThat(Operands.between(1, 2, Names.IMAGE).objection(0))
                .isEqualTo("requires at least 1 argument");
    }

    @Test
    void isContentWithTheRightNumber() {
        assertThat(Operands.none().objection(0)).isNull();
        assertThat(Operands.atLeast(1, Names.IMAGE).objection(1000)).isNull();
        assertThat(Operands.between(1, 2, Names.IMAGE).objection(2)).isNull();
    }
}
