package dev.plinth.core.dockerfile;

import dev.plinth.core.dockerfile.Directives.Directive;
import dev.plinth.core.dockerfile.words.WordException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A Dockerfile that was read: its stages, each with typed instructions.
///
/// @param source the text, for showing places
/// @param directives what the comments at its top say
/// @param globals the ARGs before the first FROM
/// @param stages at least one
/// @param emptyContinuations the last lines of the instructions that have a blank line within,
///   which will be an error some day
/// @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>
public record Dockerfile(
        SourceText source,
        Directives directives,
        List<Instruction.Arg> globals,
        List<Stage> stages,
        List<Place> emptyContinuations) {
    /// A file of more bytes is refused: it is not a Dockerfile.
    public static final int LARGEST = 4 << 20;

    public Dockerfile {
        globals = List.copyOf(globals);
        stages = List.copyOf(stages);
        emptyContinuations = List.copyOf(emptyContinuations);
    }

    /// Reads a Dockerfile to its end; no more than [#LARGEST] bytes and one are taken. The stream
    /// stays open.
    ///
    /// @param name what messages call the file
    /// @throws DockerfileException when it is not what the language allows
    public static Dockerfile read(InputStream in, String name) throws IOException {
        return parse(in.readNBytes(LARGEST + 1), name);
    }

    /// The Dockerfile that `text` is.
    ///
    /// @param name what messages call the file
    /// @throws DockerfileException when it is not what the language allows
    public static Dockerfile parse(String text, String name) {
        return parse(ByteText.encode(text), name);
    }

    /// The Dockerfile that some bytes are: UTF-8, with or without a byte order mark, lines ending
    /// with LF or CR LF.
    ///
    /// @param bytes the file, which the caller no longer changes
    /// @param name what messages call the file
    /// @throws DockerfileException when it is not what the language allows
    public static Dockerfile parse(byte[] bytes, String name) {
        SourceText source = new SourceText(name, bytes);
        int start = start(bytes);
        if (bytes.length == start) {
            throw new DockerfileException("the Dockerfile cannot be empty");
        }
        DirectiveReader directiveReader = new DirectiveReader(source, start);
        Directives directives = directiveReader.read();
        StatementReader reader =
                new StatementReader(source, start, directives.escape(), directiveReader.lastLine());
        List<Statement> statements = reader.read();
        List<Instruction.Arg> globals = new ArrayList<>();
        List<Stage> stages = stages(source, statements, globals);
        if (stages.isEmpty()) {
            throw new DockerfileException("dockerfile contains no stages to build");
        }
        return new Dockerfile(source, directives, globals, stages, reader.emptyContinuations());
    }

    /// The frontend that a file asks to be read by, whether or not the file is a Dockerfile: the
    /// directive `# syntax=`, `// syntax=`, or the member `syntax` of a JSON object.
    public static Optional<Directive> syntaxOf(byte[] bytes, String name) {
        return new DirectiveReader(new SourceText(name, bytes), start(bytes)).syntax();
    }

    /// The instruction that an image keeps for the build of the next one.
    ///
    /// @param trigger the text that [Instruction.Onbuild] holds or an image's config has
    /// @param name what messages call it
    /// @throws DockerfileException when it is no instruction, more than one, or one that ONBUILD
    ///   may not have
    public static Instruction parseTrigger(String trigger, String name) {
        SourceText source = new SourceText(name, ByteText.encode(trigger));
        List<Statement> statements = new StatementReader(source, 0, '\\', 0).read();
        if (statements.size() != 1) {
            throw new DockerfileException("onbuild trigger should be a single expression");
        }
        Statement statement = statements.getFirst();
        Keyword keyword = Keyword.find(statement.origin().keyword());
        if (keyword == Keyword.ONBUILD
                || keyword == Keyword.FROM
                || keyword == Keyword.MAINTAINER) {
            throw new DockerfileException(
                    source,
                    statement.origin().place(),
                    keyword + " isn't allowed as an ONBUILD trigger");
        }
        return instruction(source, statement, keyword);
    }

    /// The instructions that `import --change` and `commit --change` apply to an image, in order.
    /// The texts are read as one file.
    ///
    /// @throws DockerfileException when one is not an instruction or not one that changes a config
    public static List<Instruction> parseChanges(List<String> changes) {
        if (changes.isEmpty()) {
            return List.of();
        }
        byte[] bytes = ByteText.encode(String.join("\n", changes));
        if (new String(bytes, StandardCharsets.ISO_8859_1).isBlank()) {
            return List.of();
        }
        SourceText source = new SourceText("--change", bytes);
        DirectiveReader directives = new DirectiveReader(source, 0);
        char escape = directives.read().escape();
        List<Instruction> instructions = new ArrayList<>();
        for (Statement statement :
                new StatementReader(source, 0, escape, directives.lastLine()).read()) {
            Keyword keyword = Keyword.find(statement.origin().keyword());
            if (keyword != null && !keyword.isChange()) {
                throw new DockerfileException(
                        source,
                        statement.origin().place(),
                        keyword + " is not a valid change command");
            }
            instructions.add(instruction(source, statement, keyword));
        }
        return List.copyOf(instructions);
    }

    private static List<Stage> stages(
            SourceText source, List<Statement> statements, List<Instruction.Arg> globals) {
        List<Stage> stages = new ArrayList<>();
        Stage.From from = null;
        List<Instruction> instructions = new ArrayList<>();
        for (Statement statement : statements) {
            Keyword keyword = Keyword.find(statement.origin().keyword());
            if (keyword == Keyword.FROM) {
                if (from != null) {
                    stages.add(new Stage(from, instructions));
                    instructions.clear();
                }
                from = placed(source, statement, () -> InstructionReader.readFrom(statement));
                continue;
            }
            Instruction instruction = instruction(source, statement, keyword);
            if (from != null) {
                instructions.add(instruction);
            } else if (instruction instanceof Instruction.Arg arg) {
                globals.add(arg);
            } else {
                throw new DockerfileException(
                        source, instruction.place(), "no build stage in current context");
            }
        }
        if (from != null) {
            stages.add(new Stage(from, instructions));
        }
        return stages;
    }

    private static Instruction instruction(
            SourceText source, Statement statement, @Nullable Keyword keyword) {
        return placed(
                source,
                statement,
                () -> {
                    if (keyword == null) {
                        throw InstructionReader.unknown(statement.origin().keyword());
                    }
                    return InstructionReader.read(statement, keyword);
                });
    }

    private interface Reading<T> {
        T read();
    }

    private static <T> T placed(SourceText source, Statement statement, Reading<T> reading) {
        try {
            return reading.read();
        } catch (WordException e) {
            Place place = statement.origin().place();
            throw new DockerfileException(
                    source,
                    place,
                    "dockerfile parse error on line " + place.firstLine() + ": " + e.getMessage());
        }
    }

    /// Where the text begins: behind the byte order mark, if there is one.
    private static int start(byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw new DockerfileException("dockerfile is larger than " + (LARGEST >> 20) + " MiB");
        }
        if (bytes.length >= 2
                && ((bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe)
                        || (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff))) {
            throw new DockerfileException(
                    "dockerfile is UTF-16 text; save it as UTF-8 to have it read");
        }
        boolean marked =
                bytes.length >= 3
                        && bytes[0] == (byte) 0xef
                        && bytes[1] == (byte) 0xbb
                        && bytes[2] == (byte) 0xbf;
        return marked ? 3 : 0;
    }
}
