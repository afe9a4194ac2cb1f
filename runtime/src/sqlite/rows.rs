//! Queries on a connection.

use std::borrow::BorrowMut;

use futures_core::Stream;

use super::{
    connection::{Job, Keep, Place},
    session::Session,
};
use crate::{
    Error,
    dialect::Sqlite,
    render::Statement,
    run::{Decoder, Done, Query},
};

/// How many rows of a stream are read at once on a thread for blocking work.
const BATCH: usize = 512;

/// A session whose statement was started.
pub(crate) struct Started<S: BorrowMut<Session>> {
    pub(super) session: S,
    pub(super) place: Place,
}

/// What was not read to its end keeps no lock.
impl<S: BorrowMut<Session>> Drop for Started<S> {
    fn drop(&mut self) {
        self.session.borrow_mut().stop();
    }
}

impl<S: BorrowMut<Session> + Send> Started<S> {
    /// Runs the statement to its end, or to as many rows as are asked for, and ends it.
    pub(super) async fn run_out<R: Send + 'static, K: Keep<R>>(&mut self, job: &mut Job<R, K>) -> Result<Done, Error> {
        let session = self.session.borrow_mut();
        match session.run(self.place, job).await? {
            Some(done) => Ok(done),
            None => session.finish().await,
        }
    }

    /// The rows in batches: the first one may be read on the calling task. What writes is run to its end first.
    pub(super) fn fetch<'s, R: Send + 'static>(
        mut self,
        decoder: Decoder<Sqlite, R>,
    ) -> impl Stream<Item = Result<R, Error>> + Send + 's
    where
        S: 's,
    {
        async_stream::try_stream! {
            let reads_only = self.session.borrow_mut().reads_only();
            let mut job = if reads_only { Job::batch(decoder, BATCH) } else { Job::all(decoder) };
            let mut place = self.place;
            loop {
                let end = self.session.borrow_mut().run(place, &mut job).await;
                // Those before an error are as good as without it.
                for row in job.rows.drain(..) {
                    yield row;
                }
                if end?.is_some() {
                    break;
                }
                // A row was given away, so the statement cannot begin anew elsewhere.
                place = Place::Blocking;
            }
        }
    }
}

impl Session {
    async fn started(&mut self, statement: Statement) -> Result<Started<&mut Self>, Error> {
        let place = self.start(statement).await?;
        Ok(Started { session: self, place })
    }

    pub(crate) async fn fetch_all<R: Send + 'static>(&mut self, query: Query<Sqlite, R>) -> Result<Vec<R>, Error> {
        let mut job = Job::all(query.decoder);
        self.started(query.statement).await?.run_out(&mut job).await?;
        Ok(job.rows)
    }

    pub(crate) async fn fetch_optional<R: Send + 'static>(
        &mut self,
        query: Query<Sqlite, R>,
    ) -> Result<Option<R>, Error> {
        let mut job = Job::first(query.decoder);
        self.started(query.statement).await?.run_out(&mut job).await?;
        Ok(job.rows)
    }

    pub(crate) async fn execute(&mut self, statement: Statement) -> Result<Done, Error> {
        self.started(statement).await?.run_out(&mut Job::nothing()).await
    }

    pub(crate) fn fetch<R: Send + 'static>(
        &mut self,
        query: Query<Sqlite, R>,
    ) -> impl Stream<Item = Result<R, Error>> + Send {
        async_stream::try_stream! {
            let rows = self.started(query.statement).await?.fetch(query.decoder);
            for await row in rows {
                yield row?;
            }
        }
    }
}
