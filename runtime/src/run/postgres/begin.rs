//! Beginning a transaction or a savepoint, so that it can be given up half-way.

use std::{
    future::poll_fn,
    mem::ManuallyDrop,
    task::{Context, Waker},
};

use sqlx::{AssertSqlSafe, PgConnection, SqlSafeStr, SqlStr};

use crate::{
    Error,
    run::{
        manager,
        mode::{Deferrable, Isolation, Mode},
    },
};

/// How a transaction of PostgreSQL begins: made from an [`Isolation`], a [`Mode`] or a [`Deferrable`].
///
/// ```no_run
/// use mizzle::{Error, prelude::*, run::Isolation};
///
/// # async fn report(db: sqlx::PgPool) -> Result<(), Error> {
/// let begin = Isolation::Serializable.read_only().deferrable();
/// db.transaction_with(begin, async |_tx| Ok::<_, Error>(())).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PostgresBegin {
    mode: Mode,
    deferrable: bool,
}

impl From<Isolation> for PostgresBegin {
    fn from(isolation: Isolation) -> Self {
        Mode::from(isolation).into()
    }
}

impl From<Mode> for PostgresBegin {
    fn from(mode: Mode) -> Self {
        PostgresBegin { mode, deferrable: false }
    }
}

impl From<Deferrable> for PostgresBegin {
    fn from(Deferrable(mode): Deferrable) -> Self {
        PostgresBegin { mode, deferrable: true }
    }
}

impl PostgresBegin {
    fn statement(self) -> SqlStr {
        let mut sql = "BEGIN".to_owned();
        if let Some(isolation) = self.mode.isolation {
            sql.push_str(" ISOLATION LEVEL ");
            sql.push_str(isolation.words());
        }
        if self.mode.read_only {
            sql.push_str(" READ ONLY");
        }
        if self.deferrable {
            sql.push_str(" DEFERRABLE");
        }
        AssertSqlSafe(sql).into_sql_str()
    }
}

/// Begins a transaction, or a savepoint if one is open. If it is dropped before it is done, nothing was begun.
pub(super) async fn begin(connection: &mut PgConnection, begin: PostgresBegin) -> Result<(), Error> {
    match manager::depth::<sqlx::Postgres>(connection) {
        0 => begin_transaction(connection, begin.statement()).await,
        _ => begin_savepoint(connection).await,
    }
}

/// sqlx sends BEGIN and counts it when the answer is there. In between, it would stay open and uncounted.
async fn begin_transaction(connection: &mut PgConnection, statement: SqlStr) -> Result<(), Error> {
    let mut half_way = HalfWay { connection, done: false };
    let result = manager::begin::<sqlx::Postgres>(half_way.connection, Some(statement)).await;
    half_way.done = true;
    result
}

/// A transaction that has been sent and not been counted.
struct HalfWay<'c> {
    connection: &'c mut PgConnection,
    done: bool,
}

impl Drop for HalfWay<'_> {
    fn drop(&mut self) {
        if !self.done {
            // The one statement that sqlx puts in line before it waits for anything is that which begins a transaction,
            // and any text will do. The first poll puts it there; that no transaction is open after it is an error that
            // nobody waits for.
            let rollback = manager::begin::<sqlx::Postgres>(self.connection, Some("ROLLBACK".into_sql_str()));
            let _ = Box::pin(rollback).as_mut().poll(&mut Context::from_waker(Waker::noop()));
        }
    }
}

/// When sqlx's own future is dropped half-way, it rolls back what is around the savepoint. So it is forgotten: that
/// leaves a savepoint which nobody counts, and which ends with the transaction around it.
async fn begin_savepoint(connection: &mut PgConnection) -> Result<(), Error> {
    let mut begin = ManuallyDrop::new(Box::pin(manager::begin::<sqlx::Postgres>(connection, None)));
    let result = poll_fn(|context| begin.as_mut().poll(context)).await;
    drop(ManuallyDrop::into_inner(begin));
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_was_asked_for() {
        let sql = |begin: PostgresBegin| begin.statement().as_str().to_owned();
        assert_eq!(sql(PostgresBegin::default()), "BEGIN");
        assert_eq!(sql(Isolation::RepeatableRead.into()), "BEGIN ISOLATION LEVEL REPEATABLE READ");
        assert_eq!(sql(Mode::new().read_only().into()), "BEGIN READ ONLY");
        assert_eq!(
            sql(Isolation::Serializable.read_only().deferrable().into()),
            "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE"
        );
    }
}
