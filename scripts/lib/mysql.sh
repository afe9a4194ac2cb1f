# Sourced by scripts/databases: what is particular to MySQL and MariaDB, and what they share.
# shellcheck shell=bash disable=SC2154

# MySQL is unpacked here with all its libraries, and started by its full path: /usr/sbin/mysqld is MariaDB's.
mysql_prefix=/opt/mizzle-mysql

# Durable enough for a killed server, not for a machine that loses power. The names are the same in both systems.
shared_settings=(
    --bind-address=127.0.0.1
    --skip-name-resolve
    --max-connections=200
    --log-bin-trust-function-creators=1
    --character-set-server=utf8mb4
    --default-time-zone=+00:00
    --performance-schema=OFF
    --lock-wait-timeout=10
    --innodb-lock-wait-timeout=10
    --innodb-buffer-pool-size=128M
    --innodb-flush-method=nosync
    --innodb-flush-log-at-trx-commit=2
    --innodb-doublewrite=OFF
)

mysql_install() {
    [ ! -x "$mysql_prefix/bin/mysqld" ] || return 0
    need_root mysql MySQL
    if [ -n "${MYSQL_DEBS:-}" ]; then
        unpack_mysql "$MYSQL_DEBS"
    else
        download_mysql
    fi
}

# Sid is not always whole.
download_mysql() {
    try_sid >"$home/mysql/sid.log" 2>&1 ||
        fail_with_log mysql sid.log "mysql: getting it from Debian sid failed;" \
            "\`MYSQL_DEBS=folder scripts/databases start mysql\` takes it from a folder of .deb files"
}

try_sid() {
    local debs=$home/mysql/debs status=0
    rm -rf "$debs"
    mkdir "$debs"
    "$repository/scripts/lib/download-mysql" "$debs" &&
        "$repository/scripts/lib/unpack-mysql" "$debs" "$mysql_prefix" || status=1
    rm -rf "$debs"
    return "$status"
}

unpack_mysql() {
    logged mysql unpack.log "unpacking the .deb files of $1" "$repository/scripts/lib/unpack-mysql" "$1" "$mysql_prefix"
}

set_mysql_command() {
    local root=$mysql_prefix/root/usr
    command=(
        "$mysql_prefix/bin/mysqld" --no-defaults --basedir="$root" --lc-messages-dir="$root/share/mysql"
        --character-sets-dir="$root/share/mysql/charsets" --plugin-dir="$root/lib/mysql/plugin"
        --mysqlx=OFF --skip-log-bin --innodb-redo-log-capacity=32M "${shared_settings[@]}"
    )
}

mysql_initialise() {
    local command
    set_mysql_command
    as mysql "${command[@]}" --datadir="$1" --initialize-insecure
}

mysql_launch() {
    local command
    set_mysql_command
    launch_mysql_family mysql "${command[@]}" --secure-file-priv=NULL
}

mariadb_install() {
    local missing=()
    [ -x /usr/sbin/mariadbd ] && [ -x /usr/bin/mariadb-install-db ] || missing+=(mariadb-server-core)
    [ -x /usr/bin/mariadb ] || missing+=(mariadb-client-core)
    [ "${#missing[@]}" -gt 0 ] || return 0
    need_root mariadb "${missing[*]}"
    # The core packages have no service and no data: nothing starts and nothing listens.
    apt_install mariadb "${missing[@]}"
}

mariadb_initialise() {
    as mariadb mariadb-install-db --no-defaults --datadir="$1" --auth-root-authentication-method=normal \
        --skip-test-db --skip-name-resolve --innodb-flush-method=nosync
}

mariadb_launch() {
    launch_mysql_family mariadb /usr/sbin/mariadbd --no-defaults --innodb-log-file-size=32M \
        --collation-server=utf8mb4_general_ci --secure-file-priv="$home/mariadb/data" "${shared_settings[@]}"
}

