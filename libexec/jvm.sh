# shellcheck shell=sh
#
# Which Java runs Plinth, with which flags and from which cache. Sourced by plinth, quickstart, check
# and .ci/run, so that there is one answer. Every command passes through here: builtins only, because
# a single fork costs as much as all of this.

least_java=25

# What the JVM gets before the jar. All of it is part of the cache's identity, so a change here makes
# the caches of yesterday unused, never wrong.
#   tiered compilation (the default): C1 alone computes SHA-256 five times slower
#   Serial GC: the fastest start; nothing here has a heap worth several threads
#   no perf data: saves a memory-mapped file in /tmp on each start
#   logging: the JVM reports a bad cache on standard output, which belongs to the command
jvm_flags='-XX:+UseSerialGC -XX:-UsePerfData -Xlog:disable -Xlog:all=error:stderr'

# java_at PROGRAM HOME: succeeds where HOME is a new enough Java that has bin/PROGRAM (java, or javac
# for building), and sets jdk to HOME and jdk_build to what tells its build from others.
java_at() {
    [ -x "$2/bin/$1" ] && [ -r "$2/release" ] || return 1
    jdk_build=
    while IFS='"' read -r key value _; do
        case $key in
            IMPLEMENTOR= | IMPLEMENTOR_VERSION= | JAVA_RUNTIME_VERSION=)
                jdk_build="${jdk_build:+$jdk_build, }$value"
                ;;
            JAVA_VERSION=)
                value=${value%%[!0-9]*}
                [ "${value:-0}" -ge "$least_java" ] || return 1
                jdk=$2
                return 0
                ;;
        esac
    done < "$2/release"
    return 1
}

# find_jdk PROGRAM: the first that fits of PLINTH_JAVA_HOME (which is never passed over), JAVA_HOME,
# the java on the PATH, and what the system has installed; sets jdk and jdk_build, or fails.
find_jdk() {
    if [ -n "${PLINTH_JAVA_HOME:-}" ]; then
        java_at "$1" "$PLINTH_JAVA_HOME"
        return
    fi
    [ -n "${JAVA_HOME:-}" ] && java_at "$1" "$JAVA_HOME" && return

    on_path=
    old_ifs=$IFS
    IFS=:
    for dir in $PATH; do
        if [ -x "$dir/java" ]; then
            on_path=$dir/java
            java_at "$1" "${dir%/*}" && IFS=$old_ifs && return
            break
        fi
    done
    IFS=$old_ifs

    found=
    for dir in /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        # An old default is the rule rather than the exception, so every installed one is looked at.
        # shellcheck disable=SC3013 # dash, bash, busybox, ksh and zsh all have -ef
        if java_at "$1" "$dir"; then
            [ "$dir/bin/java" -ef "$on_path" ] && return
            found=${found:-$dir}
        fi
    done
    [ -n "$found" ] && java_at "$1" "$found" && return

    # A link from the PATH into a place nobody would guess.
    [ -L "$on_path" ] && dir=$(readlink -f "$on_path") && java_at "$1" "${dir%/bin/java}"
}

# no_jdk WHO: says what is missing and ends the script with 3, the status for exactly this.
no_jdk() {
    if [ -n "${PLINTH_JAVA_HOME:-}" ]; then
        echo "$1: PLINTH_JAVA_HOME is $PLINTH_JAVA_HOME, which is no Java $least_java or newer" >&2
    else
        echo "$1: no Java $least_java or newer found; install one, or set PLINTH_JAVA_HOME to its folder" >&2
    fi
    exit 3
}

# own_cache JARS: sets dir to where a cache for these jars lies that could not be put beside them.
# Root trusts no folder that an environment variable names; anybody else must own what is in it.
own_cache() {
    # shellcheck disable=SC3067 # dash, bash, busybox, ksh and zsh all have -O
    if [ -O / ]; then
        dir=/var/cache/plinth/${1##*/}
    else
        dir=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/plinth/${1##*/}
    fi
}

# find_cache JARS: sets cache to the file of an AOT cache made from exactly these jars by exactly this
# JVM with exactly these flags, or to nothing. JARS is a folder whose name is the hash of its content,
# so no jar has to be read; beside the cache stands a note of what it was made with (see make-cache).
# This care is needed: a JVM may use a cache of other jars without a word, and run yesterday's code.
find_cache() {
    cache=
    note_in "$1" && return
    own_cache "$1"
    # shellcheck disable=SC3067
    [ -O "$dir/aot" ] && note_in "$dir"
}

note_in() {
    [ -r "$1/aot" ] || return 1
    { read -r name && read -r for_jdk && read -r for_build && read -r for_flags; } < "$1/aot" || return 1
    [ "$for_jdk|$for_build|$for_flags" = "$jdk|$jdk_build|$jvm_flags" ] && [ -r "$1/$name" ] || return 1
    # shellcheck disable=SC2034 # for the launcher
    cache=$1/$name
}
