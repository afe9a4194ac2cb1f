# Sourced by scripts/databases: what is particular to PostgreSQL.
# shellcheck shell=bash disable=SC2154

postgres_bin=/usr/lib/postgresql/15/bin
postgres_extensions=/usr/share/postgresql/15/extension
# The database that always exists, to create the other one from.
postgres_maintenance=postgres://postgres@127.0.0.1:${port[postgres]}/postgres

postgres_install() {
    local packages=() pgvector=
    [ -x "$postgres_bin/postgres" ] || packages+=(postgresql-15)
    [ -e "$postgres_extensions/vector.control" ] || command -v gcc >/dev/null || packages+=(gcc libc6-dev)
    if [ "${#packages[@]}" -gt 0 ]; then
        need_root postgres "${packages[*]}"
        apt_install postgres "${packages[@]}"
    fi
    if [ ! -e "$postgres_extensions/vector.control" ]; then
        need_root postgres pgvector
        # Compiles, while the next step downloads.
        logged postgres pgvector.log "compiling pgvector" "$repository/scripts/lib/install-pgvector" &
        pgvector=$!
    fi
    if [ ! -e "$postgres_extensions/postgis.control" ]; then
        need_root postgres PostGIS
        apt_install postgres postgresql-15-postgis-3 postgresql-15-postgis-3-scripts
    fi
    [ -z "$pgvector" ] || wait "$pgvector"
}

postgres_initialise() {
    as postgres "$postgres_bin/initdb" -D "$1" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync
}

postgres_launch() {
    end_orphans
    # Without a socket in the file system there is none that another server could block.
    launch postgres "$postgres_bin/postgres" -D "$home/postgres/data" -p "${port[postgres]}" \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c timezone=UTC -c max_connections=200 \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off
}

# After a `kill -9` of the postmaster, a busy backend lives on and holds the shared memory, and a new postmaster
# refuses to start. Its own pid file stays, too, and blocks if the pid belongs to another process by then.
end_orphans() {
    local process pids=()
    for process in /proc/[0-9]*; do
        if [ "$(readlink "$process/exe")" = "$postgres_bin/postgres" ] &&
            [ "$(readlink "$process/cwd")" = "$home/postgres/data" ]; then
            pids+=("${process#/proc/}")
        fi
    done
    if [ "${#pids[@]}" -gt 0 ]; then
        kill -9 "${pids[@]}" 2>/dev/null || true
        wait_for_end 10 "${pids[@]}" || fail "postgres: the processes ${pids[*]} of a dead server do not end"
    fi
    rm -f "$home/postgres/data/postmaster.pid"
}

postgres_psql() {
    local psql
    psql=$(postgres_client) || fail "postgres: there is no psql; \`apt-get install postgresql-client\` installs it"
    # Something that is not PostgreSQL might wait for ever.
    PGCONNECT_TIMEOUT=5 "$psql" -X -q -A -t -w -v ON_ERROR_STOP=1 "$@"
}

postgres_client() {
    if [ -x "$postgres_bin/psql" ]; then
        printf '%s' "$postgres_bin/psql"
    else
        command -v psql
    fi
}

# Prints the version of our own server; "-" if only the protocol shows that it is PostgreSQL.
postgres_version() {
    if [ "$1:$2" = "127.0.0.1:${port[postgres]}" ] && postgres_client >/dev/null; then
        postgres_psql -d "$postgres_maintenance" -c 'SHOW server_version' 2>/dev/null | cut -d' ' -f1
    else
        speaks_postgres "$1" "$2" && printf '%s\n' -
    fi
}

# Needs no client and no password.
speaks_postgres() {
    timeout 5 bash -c 'ask_for_tls "$@"' - "$1" "$2" 2>/dev/null
}

# PostgreSQL answers the question whether it does TLS with one letter, S or N, and then waits.
ask_for_tls() {
    local LC_ALL=C letter
    exec 3<>"/dev/tcp/$1/$2" && printf '\0\0\0\10\4\322\026\057' >&3 || return 1
    IFS= read -r -N 1 -t 3 -u 3 letter && [[ $letter = [SN] ]] || return 1
    ! IFS= read -r -N 1 -t 0.2 -u 3
}
export -f ask_for_tls

postgres_ensure_database() {
    local there
    if ! postgres_client >/dev/null; then
        printf 'postgres: no psql here, so whether the database mizzle exists was not checked\n' >&2
        return
    fi
    there=$(postgres_psql -d "$postgres_maintenance" -c "SELECT 1 FROM pg_database WHERE datname = 'mizzle'") &&
        [ "$there" = 1 ] || postgres_psql -d "$postgres_maintenance" \
        -c "CREATE DATABASE mizzle ENCODING 'UTF8' TEMPLATE template0" || fail_without_database postgres
}

# A statement each (\gexec), because one transaction cannot hold the locks of many schemas.
postgres_clean() {
    postgres_psql -d "$(url postgres)" -f - <<'SQL'
SET client_min_messages = warning;
SELECT format('DROP SCHEMA %I CASCADE', nspname) FROM pg_namespace WHERE starts_with(nspname, 'mizzle_test_')
\gexec
SQL
}

postgres_count_leftovers() {
    postgres_psql -d "$(url postgres)" -c "SELECT count(*) FROM pg_namespace WHERE starts_with(nspname, 'mizzle_test_')"
}
