package dev.plinth.cli.help;

/// The scripts that teach a shell to ask `plinth __complete -- WORD…`. That prints one candidate on
/// a line, a tab and a word about it, and in the end a line `:files` or `:nothing` for what else
/// may stand there.
public final class CompletionScripts {
    private CompletionScripts() {}

    /// @throws IllegalArgumentException for an unknown shell
    public static String forShell(String shell) {
        return switch (shell) {
            case "bash" -> BASH;
            case "fish" -> FISH;
            case "zsh" -> ZSH;
            default -> throw new IllegalArgumentException("unknown shell: " + shell);
        };
    }

    private static final String BASH =
            """
            # Completion of plinth for bash: source <(plinth completion bash)
            _plinth() {
                local line=${COMP_LINE:0:COMP_POINT} cur prefix candidate
                local -a words
                read -ra words <<<"$line"
                [[ $line == *[[:space:]] ]] && words+=("")
                cur=${words[-1]}
                # Bash breaks words at colons, and replaces only what follows the last one.
                prefix=
                [[ $cur == *:* && $COMP_WORDBREAKS == *:* ]] && prefix=${cur%:*}:
                COMPREPLY=()
                while IFS=$'\\t' read -r candidate _; do
                    case $candidate in
                    :files) compopt -o default ;;
                    :*) ;;
                    *) COMPREPLY+=("${candidate#"$prefix"}") ;;
                    esac
                done < <("${words[0]}" __complete -- "${words[@]:1}" 2>/dev/null)
            }
            complete -F _plinth plinth
            """;

    private static final String FISH =
            """
            # Completion of plinth for fish: plinth completion fish | source
            function __plinth_complete
                set -l words (commandline -opc)
                set -l current (commandline -ct)
                for line in ($words[1] __complete -- $words[2..-1] "$current" 2>/dev/null)
                    switch $line
                        case ':files'
                            __fish_complete_path "$current"
                        case ':*'
                        case '*'
                            echo $line
                    end
                end
            end
            complete -c plinth -f -a '(__plinth_complete)'
            """;

    private static final String ZSH =
            """
            #compdef plinth
            # Completion of plinth for zsh: source <(plinth completion zsh)
            _plinth() {
                local line candidate help
                local -a candidates
                local files=
                while IFS= read -r line; do
                    case $line in
                    :files) files=yes ;;
                    :*) ;;
                    *)
                        candidate=${line%%$'\\t'*}
                        help=${line#*$'\\t'}
                        candidates+=("${candidate//:/\\\\:}:$help")
                        ;;
                    esac
                done < <("${words[1]}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
                (( $#candidates )) && _describe plinth candidates
                [[ -n $files ]] && _files
            }
            compdef _plinth plinth
            """;
}
