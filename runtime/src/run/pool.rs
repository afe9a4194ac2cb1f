//! Options of sqlx's pools, with fewer round trips.

use std::time::Duration;

use sqlx::{Connection as _, Database, pool::PoolOptions};

/// How long a connection that lies idle is trusted.
const TRUSTED: Duration = Duration::from_secs(1);

/// Options of a pool of sqlx that asks the server only now and then whether a connection is still there.
///
/// sqlx pings before each use of a connection, which doubles the time of a small query. These options ping a connection
/// only if nothing has used it for a second.
///
/// If the server goes away, by a restart or because it closed the connection, the next query on each connection that
/// was just in use fails with [`Error::Connection`](crate::Error::Connection); the pool then opens another. A query
/// that only reads can be sent again at once. sqlx's own options, `PoolOptions::new()`, keep most of these errors away.
///
/// sqlx also pings when a connection goes back into its pool, after your query has returned, and has no option for it:
/// the connection is free a round trip later. Where many queries follow each other, take a connection once with
/// `pool.acquire()`.
///
/// A `before_acquire` of your own takes the place of the ping.
///
/// ```no_run
/// # #[cfg(feature = "postgres")]
/// # async fn connect() -> Result<sqlx::PgPool, sqlx::Error> {
/// let options = mizzle::run::pool_options::<sqlx::Postgres>().max_connections(20);
/// let db = options.connect("postgres://localhost/app").await?;
/// # Ok(db)
/// # }
/// ```
pub fn pool_options<Db: Database>() -> PoolOptions<Db> {
    PoolOptions::new().test_before_acquire(false).before_acquire(|connection: &mut Db::Connection, state| {
        Box::pin(async move {
            if state.idle_for >= TRUSTED {
                connection.ping().await?;
            }
            Ok(true)
        })
    })
}
