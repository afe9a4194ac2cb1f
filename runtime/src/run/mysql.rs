//! MySQL and MariaDB through sqlx: its pools, connections and transactions.

use futures_core::Stream;
use sqlx::{
    AssertSqlSafe, Connection as _, Executor as _, MySqlConnection, MySqlPool, SqlSafeStr, SqlStr, Transaction,
    mysql::{MySqlQueryResult, MySqlRow},
    pool::PoolConnection,
};

use super::{
    Done, Driver, Isolation, Mode, Query,
    driver::begins,
    executors::executors,
    fragile::Fragile,
    manager,
    sent::{self, Sent, Spoken, Steps},
};
use crate::{
    Error,
    dialect::{
        MariaDb, MySql,
        mysql::{ColumnKinds, Family, MySqlReader, encode::Parameters},
    },
    error::mysql::{Lost, lost},
    render::Statement,
    value::Value,
};

impl<D: Family> Spoken for D {
    type Database = sqlx::MySql;
    type Columns = ColumnKinds;

    fn send(connection: &mut MySqlConnection, sql: SqlStr, values: Vec<Value>) -> Result<Steps<'_, D>, Error> {
        let parameters = Parameters::new::<D>(values)?;
        let sql = match parameters.types {
            // sqlx prepares each text once.
            Some(types) if D::KEEPS_TYPES => types.append_to(&sql),
            _ => sql,
        };
        Ok(connection.fetch_many(sqlx::query_with(sql, parameters.values)))
    }

    fn done(result: &MySqlQueryResult) -> Done {
        let id = i64::try_from(result.last_insert_id()).ok().filter(|id| *id != 0);
        Done { rows: result.rows_affected(), id }
    }

    fn reader<'r>(row: &'r MySqlRow, columns: &'r mut ColumnKinds) -> MySqlReader<'r> {
        columns.reader(row)
    }
}

impl<D: Family> Driver for D {
    type Connection = MySqlConnection;
    type Begin = Mode;

    const SURVIVES_DROPS: bool = false;

    fn fetch<'c, R: Send + 'static>(
        connection: &'c mut MySqlConnection,
        query: Query<D, R>,
    ) -> impl Stream<Item = Result<R, Error>> + Send + 'c {
        sent::fetch(connection, query)
    }

    fn fetch_all<R: Send + 'static>(
        connection: &mut MySqlConnection,
        query: Query<D, R>,
    ) -> impl Future<Output = Result<Vec<R>, Error>> + Send {
        sent::fetch_all(connection, query)
    }

    fn fetch_optional<R: Send + 'static>(
        connection: &mut MySqlConnection,
        query: Query<D, R>,
    ) -> impl Future<Output = Result<Option<R>, Error>> + Send {
        sent::fetch_optional(connection, query)
    }

    async fn read_rest(connection: &mut MySqlConnection) -> Result<(), Error> {
        Ok(connection.ping().await?)
    }

    async fn execute(connection: &mut MySqlConnection, statement: Statement) -> Result<Done, Error> {
        let sent: Sent<'_, D> = Sent::new(statement, |sql, values| {
            // Without values it goes as text: some statements about tables cannot be prepared.
            if values.is_empty() { Ok(connection.fetch_many(sql)) } else { D::send(connection, sql, values) }
        })?;
        sent.finish().await
    }

    async fn begin(connection: &mut MySqlConnection, mode: Mode) -> Result<(), Error> {
        // A savepoint begins in one way only.
        let is_plain = mode == Mode::default() || manager::depth::<sqlx::MySql>(connection) > 0;
        let statement = (!is_plain).then(|| AssertSqlSafe(begin(mode)).into_sql_str());
        manager::begin::<sqlx::MySql>(connection, statement).await
    }

    fn snapshot() -> Self::Begin {
        Isolation::RepeatableRead.into()
    }

    async fn commit(connection: &mut MySqlConnection) -> Result<(), Error> {
        match manager::commit::<sqlx::MySql>(connection).await {
            Err(error) if lost(&error) == Some(Lost::Savepoint) => {
                restore(connection).await?;
                manager::commit::<sqlx::MySql>(connection).await
            }
            result => result,
        }
    }

    async fn rollback(connection: &mut MySqlConnection) -> Result<(), Error> {
        match manager::rollback::<sqlx::MySql>(connection).await {
            Err(error) if lost(&error) == Some(Lost::Savepoint) => {
                restore(connection).await?;
                manager::rollback::<sqlx::MySql>(connection).await
            }
            result => result,
        }
    }

    fn start_rollback(connection: &mut MySqlConnection) {
        manager::start_rollback::<sqlx::MySql>(connection);
    }

    async fn gave_up(connection: &mut MySqlConnection, error: &Error) -> bool {
        let is_gone = match lost(error) {
            Some(Lost::Transaction) => true,
            Some(Lost::Statement) => rolls_back_on_timeout(connection).await,
            Some(Lost::Savepoint) | None => false,
        };
        // The next statement would commit by itself.
        is_gone && connection.execute("BEGIN").await.is_ok()
    }
}

/// One text, so that there is no transaction whose isolation is set and that has not begun.
fn begin(mode: Mode) -> String {
    let mut sql = String::new();
    if let Some(isolation) = mode.isolation {
        sql = format!("SET TRANSACTION ISOLATION LEVEL {}; ", isolation.words());
    }
    sql.push_str("START TRANSACTION");
    if mode.read_only {
        sql.push_str(" READ ONLY");
    }
    sql
}

/// Puts a savepoint back that is gone with its transaction, after an implicit commit or a deadlock: sqlx still counts it.
async fn restore(connection: &mut MySqlConnection) -> Result<(), Error> {
    let savepoint = manager::depth::<sqlx::MySql>(connection).saturating_sub(1);
    // Outside of a transaction it would be gone at once.
    let sql = format!("BEGIN; SAVEPOINT _sqlx_savepoint_{savepoint}");
    connection.execute(AssertSqlSafe(sql)).await?;
    Ok(())
}

/// Whether this server is set up to roll the transaction back where others roll back a statement.
async fn rolls_back_on_timeout(connection: &mut MySqlConnection) -> bool {
    let setting = sqlx::query_scalar("SELECT @@innodb_rollback_on_timeout").fetch_one(connection).await;
    setting.is_ok_and(|value: i64| value != 0)
}

begins! { [D: Family] D: Mode, Isolation }

executors! { MySql:
    impl['p] for &'p MySqlPool, |pool| Fragile::acquire(pool).await?;
    impl['c] for &'c mut MySqlConnection, |connection| &mut *connection;
    impl['c] for &'c mut PoolConnection<sqlx::MySql>, |connection| &mut **connection;
    impl['c, 't] for &'c mut Transaction<'t, sqlx::MySql>, |transaction| &mut **transaction;
}

executors! { MariaDb:
    impl['p] for &'p MariaDb, |pool| Fragile::acquire(pool.inner()).await?;
    impl['c] for MariaDb<&'c mut MySqlConnection>, |connection| &mut *connection.0;
    impl['c] for MariaDb<&'c mut PoolConnection<sqlx::MySql>>, |connection| &mut **connection.0;
    impl['c, 't] for MariaDb<&'c mut Transaction<'t, sqlx::MySql>>, |transaction| &mut **transaction.0;
}
