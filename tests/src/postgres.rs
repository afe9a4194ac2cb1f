//! PostgreSQL: a schema for each test in one database.

use std::str::FromStr as _;

use sqlx::{
    Connection as _, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{Result, TestDatabase, database::plain_sql, server::Server};

static SERVER: Server =
    Server::new("PostgreSQL", "postgres", "POSTGRES_URL", "postgres://postgres@127.0.0.1:54329/mizzle");

/// Pooled connections of a test that are dropped amid a transaction must not make the next test wait for long.
const TIMEOUT: &str = "SET lock_timeout = '5s'; SET client_min_messages = warning; ";

impl TestDatabase for PgPool {
    async fn empty(connections: u32) -> Result<Self> {
        let options = PgConnectOptions::from_str(&SERVER.url())?;
        let name = new_schema(&options).await?;
        let in_use = SERVER.until_dropped(&name);
        // The closure lives as long as the pool, and with it the name.
        let pool = PgPoolOptions::new().max_connections(connections).after_connect(move |_, _| {
            let _held = &in_use;
            Box::pin(async { Ok(()) })
        });
        Ok(pool.connect_with(options.options([("search_path", &name)])).await?)
    }

    /// The closed pool, which knows its schema.
    type Stored = PgPool;

    async fn store(self) -> Result<PgPool> {
        self.close().await;
        Ok(self)
    }

    async fn open(stored: &PgPool) -> Result<Self> {
        let options = PgConnectOptions::clone(&stored.connect_options());
        Ok(PgPoolOptions::new().max_connections(1).connect_with(options).await?)
    }

    plain_sql! { |pool| pool }
}

async fn new_schema(options: &PgConnectOptions) -> Result<String> {
    let mut connection = PgConnection::connect_with(options).await.map_err(|error| SERVER.no_answer(&error))?;
    let leftovers = SERVER
        .leftovers(async || {
            sqlx::query_scalar("SELECT nspname::text FROM pg_namespace").fetch_all(&mut connection).await
        })
        .await?;
    let name = SERVER.new_name();
    let mut sql = TIMEOUT.to_owned();
    for leftover in leftovers {
        sql.push_str(&format!("DROP SCHEMA IF EXISTS {leftover} CASCADE; "));
    }
    sql.push_str(&format!("CREATE SCHEMA {name}"));
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut connection).await?;
    connection.close().await?;
    Ok(name)
}
