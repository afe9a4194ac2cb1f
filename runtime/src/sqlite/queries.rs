//! Queries on the pool: each takes a connection that may run it.

use std::sync::Arc;

use futures_core::Stream;
use futures_util::TryFutureExt as _;

use super::{
    SqlitePool,
    connection::{Job, Keep, Place, Pumped, Role},
    home::{Home, Loan},
    rows::Started,
    session::{Session, give_way},
};
use crate::{
    Error,
    dialect::Sqlite,
    render::Statement,
    run::{Done, Query},
};

/// How far a statement came without a wait.
enum Now {
    /// To its end, and how much work that was.
    Done(Done, u32),
    /// It goes on with this.
    Later(Session, Place, Pumped),
    /// No connection was free that may run it.
    Never(Statement, Role),
}

/// The kind of connection that a statement begins on. What writes says which table, but for what is written by hand.
fn role_of(statement: &Statement) -> Role {
    if statement.table.is_some() { Role::Writer } else { Role::Reader }
}

impl SqlitePool {
    pub(crate) fn all<R: Send + 'static>(
        &self,
        query: Query<Sqlite, R>,
    ) -> impl Future<Output = Result<Vec<R>, Error>> + Send {
        self.run(role_of(&query.statement), query.statement, Job::all(query.decoder)).map_ok(|(rows, _)| rows)
    }

    pub(crate) fn first<R: Send + 'static>(
        &self,
        query: Query<Sqlite, R>,
    ) -> impl Future<Output = Result<Option<R>, Error>> + Send {
        self.run(role_of(&query.statement), query.statement, Job::first(query.decoder)).map_ok(|(row, _)| row)
    }

    pub(crate) fn done(&self, statement: Statement) -> impl Future<Output = Result<Done, Error>> + Send {
        self.run(Role::Writer, statement, Job::nothing()).map_ok(|(_, done)| done)
    }

    pub(crate) fn stream<R: Send + 'static>(
        &self,
        query: Query<Sqlite, R>,
    ) -> impl Stream<Item = Result<R, Error>> + Send {
        async_stream::try_stream! {
            let started = self.start(role_of(&query.statement), query.statement).await?;
            for await row in started.fetch(query.decoder) {
                yield row?;
            }
        }
    }

    /// Says what it kept of the rows, and what it changed.
    #[expect(clippy::manual_async_fn, reason = "the future of an `async fn` has room for the arguments twice")]
    fn run<R: Send + 'static, K: Keep<R>>(
        &self,
        role: Role,
        statement: Statement,
        mut job: Job<R, K>,
    ) -> impl Future<Output = Result<(K, Done), Error>> + Send {
        async move {
            let done = match self.run_now(role, statement, &mut job)? {
                Now::Done(done, effort) => {
                    give_way(effort).await;
                    done
                }
                // In a box: what rarely happens takes no place in the futures of queries.
                now => Box::pin(self.run_later(now, &mut job)).await?,
            };
            Ok((job.rows, done))
        }
    }

    /// The usual case: a connection is free, and the statement is short.
    fn run_now<R: Send + 'static, K: Keep<R>>(
        &self,
        role: Role,
        statement: Statement,
        job: &mut Job<R, K>,
    ) -> Result<Now, Error> {
        let Some(mut loan) = self.home.lend(role) else {
            return Ok(Now::Never(statement, role));
        };
        let Some(connection) = loan.connection() else {
            return Ok(Now::Never(statement, role));
        };
        let place = connection.start(statement)?;
        if role == Role::Reader
            && self.home.has_readers()
            && !connection.reads_only()
            && let Some(statement) = connection.withdraw()
        {
            return Ok(Now::Never(statement, Role::Writer));
        }
        if place == Place::Blocking {
            return later(loan, place, Pumped::Paused);
        }
        match connection.pump_inline(job, place == Place::Inline)? {
            Pumped::Finished | Pumped::Full if !connection.log_is_long() => {
                let (done, effort) = connection.finish();
                Ok(Now::Done(done, effort))
            }
            pumped => later(loan, place, pumped),
        }
    }

    async fn run_later<R: Send + 'static, K: Keep<R>>(&self, now: Now, job: &mut Job<R, K>) -> Result<Done, Error> {
        match now {
            Now::Done(done, _) => Ok(done),
            Now::Later(mut session, place, pumped) => session.run_out(place, pumped, job).await,
            Now::Never(statement, role) => self.start(role, statement).await?.run_out(job).await,
        }
    }

    /// Starts a statement on a connection that may run it.
    async fn start(&self, role: Role, statement: Statement) -> Result<Started<Session>, Error> {
        let mut session = self.session(role).await?;
        let mut place = session.start(statement).await?;
        if role == Role::Reader
            && self.home.has_readers()
            && let Some(statement) = session.withdraw_write()
        {
            drop(session);
            session = self.session(Role::Writer).await?;
            place = session.start(statement).await?;
        }
        Ok(Started { session, place })
    }
}

fn later(loan: Loan<&Arc<Home>>, place: Place, pumped: Pumped) -> Result<Now, Error> {
    let checkout = loan.into_checkout().ok_or_else(|| Error::connection("the connection is gone"))?;
    Ok(Now::Later(Session::new(checkout), place, pumped))
}
