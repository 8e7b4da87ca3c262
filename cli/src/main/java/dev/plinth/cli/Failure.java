package dev.plinth.cli;

import dev.plinth.cli.output.StandardOutputException;
import dev.plinth.cli.syntax.UsageException;
import dev.plinth.cli.template.TemplateException;
import dev.plinth.cli.text.Secrets;
import dev.plinth.core.build.plan.BuildException;
import dev.plinth.core.container.CannotStart;
import dev.plinth.core.dockerfile.DockerfileException;
import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/// What is said of a failure and which exit code it gives: the one place that decides both.
///
/// @param message everything that goes to the standard error, without the last newline; empty to
///   say nothing
record Failure(int exitCode, String message) {
    /// @param starter the name of the command if it starts a program in a container, where exit
    ///   codes are told apart from the program's own
    static Failure of(Throwable thrown, @Nullable String starter) {
        return switch (thrown) {
            case UsageException usage -> ofUsage(usage);
            case StandardOutputException output when output.isClosedByReader() ->
                    new Failure(ExitCode.NO_READER, "");
            case InterruptedException stopped -> new Failure(ExitCode.STOPPED, "");
            case PlinthException known when known.kind() == Kind.CANCELLED ->
                    new Failure(ExitCode.STOPPED, "plinth: " + known.getMessage());
            case TemplateException template
                    when template.stage() == TemplateException.Stage.PARSING ->
                    new Failure(ExitCode.NO_TEMPLATE, template.getMessage());
            case TemplateException template -> new Failure(ExitCode.FAILED, template.getMessage());
            case CannotStart container ->
                    new Failure(
                            container.exitCode(), told(container.getMessage(), starter).message());
            case BuildException build ->
                    new Failure(
                            ExitCode.FAILED,
                            (build.step()
                                                    .map(
                                                            step ->
                                                                    "------\n > "
                                                                            + step
                                                                            + ":\n------\n")
                                                    .orElse("")
                                            + build.excerpt())
                                    + "ERROR: failed to build: failed to solve: "
                                    + Secrets.hidden(build.getMessage()));
            case DockerfileException file when file.place().isPresent() ->
                    new Failure(
                            ExitCode.FAILED,
                            file.excerpt()
                                    + "ERROR: failed to build: failed to solve: "
                                    + file.getMessage());
            case PlinthException known -> told(known.getMessage(), starter);
            case IOException trouble -> told(words(trouble), starter);
            case OutOfMemoryError memory ->
                    told(
                            "out of memory; a larger heap can be given with"
                                    + " JAVA_TOOL_OPTIONS=-Xmx…",
                            starter);
            default ->
                    told(
                            "this is a bug in plinth ("
                                    + thrown.getClass().getSimpleName()
                                    + "); 'plinth --debug …' shows where",
                            starter);
        };
    }

    private static Failure ofUsage(UsageException usage) {
        int code =
                switch (usage.what()) {
                    case FLAG -> ExitCode.NOT_TRIED;
                    case ARGUMENTS -> ExitCode.FAILED;
                };
        return new Failure(code, usage.getMessage());
    }

    private static Failure told(String message, @Nullable String starter) {
        String line = "plinth: " + Secrets.hidden(message);
        return starter == null
                ? new Failure(ExitCode.FAILED, line)
                : new Failure(
                        ExitCode.NOT_TRIED,
                        line + "\n\nRun 'plinth " + starter + " --help' for more information");
    }

    /// What an exception of the Java library means.
    static String words(IOException trouble) {
        return switch (trouble) {
            case NoSuchFileException it -> about(it, "no such file or directory");
            case AccessDeniedException it -> about(it, "permission denied");
            case FileAlreadyExistsException it -> about(it, "file exists");
            case DirectoryNotEmptyException it -> about(it, "folder not empty");
            case NotDirectoryException it -> about(it, "not a folder");
            case FileSystemException it when it.getReason() != null ->
                    about(it, decapitalized(it.getReason()));
            case FileNotFoundException it -> orName(it);
            case UnknownHostException it -> "cannot find the host " + it.getMessage();
            case ConnectException it -> "cannot connect: " + decapitalized(orName(it));
            case EOFException it -> "unexpected end: " + orName(it);
            default -> orName(trouble);
        };
    }

    private static String about(FileSystemException trouble, String what) {
        String other = trouble.getOtherFile();
        return trouble.getFile() + (other == null ? "" : " -> " + other) + ": " + what;
    }

    private static String orName(IOException trouble) {
        String message = trouble.getMessage();
        return message == null || message.isBlank() ? trouble.getClass().getSimpleName() : message;
    }

    private static String decapitalized(String text) {
        boolean isWord = text.length() > 1 && Character.isLowerCase(text.charAt(1));
        return isWord ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
    }
}