# The server itself runs `init.sql` before it lets anyone in: no client is needed, and who gets in finds the database.
# Paths of sockets are limited to 107 characters, so that one is relative to the data.
launch_mysql_family() {
    local name=$1
    shift
    cat >"$home/$name/init.sql" <<'SQL'
CREATE DATABASE IF NOT EXISTS mizzle CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS root@'127.0.0.1';
GRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;
SQL
    # Left by a killed server. It blocks if its pid is another process's by then, or a zombie's; that nobody has the
    # data open, InnoDB finds out by locking the files.
    rm -f "$home/$name/data"/server.{sock,sock.lock,pid}
    launch "$name" "$@" --datadir="$home/$name/data" --init-file="$home/$name/init.sql" --port="${port[$name]}" \
        --socket=server.sock --pid-file=server.pid
}

# Prints the version that a server of MySQL's protocol greets with. Needs no client and no password.
greeting() {
    timeout 5 bash -c 'read_greeting "$@"' - "$1" "$2" 2>/dev/null
}

# The greeting: three bytes of length, one that counts (the last three of these are NUL), the protocol's version, which
# is 10, then the server's version and NUL.
read_greeting() {
    local LC_ALL=C field
    exec 3<>"/dev/tcp/$1/$2" || return 1
    for _ in length length count version; do
        IFS= read -r -d '' -t 3 -u 3 field || return 1
    done
    [[ $field = $'\n'* ]] && printf '%s\n' "${field:1}"
}
export -f read_greeting

mysql_version() {
    local version
    version=$(greeting "$1" "$2") && [[ $version != *MariaDB* ]] && printf '%s\n' "${version%%-*}"
}

mariadb_version() {
    local version
    version=$(greeting "$1" "$2") && [[ $version = *MariaDB* ]] || return 1
    # Old clients wanted to see 5.5.5 first.
    version=${version#5.5.5-}
    printf '%s\n' "${version%%-*}"
}

mysql_ensure_database() { ensure_database mysql; }
mariadb_ensure_database() { ensure_database mariadb; }
mysql_clean() { drop_test_databases mysql; }
mariadb_clean() { drop_test_databases mariadb; }
mysql_count_leftovers() { count_test_databases mysql; }
mariadb_count_leftovers() { count_test_databases mariadb; }

ensure_database() {
    if ! any_client "$1" >/dev/null; then
        printf '%s: no client here, so whether the database mizzle exists was not checked\n' "$1" >&2
        return
    fi
    query "$1" -e 'CREATE DATABASE IF NOT EXISTS mizzle CHARACTER SET utf8mb4' || fail_without_database "$1"
}

drop_test_databases() {
    local statements
    statements=$(query "$1" -e "SELECT concat('DROP DATABASE \`', replace(schema_name, '\`', '\`\`'), '\`;')
        FROM information_schema.schemata WHERE left(schema_name, 12) = 'mizzle_test_'")
    query "$1" <<<"$statements"
}

count_test_databases() {
    query "$1" -e "SELECT count(*) FROM information_schema.schemata WHERE left(schema_name, 12) = 'mizzle_test_'"
}

# query SERVER OPTION..: the client, with the address and the password of the server's URL.
query() {
    local name=$1 client url_user url_password url_host url_port
    shift
    client=$(any_client "$name") ||
        fail "$name: there is no client; \`apt-get install mariadb-client-core\` installs one"
    split_url "$name"
    MYSQL_PWD=$url_password "$client" --no-defaults --protocol=TCP --host="$url_host" --port="$url_port" \
        --user="${url_user:-root}" --batch --skip-column-names "$@"
}

# MySQL's client has lost the way of logging in that MariaDB's root uses; MariaDB's client speaks to both.
any_client() {
    if [ "$1" = mysql ] && [ -x "$mysql_prefix/bin/mysql" ]; then
        printf '%s' "$mysql_prefix/bin/mysql"
    else
        command -v mariadb || command -v mysql
    fi
}
