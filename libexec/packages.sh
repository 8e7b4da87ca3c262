# shellcheck shell=sh
#
# What of the distribution's programs is missing, and how to get it. Sourced by quickstart and check.

# System programs are not on everybody's PATH.
PATH=$PATH:/usr/sbin:/sbin
export PATH

# lacking WANT...: sets lacking to the packages still wanted. A WANT is PROGRAM[,PROGRAM]...=PACKAGE, where one
# of the programs is enough; a program with a slash is a pattern of a file's name.
lacking() {
    lacking=
    for want; do
        is_there "${want%=*}" || lacking="${lacking:+$lacking }${want#*=}"
    done
}

is_there() {
    old_ifs=$IFS
    IFS=,
    for program in $1; do
        IFS=$old_ifs
        case $program in
            */*) for file in $program; do [ -e "$file" ] && return 0; done ;;
            *) command -v "$program" > /dev/null && return 0 ;;
        esac
    done
    IFS=$old_ifs
    return 1
}

# become_root: sets sudo to the word that makes a command run as root, which is nothing for root; fails
# where there is no way.
become_root() {
    sudo=
    [ "$(id -u)" != 0 ] || return 0
    command -v sudo > /dev/null || return 1
    sudo=sudo
    sudo -n true 2> /dev/null || { [ -t 0 ] && sudo -v; }
}

# offered PACKAGE...: sets offered to those that the distribution has.
offered() {
    offered=
    for package; do
        if apt-cache policy "$package" | grep -q '^ *Candidate: [^(]'; then
            offered="${offered:+$offered }$package"
        fi
    done
}

# refresh_lists: knows what the distribution offers today. Fails without a network.
refresh_lists() {
    $sudo apt-get update -qq -o APT::Update::Error-Mode=any
}

# fetch_packages PACKAGE...: installs those that the distribution has.
fetch_packages() {
    offered "$@"
    # shellcheck disable=SC2086 # several words
    [ -z "$offered" ] || $sudo env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 $offered
}
