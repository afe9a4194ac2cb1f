//! A prepared insert that tells the key of its row.

use super::{PreparableOf, PreparedWrite};
use crate::{
    Error,
    dialect::{Dialect, InsertId},
    query::insert::{Insert, OneRow},
    run::{BoxFuture, Executor},
    table::{CountsUp, Table},
    value::Value,
};

/// An insert of one row that will tell its key, to be prepared: see [`Insert::with_id`].
#[must_use = "it is to be prepared: an insert that is not has `.insert_id(..)`"]
#[derive(Debug, Clone)]
pub struct WithId<I>(I);

impl<D: Dialect, T: Table, N> Insert<D, T, N> {
    /// The same insert, to be prepared for its key: what is prepared then has
    /// [`insert_id`](PreparedInsert::insert_id). SQLite, MySQL and MariaDB have it; on PostgreSQL, prepare one with
    /// [`returning`](Self::returning).
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key, auto_increment)] id: i64, name: String }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
    /// # let db = SqlitePool::connect("sqlite::memory:").await?;
    /// # schema! { User }.create_tables(&db).await?;
    /// let add = prepare(|name: Param<String>| User::insert().values((User::name.set(name),)).with_id());
    /// assert_eq!(add.insert_id(&db, "Ann".into()).await?, 1);
    /// assert_eq!(add.insert_id(&db, "Bob".into()).await?, 2);
    /// # Ok(()) }
    /// ```
    pub fn with_id(self) -> WithId<Self>
    where
        T: CountsUp,
        N: OneRow,
        D::Name: InsertId,
    {
        WithId(self)
    }
}

/// An insert of one row that is rendered, and tells the key that the row got: `A` is what each call gives it. See
/// [`Insert::with_id`].
pub struct PreparedInsert<D, A>(PreparedWrite<D, A>);

impl<D, A> Clone for PreparedInsert<D, A> {
    fn clone(&self) -> Self {
        PreparedInsert(self.0.clone())
    }
}

impl<D, A> std::fmt::Debug for PreparedInsert<D, A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("PreparedInsert").field(&self.0).finish()
    }
}

impl<D: Dialect, A> PreparedInsert<D, A> {
    /// Runs it; returns the key that the row got.
    ///
    /// # Errors
    /// As [`Insert::insert_id`].
    pub fn insert_id<'e, E: Executor<D> + 'e>(&self, executor: E, values: A) -> BoxFuture<'e, Result<i64, Error>> {
        self.0.insert_id(executor, values)
    }

    /// Runs it; says how many rows were inserted.
    ///
    /// # Errors
    /// As [`Insert::execute`].
    pub fn execute<'e, E: Executor<D> + 'e>(&self, executor: E, values: A) -> BoxFuture<'e, Result<u64, Error>> {
        self.0.execute(executor, values)
    }
}

impl<D: Dialect, T: Table, N, A> PreparableOf<A> for WithId<Insert<D, T, N>> {
    type Prepared = PreparedInsert<D, A>;

    fn rendered(self, bind: fn(A) -> Vec<Value>) -> PreparedInsert<D, A> {
        PreparedInsert(self.0.rendered(bind))
    }
}
