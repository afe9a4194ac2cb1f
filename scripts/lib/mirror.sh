# Sourced by scripts that take packages of another Debian release than this machine's.
# shellcheck shell=bash

# The mirror that this machine uses itself.
debian_mirror() {
    local uri
    uri=$(cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null |
        sed -nE -e 's/^URIs: *([^ ]+).*/\1/p' -e 's/^deb +(\[[^]]*\] *)?([^ ]+).*/\2/p' | head -n 1)
    printf '%s' "${uri:-http://deb.debian.org/debian}"
}

# set_apt FOLDER SOURCE..: sets `apt` to an apt-get that has only these sources, and all its state in FOLDER: the
# packages, the lists and the locks of the machine stay as they are. It takes no package for installed but those in
# FOLDER/status.
set_apt() {
    local folder=$1
    shift
    mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
    printf '%s\n' "$@" >"$folder/sources.list"
    touch "$folder/status"
    apt=(
        apt-get -q -o Dir::Etc::SourceList="$folder/sources.list" -o Dir::Etc::SourceParts=/dev/null
        -o Dir::Etc::PreferencesParts=/dev/null -o Dir::State::Lists="$folder/lists" -o Dir::Cache="$folder/cache"
        -o Dir::State::status="$folder/status" -o Debug::NoLocking=1 -o APT::Install-Recommends=false
        -o APT::Sandbox::User=root -o APT::Update::Post-Invoke-Success::= -o Acquire::Languages=none
        -o Acquire::Retries=3 -o Acquire::http::Timeout=20
        -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false
        -o Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false
    )
}
