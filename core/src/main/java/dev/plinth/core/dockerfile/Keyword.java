package dev.plinth.core.dockerfile;

import org.jspecify.annotations.Nullable;

/// The instructions there are.
public enum Keyword {
    ADD,
    ARG,
    CMD,
    COPY,
    ENTRYPOINT,
    ENV,
    EXPOSE,
    FROM,
    HEALTHCHECK,
    LABEL,
    MAINTAINER,
    ONBUILD,
    RUN,
    SHELL,
    STOPSIGNAL,
    USER,
    VOLUME,
    WORKDIR;

    /// The instruction of that name, in whatever case; null when there is none.
    static @Nullable Keyword find(String word) {
        for (Keyword keyword : values()) {
            if (keyword.isSpelled(word)) {
                return keyword;
            }
        }
        return null;
    }

    /// Only the letters of ASCII have two cases here.
    private boolean isSpelled(String word) {
        String name = name();
        if (word.length() != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = word.charAt(i);
            if (c != name.charAt(i) && c != name.charAt(i) + ('a' - 'A')) {
                return false;
            }
        }
        return true;
    }

    /// Whether it may change the config of an image that is imported or committed.
    boolean isChange() {
        return switch (this) {
            case CMD,
                    ENTRYPOINT,
                    ENV,
                    EXPOSE,
                    HEALTHCHECK,
                    LABEL,
                    ONBUILD,
                    STOPSIGNAL,
                    USER,
                    VOLUME,
                    WORKDIR ->
                    true;
            case ADD, ARG, COPY, FROM, MAINTAINER, RUN, SHELL -> false;
        };
    }

    static Keyword of(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Add _ -> ADD;
            case Instruction.Arg _ -> ARG;
            case Instruction.Cmd _ -> CMD;
            case Instruction.Copy _ -> COPY;
            case Instruction.Entrypoint _ -> ENTRYPOINT;
            case Instruction.Env _ -> ENV;
            case Instruction.Expose _ -> EXPOSE;
            case Instruction.Healthcheck _ -> HEALTHCHECK;
            case Instruction.Label _ -> LABEL;
            case Instruction.Maintainer _ -> MAINTAINER;
            case Instruction.Onbuild _ -> ONBUILD;
            case Instruction.Run _ -> RUN;
            case Instruction.Shell _ -> SHELL;
            case Instruction.StopSignal _ -> STOPSIGNAL;
            case Instruction.User _ -> USER;
            case Instruction.Volume _ -> VOLUME;
            case Instruction.Workdir _ -> WORKDIR;
        };
    }
}
