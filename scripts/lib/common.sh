# Sourced by scripts/databases: addresses, users, processes and packages, whatever the server.
# shellcheck shell=bash disable=SC2154  # $home and $repository come from scripts/databases

all_servers=(postgres mysql mariadb)

declare -A title=([postgres]=PostgreSQL [mysql]=MySQL [mariadb]=MariaDB)
declare -A port=(
    [postgres]=${POSTGRES_PORT:-54329}
    [mysql]=${MYSQL_PORT:-33069}
    [mariadb]=${MARIADB_PORT:-33079}
)
declare -A url_variable=([postgres]=POSTGRES_URL [mysql]=MYSQL_URL [mariadb]=MARIADB_URL)
declare -A own_url=(
    [postgres]="postgres://postgres@127.0.0.1:${port[postgres]}/mizzle"
    [mysql]="mysql://root@127.0.0.1:${port[mysql]}/mizzle"
    [mariadb]="mysql://root@127.0.0.1:${port[mariadb]}/mizzle"
)
# Servers started by root run as these users: PostgreSQL refuses to be root, and the others have no need to be.
declare -A run_as=([postgres]=postgres [mysql]=nobody [mariadb]=nobody)

fail() {
    printf 'scripts/databases: %s\n' "$*" >&2
    exit 1
}

say() {
    local name=$1 version=$2 what=$3
    printf '%-9s %-10s %-46s %s\n' "$name" "$version" "$(without_password "$(url "$name")")" "$what"
}

url() {
    local variable=${url_variable[$1]}
    printf '%s' "${!variable:-${own_url[$1]}}"
}

# `env $(scripts/databases urls) ..` sets the variables to our own addresses: that is no server elsewhere.
is_elsewhere() {
    [ "$(url "$1")" != "${own_url[$1]}" ]
}

without_password() {
    sed -E 's|//([^:@/]*):[^@/]*@|//\1:***@|' <<<"$1"
}

# Sets url_user, url_password, url_host and url_port.
split_url() {
    local name=$1 default=3306
    local pattern='^[a-z]+://(([^:@/]*)(:([^@/]*))?@)?(\[[^]/]+\]|[^]:/?@[]+)(:([0-9]+))?([/?]|$)'
    [ "$name" != postgres ] || default=5432
    [[ $(url "$name") =~ $pattern ]] ||
        fail "$name: cannot find a host in ${url_variable[$name]}=$(without_password "$(url "$name")")"
    url_user=$(percent_decoded "${BASH_REMATCH[2]}")
    url_password=$(percent_decoded "${BASH_REMATCH[4]}")
    url_host=${BASH_REMATCH[5]#[}
    url_host=${url_host%]}
    url_port=${BASH_REMATCH[7]:-$default}
}

