package dev.plinth.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CommandTableTest {
    @Test
    void findsEveryCommandByEveryNameItGivesItself() {
        for (String path : CommandTable.paths()) {
            Command command = command(path);
            assertThat(command.names()).contains(path);
            for (String name : command.names()) {
                assertThat(CommandTable.action(name)).as(name).isNotNull();
                assertThat(command(name).names()).as(name).isEqualTo(command.names());
            }
        }
    }

    @Test
    void knowsItsGroups() {
        for (String group : CommandTable.groups()) {
            assertThat(CommandTable.isGroup(group)).isTrue();
            assertThat(CommandTable.inGroup(group)).isNotEmpty().isSorted();
            assertThat(CommandTable.groupSummary(group)).isNotEmpty();
        }
        assertThat(CommandTable.isGroup("volume")).isFalse();
        assertThat(CommandTable.inGroup("volume")).isEmpty();
    }

    @Test
    void doesNotCallACommandMissingThatItHas() {
        for (String path : CommandTable.paths()) {
            assertThat(CommandTable.isMissing(path)).as(path).isFalse();
        }
    }

    @Test
    void givesNoNameOrLetterToTwoFlagsOfACommand() {
        List<Command> commands = new ArrayList<>(List.of(GlobalFlags.command()));
        for (String path : CommandTable.paths()) {
            commands.add(command(path));
        }
        for (Command command : commands) {
            List<String> spellings = new ArrayList<>();
            for (Flag<?> flag : command.flags()) {
                spellings.add("--" + flag.name());
                if (flag.hasLetter()) {
                    spellings.add("-" + flag.letter());
                }
            }
            assertThat(spellings).as(command.names().getFirst()).doesNotHaveDuplicates();
        }
    }

    @Test
    void explainsEveryFlagThatHelpShows() {
        for (String path : CommandTable.paths()) {
            for (Flag<?> flag : command(path).flags()) {
                if (!flag.hidden()) {
                    assertThat(flag.help()).as(path + " --" + flag.name()).isNotEmpty();
                    assertThat(flag.help()).doesNotEndWith(".");
                }
            }
        }
    }

    @Test
    void runKnowsAllOfDockersFlags() {
        List<String> names = new ArrayList<>();
        for (Flag<?> flag : command("run").flags()) {
            names.add(flag.name());
        }
        assertThat(names)
                .hasSizeGreaterThanOrEqualTo(102)
                .contains(
                        "gpus", "health-start-interval", "use-api-socket", "cgroupns", "shm-size");
    }

    private static Command command(String path) {
        Action action = CommandTable.action(path);
        assertThat(action).as(path).isNotNull();
        return Objects.requireNonNull(action).command();
    }

    @Test
    void hasTheVersionOfTheProject() throws Exception {
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<version>" + Version.NUMBER + "</version>");
    }
}
