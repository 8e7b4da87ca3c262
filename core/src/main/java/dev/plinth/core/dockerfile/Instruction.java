package dev.plinth.core.dockerfile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// One instruction of a stage. Words stand as they were written, with variables, quotes and
/// escapes; `words` gives them their meaning.
///
/// @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>
public sealed interface Instruction {
    /// How it was written.
    Origin origin();

    /// Where it was written.
    default Place place() {
        return origin().place();
    }

    /// The instruction's name in capital letters.
    default String name() {
        return Keyword.of(this).name();
    }

    /// Puts files into the image: local ones, what is in local archives, what URLs and git name.
    ///
    /// @param keepGitDir whether a clone keeps its `.git`; empty when not said
    /// @param checksum what the source must be, with variables
    /// @param unpack whether archives are unpacked; empty when not said: local ones are
    record Add(
            Origin origin,
            Transfer files,
            Optional<Boolean> keepGitDir,
            Optional<String> checksum,
            Optional<Boolean> unpack)
            implements Instruction {}

    /// Declares variables that the one who builds may set.
    record Arg(Origin origin, List<Declaration> declarations) implements Instruction {
        public Arg {
            declarations = List.copyOf(declarations);
        }

        /// @param name the name, in which variables are replaced too
        /// @param value the value when the one who builds sets none
        /// @param description the comment above that begins with the name, without the name
        public record Declaration(
                String name, Optional<String> value, Optional<String> description) {}
    }

    /// What a container runs, or the arguments of its entrypoint.
    record Cmd(Origin origin, Program.Command command) implements Instruction {}

    /// Puts files of the context, a stage, an image or a named context into the image.
    ///
    /// @param from the stage, image or context, without variables; empty for the build context
    /// @param parents whether the folders named in a source are made in the destination
    record Copy(Origin origin, Transfer files, Optional<String> from, boolean parents)
            implements Instruction {}

    /// What a container always runs. An empty [Program.Exec] takes an inherited one away.
    record Entrypoint(Origin origin, Program.Command command) implements Instruction {}

    /// Sets variables that stay in the image. All values see the variables from before.
    ///
    /// @param legacy whether it was `ENV name value`
    record Env(Origin origin, List<KeyValue> pairs, boolean legacy) implements Instruction {
        public Env {
            pairs = List.copyOf(pairs);
        }
    }

    /// Names ports a container listens on: [dev.plinth.core.dockerfile.words.PortSpec] once
    /// variables are replaced.
    ///
    /// @param ports the words, sorted, as history shows them
    record Expose(Origin origin, List<String> ports) implements Instruction {
        public Expose {
            ports = List.copyOf(ports);
        }
    }

    /// How to find out whether a container still works.
    record Healthcheck(Origin origin, Health health) implements Instruction {
        public sealed interface Health {
            /// `NONE`: an inherited check is off.
            record Off() implements Health {}

            /// Empty values are the defaults of the one who runs the container.
            record Test(
                    Program.Command command,
                    Optional<Duration> interval,
                    Optional<Duration> timeout,
                    Optional<Duration> startPeriod,
                    Optional<Duration> startInterval,
                    OptionalInt retries)
                    implements Health {}
        }
    }

    /// Adds labels.
    ///
    /// @param legacy whether it was `LABEL name value`
    record Label(Origin origin, List<KeyValue> pairs, boolean legacy) implements Instruction {
        public Label {
            pairs = List.copyOf(pairs);
        }
    }

    /// Sets the author; deprecated.
    record Maintainer(Origin origin, String author) implements Instruction {}

    /// Keeps an instruction for the build of an image that is made from this one.
    ///
    /// @param trigger the instruction as text, heredocs included, as it is kept in the image;
    ///   [Dockerfile#parseTrigger] reads it
    record Onbuild(Origin origin, String trigger) implements Instruction {}

    /// Runs a program on the files so far; what it changes is a layer.
    record Run(
            Origin origin,
            Program program,
            List<MountSpec> mounts,
            Network network,
            Security security,
            List<Device> devices)
            implements Instruction {
        public Run {
            mounts = List.copyOf(mounts);
            devices = List.copyOf(devices);
        }

        public enum Network {
            DEFAULT,
            NONE,
            HOST
        }

        public enum Security {
            SANDBOX,
            INSECURE
        }

        /// A device of the host by its CDI name.
        public record Device(String name, boolean required) {}
    }

    /// Sets the program that runs what is written in shell form.
    record Shell(Origin origin, List<String> arguments) implements Instruction {
        public Shell {
            arguments = List.copyOf(arguments);
        }
    }

    /// Sets the signal that ends a container.
    record StopSignal(Origin origin, String signal) implements Instruction {}

    /// Sets the user, and perhaps the group, of what follows and of containers.
    record User(Origin origin, String user) implements Instruction {}

    /// Names folders that hold data of their own.
    record Volume(Origin origin, List<String> paths) implements Instruction {
        public Volume {
            paths = List.copyOf(paths);
        }
    }

    /// Sets, and makes, the folder of what follows and of containers.
    record Workdir(Origin origin, String path) implements Instruction {}
}
