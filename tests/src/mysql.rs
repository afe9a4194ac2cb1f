//! MySQL and MariaDB: a database for each test.

use std::str::FromStr as _;

use mizzle::dialect::MariaDb;
use sqlx::{
    AssertSqlSafe, Connection as _, MySqlConnection, MySqlPool,
    mysql::{MySqlConnectOptions, MySqlPoolOptions},
};

use crate::{Result, TestDatabase, database::plain_sql, server::Server};

static MYSQL: Server = Server::new("MySQL", "mysql", "MYSQL_URL", "mysql://root@127.0.0.1:33069/mizzle");
static MARIADB: Server = Server::new("MariaDB", "mariadb", "MARIADB_URL", "mysql://root@127.0.0.1:33079/mizzle");

impl TestDatabase for MySqlPool {
    async fn empty(connections: u32) -> Result<Self> {
        pool(&MYSQL, connections).await
    }

    /// The closed pool, which knows its database.
    type Stored = MySqlPool;

    async fn store(self) -> Result<MySqlPool> {
        self.close().await;
        Ok(self)
    }

    async fn open(stored: &MySqlPool) -> Result<Self> {
        let options = MySqlConnectOptions::clone(&stored.connect_options());
        Ok(MySqlPoolOptions::new().max_connections(1).connect_with(options).await?)
    }

    plain_sql! { |pool| pool }
}

impl TestDatabase for MariaDb {
    async fn empty(connections: u32) -> Result<Self> {
        Ok(MariaDb::new(pool(&MARIADB, connections).await?))
    }

    type Stored = MySqlPool;

    async fn store(self) -> Result<MySqlPool> {
        self.into_inner().store().await
    }

    async fn open(stored: &MySqlPool) -> Result<Self> {
        Ok(MariaDb::new(MySqlPool::open(stored).await?))
    }

    plain_sql! { |db| db.inner() }
}

async fn pool(server: &'static Server, connections: u32) -> Result<MySqlPool> {
    let options = MySqlConnectOptions::from_str(&server.url())?;
    let name = new_database(server, &options).await?;
    let in_use = server.until_dropped(&name);
    // The closure lives as long as the pool, and with it the name.
    let pool = MySqlPoolOptions::new().max_connections(connections).after_connect(move |_, _| {
        let _held = &in_use;
        Box::pin(async { Ok(()) })
    });
    Ok(pool.connect_with(options.database(&name)).await?)
}

async fn new_database(server: &'static Server, options: &MySqlConnectOptions) -> Result<String> {
    let mut connection = MySqlConnection::connect_with(options).await.map_err(|error| server.no_answer(&error))?;
    expect_system(server, &mut connection).await?;
    let leftovers =
        server.leftovers(async || sqlx::query_scalar("SHOW DATABASES").fetch_all(&mut connection).await).await?;
    let name = server.new_name();
    let mut sql = "SET lock_wait_timeout = 5; ".to_owned();
    for leftover in leftovers {
        sql.push_str(&format!("DROP DATABASE IF EXISTS {leftover}; "));
    }
    sql.push_str(&format!("CREATE DATABASE {name} CHARACTER SET utf8mb4"));
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
    connection.close().await?;
    Ok(name)
}

/// MariaDB must not pass for MySQL, nor MySQL for MariaDB.
async fn expect_system(server: &Server, connection: &mut MySqlConnection) -> Result {
    let version: String = sqlx::query_scalar("SELECT version()").fetch_one(connection).await?;
    if version.contains("MariaDB") != (server.name == "MariaDB") {
        return Err(format!("{} is expected where {} says, found {version}", server.name, server.variable).into());
    }
    Ok(())
}