percent_decoded() {
    local text=${1//\\/\\\\}
    printf '%b' "${text//%/\\x}"
}

accepts_connections() {
    timeout 5 bash -c ': <>"/dev/tcp/$1/$2"' - "$1" "$2" 2>/dev/null
}

# The pid file holds the pid and when that process started (in ticks since boot), so that a process that got the same
# pid later, or after a reboot, is never taken for our server.
record_pid() {
    printf '%s\n%s\n' "$2" "$(start_ticks "$2")" >"$home/$1/pid"
}

start_ticks() {
    # The name in parentheses may hold spaces; what follows it starts with field 3, and field 22 is wanted.
    sed -E 's/.*\) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20
}

# Prints the pid of the server if this script started it and it runs.
running_pid() {
    local pid
    pid=$(recorded_pid "$1") && ! has_ended "$pid" && printf '%s' "$pid"
}

recorded_pid() {
    local lines=()
    [ ! -r "$home/$1/pid" ] || mapfile -t lines <"$home/$1/pid"
    [ "${#lines[@]}" = 2 ] && [ -n "${lines[1]}" ] && [ "$(start_ticks "${lines[0]}")" = "${lines[1]}" ] &&
        printf '%s' "${lines[0]}"
}

# A process that has ended stays in /proc as a zombie until its parent asks for it: in a container, perhaps for good.
# It looks like one too early: while its other threads still end, and hold files and memory.
has_ended() {
    local threads
    [ -e "/proc/$1" ] || return 0
    threads=("/proc/$1/task"/*)
    [ "${#threads[@]}" = 1 ] && grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null
}

# wait_for_end SECONDS PID..: fails if one of them is there after that long.
wait_for_end() {
    local deadline=$((SECONDS + $1)) pid
    shift
    for pid in "$@"; do
        until has_ended "$pid"; do
            [ "$SECONDS" -lt "$deadline" ] || return 1
            sleep 0.05
        done
    done
}

# A server that was killed a moment ago may not have let go of its data yet.
wait_for_predecessor() {
    local pid
    pid=$(recorded_pid "$1") || return 0
    wait_for_end 30 "$pid" || fail "$1: process $pid is ending, but does not end; \`kill -9 $pid\`"
}

# as SERVER COMMAND..: runs it as the user that the server runs as.
as() {
    local name=$1
    shift
    local drop=()
    set_drop "$name"
    "${drop[@]}" "$@"
}

# Sets the caller's `drop` to the command that gives up being root, if that is what we are.
set_drop() {
    local user=${run_as[$1]}
    drop=()
    if [ "$EUID" = 0 ]; then
        drop=(setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups --no-new-privs env HOME=/)
    fi
}

# launch SERVER COMMAND..: starts a server that outlives this script and holds nothing of it: no terminal, no lock, no
# pipe whose other end waits for it to close.
launch() {
    local name=$1
    shift
    local drop=()
    set_drop "$name"
    # A log per start: what an earlier server wrote explains nothing, unless it crashed.
    [ ! -e "$home/$name/server.log" ] || mv "$home/$name/server.log" "$home/$name/server.log.old"
    (
        cd /
        exec </dev/null >>"$home/$name/server.log" 2>&1
        close_other_files
        exec setsid "${drop[@]}" "$@"
    ) &
    record_pid "$name" "$!"
    disown "$!"
}

close_other_files() {
    local file
    for file in "/proc/$BASHPID/fd"/*; do
        file=${file##*/}
        [ "$file" -le 2 ] || eval "exec $file>&-"
    done
}

# Waits until the server answers; 1 if it ends instead.
answers() {
    local name=$1 deadline=$((SECONDS + 60))
    until "${name}_version" 127.0.0.1 "${port[$name]}" >/dev/null; do
        running_pid "$name" >/dev/null || return 1
        [ "$SECONDS" -lt "$deadline" ] || fail_with_log "$name" server.log \
            "$name: no answer on port ${port[$name]} for 60 s; \`scripts/databases restart $name\` tries again"
        sleep 0.1
    done
}

fail_without_database() {
    fail "$1: the server on port ${port[$1]} does not let us create the database mizzle;" \
        "stop it and \`scripts/databases start $1\`, or point ${url_variable[$1]} to another server"
}

# fail_with_log SERVER LOG MESSAGE..
fail_with_log() {
    local log=$home/$1/$2
    shift 2
    tail -n 20 "$log" | sed 's/^/    /' >&2
    fail "$* (log: $log)"
}

# logged SERVER LOG WHAT COMMAND..: the command's output, in LOG, matters only if it fails.
logged() {
    local name=$1 log=$2 what=$3
    shift 3
    "$@" >"$home/$name/$log" 2>&1 || fail_with_log "$name" "$log" "$name: $what failed"
}

# Gives the folder of a server's data, a new or an old one, to the user that the server runs as.
give_data() {
    local name=$1 folder=$2
    [ "$EUID" != 0 ] || [ "$(stat -c %U "$folder")" = "${run_as[$name]}" ] || chown -R "${run_as[$name]}:" "$folder"
    as "$name" test -w "$folder" || fail "$name: user $(as "$name" id -un) cannot write to $folder;" \
        "\`MIZZLE_DATABASES=folder scripts/databases start $name\` puts the data elsewhere"
}

# Data is initialised beside its place and moved there when it is complete: an interrupted start leaves nothing that
# the next one would take for good.
initialise_data() {
    local name=$1 data=$home/$1/data
    if [ ! -d "$data" ]; then
        rm -rf "$data.new"
        mkdir "$data.new"
        give_data "$name" "$data.new"
        logged "$name" initialise.log "initialising the data" "${name}_initialise" "$data.new"
        mv "$data.new" "$data"
    fi
    give_data "$name" "$data"
}

# Only root can install, and only on Debian 12 are the packages known to be right.
need_root() {
    local name=$1 missing=$2
    [ "$EUID" = 0 ] || fail "$name: $missing is missing; \`sudo scripts/databases start $name\` installs it"
    grep -q '^VERSION_CODENAME=bookworm' /etc/os-release ||
        fail "$name: $missing is missing, and this is not Debian 12;" \
            "\`docker compose -f docker/compose.yaml up --detach --wait $name\` starts it in a container"
}

# One apt at a time, and one update per run of this script: the lock file holds the run that updated last.
apt_install() {
    local name=$1
    shift
    logged "$name" apt.log "\`apt-get install $*\`" apt_install_locked "$@"
}

apt_install_locked() {
    (
        flock -w 300 8 || exit 1
        if [ "$(cat /run/mizzle-apt.lock)" != "$run" ]; then
            apt-get -q update && printf '%s' "$run" >/run/mizzle-apt.lock || exit 1
        fi
        without_services apt-get -q -y --no-install-recommends -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 \
            -o Acquire::Retries=3 install "$@"
    ) 8>>/run/mizzle-apt.lock 9>&-
}

# A package that brings a service (postgresql-15 does) must not start it: Debian asks policy-rc.d whether it may.
without_services() {
    local policy=/usr/sbin/policy-rc.d status=0
    if [ -e "$policy" ]; then
        DEBIAN_FRONTEND=noninteractive "$@"
        return
    fi
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    DEBIAN_FRONTEND=noninteractive "$@" || status=$?
    rm -f "$policy"
    return "$status"
}
