//! Databases that belong to one test.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use mizzle::{
    Error,
    dialect::{Dialect, MariaDb, MySql},
    render::Statement,
    run::{Executor, Query, RowReader as _},
    value::Value,
};
use sqlx::{AssertSqlSafe, MySqlConnection, MySqlPool, mysql::MySqlPoolOptions};

pub(crate) type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// What a server calls for.
pub(crate) trait Server: Dialect {
    const URL: [&'static str; 2];
    type Db;
    type On<C>;

    fn db(pool: &MySqlPool) -> Self::Db;
    fn on<C>(connection: C) -> Self::On<C>;
}

impl Server for MySql {
    const URL: [&'static str; 2] = ["MYSQL_URL", "mysql://root@127.0.0.1:33069/mizzle"];
    type Db = MySqlPool;
    type On<C> = C;

    fn db(pool: &MySqlPool) -> MySqlPool {
        pool.clone()
    }

    fn on<C>(connection: C) -> C {
        connection
    }
}

impl Server for MariaDb {
    const URL: [&'static str; 2] = ["MARIADB_URL", "mysql://root@127.0.0.1:33079/mizzle"];
    type Db = MariaDb;
    type On<C> = MariaDb<C>;

    fn db(pool: &MySqlPool) -> MariaDb {
        MariaDb::new(pool.clone())
    }

    fn on<C>(connection: C) -> MariaDb<C> {
        MariaDb::new(connection)
    }
}

/// A database of its own; one that a failed test leaves behind goes with `scripts/databases clean`.
pub(crate) struct TestDatabase {
    pub(crate) pool: MySqlPool,
    name: String,
}

impl TestDatabase {
    pub(crate) async fn create<D: Server>() -> Result<Self> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let [variable, default] = D::URL;
        let url = std::env::var(variable).unwrap_or_else(|_| default.to_owned());
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        let name = format!("mizzle_test_{now}_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let options: sqlx::mysql::MySqlConnectOptions = url.parse()?;
        let mut server: MySqlConnection = sqlx::ConnectOptions::connect(&options).await?;
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut server).await?;
        let pool = MySqlPoolOptions::new().max_connections(5).connect_with(options.database(&name)).await?;
        Ok(TestDatabase { pool, name })
    }

    pub(crate) async fn drop(self) -> Result {
        sqlx::query(AssertSqlSafe(format!("DROP DATABASE {}", self.name))).execute(&self.pool).await?;
        self.pool.close().await;
        Ok(())
    }
}

/// Tests that run on both servers; `D` is the dialect there, and `D::on(..)` makes an executor of a connection.
macro_rules! both {
    ($(async fn $name:ident($db:ident, $pool:ident) $body:block)*) => {
        both!(@server mysql, mizzle::dialect::MySql, $($name $db $pool $body)*);
        both!(@server mariadb, mizzle::dialect::MariaDb, $($name $db $pool $body)*);
    };
    (@server $server:ident, $dialect:ty, $($name:ident $db:ident $pool:ident $body:block)*) => {
        mod $server {
            use super::*;

            type D = $dialect;

            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() -> $crate::database::Result {
                    let database = $crate::database::TestDatabase::create::<D>().await?;
                    let $pool = &database.pool;
                    let $db = &<D as $crate::database::Server>::db($pool);
                    $body
                    database.drop().await
                }
            )*
        }
    };
}

/// A statement without values.
pub(crate) fn raw(sql: &'static str) -> Statement {
    Statement::raw(sql, Vec::new())
}

/// Inserts a number into the table `t`, which `CREATE_T` creates.
pub(crate) fn insert(x: i64) -> Statement {
    Statement::raw("INSERT INTO t (x) VALUES (?)", vec![Value::I64(x)])
}

pub(crate) const CREATE_T: &str = "CREATE TABLE t (x BIGINT PRIMARY KEY, y BIGINT NOT NULL DEFAULT 0)";

/// A query of one column of numbers.
pub(crate) fn integers<D: Dialect>(sql: &'static str) -> Query<D, i64> {
    numbers(sql, Vec::new())
}

/// The same with values.
pub(crate) fn numbers<D: Dialect>(sql: &'static str, values: Vec<Value>) -> Query<D, i64> {
    Query { statement: Statement::raw(sql, values), decode: |row| Ok(row.i64()?.unwrap_or_default()) }
}

/// All numbers of the table, in order.
pub(crate) async fn all<D: Dialect>(executor: impl Executor<D>) -> std::result::Result<Vec<i64>, Error> {
    executor.fetch_all(integers("SELECT x FROM t ORDER BY x")).await
}

/// Whether the connection has a transaction open: only then does a savepoint last.
pub(crate) async fn is_open(connection: &mut MySqlConnection) -> Result<bool> {
    sqlx::raw_sql("SAVEPOINT probe").execute(&mut *connection).await?;
    Ok(sqlx::raw_sql("RELEASE SAVEPOINT probe").execute(&mut *connection).await.is_ok())
}

/// No connection of the pool has a transaction open.
pub(crate) async fn none_is_open(pool: &MySqlPool) -> Result {
    let mut connections = Vec::new();
    // Those that are not in use; one that comes back right now is one of the next.
    for _ in 0..pool.num_idle().max(1) {
        let mut connection = pool.acquire().await?;
        assert!(!is_open(&mut connection).await?);
        connections.push(connection);
    }
    Ok(())
}
