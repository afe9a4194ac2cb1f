//! Queries that are rendered once and run often.

use std::sync::Arc;

use futures_util::{FutureExt as _, TryFutureExt as _};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::{
    delete::Delete,
    insert::Insert,
    limited::LimitedWrite,
    returning::Returning,
    select::Select,
    state::CanRun,
    update::{SaysWhichRows, SetsSomething, Update},
    upsert::DoUpdate,
};
use crate::{
    Error,
    dialect::Dialect,
    expr::Param,
    render::{Sql, Statement},
    run::{BoxFuture, BoxStream, Decode, Executor, Query},
    table::{Table, TableDef},
    value::{FieldType, Value},
};

/// Renders a query once, to be run often with other values: a closure makes it of its parameters, a [`Param`], a tuple of
/// them, or `()`.
///
/// ```
/// use std::sync::LazyLock;
///
/// use mizzle::prelude::*;
/// # #[derive(Table, Debug)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
///
/// static BY_NAME: LazyLock<Prepared<Sqlite, (i64, String), User>> = LazyLock::new(|| {
///     prepare(|(after, name): (Param<i64>, Param<String>)| {
///         User::query().filter(User::id.gt(after)).filter(User::name.like(name)).order_by(User::id)
///     })
/// });
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
/// # let db = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await?;
/// # schema! { User }.create_tables(&db).await?;
/// let add = prepare(|(id, name): (Param<i64>, Param<String>)| User::insert().values((User::id.set(id), User::name.set(name))));
/// add.execute(&db, (1, "Ann".into())).await?;
/// add.execute(&db, (2, "Bob".into())).await?;
/// let bob = BY_NAME.fetch_one(&db, (0, "B%".into())).await?;
/// assert_eq!(bob.id, 2);
///
/// let name = prepare(|id: Param<i64>| User::query().filter(User::id.eq(id)).select(User::name));
/// assert_eq!(name.fetch_optional(&db, 1).await?.as_deref(), Some("Ann"));
/// assert_eq!(name.fetch_optional(&db, 3).await?, None);
/// # Ok(()) }
/// ```
///
/// The text is the same for each call, so what depends on a value at run time, as `Option` in `.filter(..)` or the length
/// of a list, is decided when it is prepared; a number of rows (`.limit(..)`) is part of the text.
///
/// The closure has one parameter, which is a tuple where there are several; without any it is `|()|`, and the values are
/// `()`. Selects and writes with RETURNING become a [`Prepared`], which is fetched; other writes become a
/// [`PreparedWrite`], which is executed. Instead of `.count(..)`, select [`count_star()`](crate::expr::count_star); there
/// is no `.exists(..)` and no `.insert_id(..)`.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table, Debug)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
/// # let db = SqlitePool::connect("sqlite::memory:").await?;
/// # schema! { User }.create_tables(&db).await?;
/// let count = prepare(|()| User::query().select(count_star()));
/// assert_eq!(count.fetch_one(&db, ()).await?, 0);
/// # Ok(()) }
/// ```
pub fn prepare<P: Params, Q: Preparable<P::Values>>(query: impl FnOnce(P) -> Q) -> Q::Prepared {
    query(P::params()).prepare(P::bind)
}

/// The parameters of a prepared query: a [`Param`], a tuple of them, or `()`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a prepared query takes",
    label = "expected `Param<T>`, a tuple of these, or `()`"
)]
pub trait Params {
    /// Their values.
    type Values;

    /// All of them.
    fn params() -> Self;

    /// The values, to be bound.
    fn bind(values: Self::Values) -> Vec<Value>;
}

impl<T: FieldType> Params for Param<T> {
    type Values = T;

    fn params() -> Self {
        Param::at(0)
    }

    fn bind(value: T) -> Vec<Value> {
        vec![value.into_value()]
    }
}

impl Params for () {
    type Values = ();

    fn params() -> Self {}

    fn bind((): ()) -> Vec<Value> {
        Vec::new()
    }
}

macro_rules! tuples {
    ($($param:ident $at:literal),+) => {
        impl<$($param: FieldType),+> Params for ($(Param<$param>,)+) {
            type Values = ($($param,)+);

            fn params() -> Self {
                ($(Param::<$param>::at($at),)+)
            }

            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn bind(($($param,)+): Self::Values) -> Vec<Value> {
                vec![$($param.into_value()),+]
            }
        }
    };
}

tuples!(A 0);
tuples!(A 0, B 1);
tuples!(A 0, B 1, C 2);
tuples!(A 0, B 1, C 2, D 3);
tuples!(A 0, B 1, C 2, D 3, E 4);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);

/// A query or a write that can be prepared; `A` is what each call gives it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be prepared",
    label = "not a query, an insert, an update or a delete"
)]
pub trait Preparable<A> {
    /// What it becomes.
    type Prepared;

    /// Renders it.
    fn prepare(self, bind: fn(A) -> Vec<Value>) -> Self::Prepared;
}

impl<Q: PreparableOf<A>, A> Preparable<A> for Q {
    type Prepared = Q::Prepared;

    fn prepare(self, bind: fn(A) -> Vec<Value>) -> Q::Prepared {
        self.rendered(bind)
    }
}

/// What makes something [`Preparable`]: implemented for each kind of statement.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be prepared",
    label = "not a query, an insert, an update or a delete"
)]
pub trait PreparableOf<A> {
    /// What it becomes.
    type Prepared;

    /// Renders it.
    fn rendered(self, bind: fn(A) -> Vec<Value>) -> Self::Prepared;
}

/// A query that is rendered: `A` is what each call gives it, `R` its row. See [`prepare`].
pub struct Prepared<D: Dialect, A, R> {
    statements: Vec<Template>,
    /// The text of the first row alone; a write with RETURNING has none, as it must run to its end.
    first: Option<Arc<str>>,
    decode: Decode<D, R>,
    bind: fn(A) -> Vec<Value>,
}

impl<D: Dialect, A, R> Clone for Prepared<D, A, R> {
    fn clone(&self) -> Self {
        Prepared { statements: self.statements.clone(), first: self.first.clone(), ..*self }
    }
}

impl<D: Dialect, A, R> std::fmt::Debug for Prepared<D, A, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Prepared").field(&self.statements).finish()
    }
}

impl<D: Dialect, A, R: Send + 'static> Prepared<D, A, R> {
    fn queries(&self, values: A) -> Vec<Query<D, R>> {
        let decode = self.decode;
        fill(&self.statements, (self.bind)(values)).map(|statement| Query { statement, decode }).collect()
    }

    /// All rows.
    ///
    /// # Errors
    /// As [`Select::fetch_all`].
    pub fn fetch_all<'e, E: Executor<D> + 'e>(&self, executor: E, values: A) -> BoxFuture<'e, Result<Vec<R>, Error>> {
        match self.statements.as_slice() {
            [one] => {
                let query = Query { statement: one.fill((self.bind)(values)), decode: self.decode };
                Box::pin(executor.fetch_all(query))
            }
            _ => Box::pin(executor.fetch_batch(self.queries(values))),
        }
    }

    /// The first row.
    ///
    /// # Errors
    /// As [`Select::fetch_one`].
    pub fn fetch_one<'e, E: Executor<D> + 'e>(&self, executor: E, values: A) -> BoxFuture<'e, Result<R, Error>> {
        let row = self.fetch_optional(executor, values);
        Box::pin(row.map(|row| row?.ok_or(Error::RowNotFound)))
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As [`Select::fetch_optional`].
    pub fn fetch_optional<'e, E: Executor<D> + 'e>(
        &self,
        executor: E,
        values: A,
    ) -> BoxFuture<'e, Result<Option<R>, Error>> {
        if let (Some(first), [all]) = (&self.first, self.statements.as_slice()) {
            let statement = Statement { sql: Arc::clone(first).into(), ..all.fill((self.bind)(values)) };
            return Box::pin(executor.fetch_optional(Query { statement, decode: self.decode }));
        }
        let rows = self.fetch_all(executor, values);
        Box::pin(rows.map_ok(|rows| rows.into_iter().next()))
    }

    /// The rows one by one, as they arrive. Those of a write arrive when it is done.
    ///
    /// # Errors
    /// The stream yields what [`fetch_all`](Self::fetch_all) would return.
    pub fn fetch<'e, E: Executor<D> + 'e>(&self, executor: E, values: A) -> BoxStream<'e, Result<R, Error>> {
        match (&self.first, self.statements.as_slice()) {
            (Some(_), [all]) => {
                let query = Query { statement: all.fill((self.bind)(values)), decode: self.decode };
                Box::pin(executor.fetch(query))
            }
            _ => {
                let rows = stream::once(self.fetch_all(executor, values));
                Box::pin(rows.map_ok(|rows| stream::iter(rows).map(Ok)).try_flatten())
            }
        }
    }
}

/// A write that is rendered: `A` is what each call gives it. See [`prepare`].
pub struct PreparedWrite<D, A> {
    statements: Vec<Template>,
    bind: fn(A) -> Vec<Value>,
    marker: std::marker::PhantomData<fn() -> D>,
}

impl<D, A> Clone for PreparedWrite<D, A> {
    fn clone(&self) -> Self {
        PreparedWrite { statements: self.statements.clone(), ..*self }
    }
}

impl<D, A> std::fmt::Debug for PreparedWrite<D, A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("PreparedWrite").field(&self.statements).finish()
    }
}

impl<D: Dialect, A> PreparedWrite<D, A> {
    fn new(statements: impl IntoIterator<Item = Statement>, bind: fn(A) -> Vec<Value>) -> Self {
        let statements = statements.into_iter().map(Template::new).collect();
        PreparedWrite { statements, bind, marker: std::marker::PhantomData }
    }

    /// Runs it; says how many rows were written.
    ///
    /// # Errors
    /// What the database says, as an [`Error`].
    pub fn execute<'e, E: Executor<D> + 'e>(&self, executor: E, values: A) -> BoxFuture<'e, Result<u64, Error>> {
        let values = (self.bind)(values);
        if let [one] = self.statements.as_slice() {
            let done = executor.execute(one.fill(values));
            return Box::pin(done.map_ok(|done| done.rows));
        }
        let done = executor.execute_batch(fill(&self.statements, values).collect());
        Box::pin(done.map_ok(|done| done.rows))
    }
}

/// A statement whose values are not all there.
#[derive(Clone)]
struct Template {
    sql: Arc<str>,
    values: Vec<Slot>,
    table: Option<&'static TableDef>,
}

/// Where a value comes from.
#[derive(Clone)]
enum Slot {
    Fixed(Value),
    Computed(Value),
    Copied(usize),
    /// The last use of an argument.
    Moved(usize),
}

impl std::fmt::Debug for Template {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(&self.sql, f)
    }
}

impl Template {
    fn new(statement: Statement) -> Self {
        let mut used = Vec::new();
        let slot = |value| match value {
            Value::Argument(_, place) if used.contains(&place) => Slot::Copied(place),
            Value::Argument(_, place) => {
                used.push(place);
                Slot::Moved(place)
            }
            value if value.is_computed() => Slot::Computed(value),
            value => Slot::Fixed(value),
        };
        let mut values: Vec<Slot> = statement.values.into_iter().rev().map(slot).collect();
        values.reverse();
        Template { sql: statement.sql.into_shared(), values, table: statement.table }
    }

    /// The statement with these arguments.
    fn fill(&self, mut arguments: Vec<Value>) -> Statement {
        let in_order = |(place, slot): (usize, &Slot)| matches!(slot, Slot::Moved(argument) if *argument == place);
        if self.values.len() != arguments.len() || !self.values.iter().enumerate().all(in_order) {
            let value = |slot: &Slot| match slot {
                Slot::Fixed(value) => value.clone(),
                Slot::Computed(value) => {
                    let mut value = value.clone();
                    value.compute();
                    value
                }
                Slot::Copied(place) => arguments[*place].clone(),
                Slot::Moved(place) => std::mem::replace(&mut arguments[*place], Value::Bool(false)),
            };
            arguments = self.values.iter().map(value).collect();
        }
        Statement { sql: Sql::from(Arc::clone(&self.sql)), values: arguments, table: self.table }
    }
}

/// Several statements with the same arguments.
fn fill(statements: &[Template], arguments: Vec<Value>) -> impl Iterator<Item = Statement> {
    statements.iter().map(move |statement| statement.fill(arguments.clone()))
}

impl<D: Dialect, S, R: Send + 'static, X: CanRun<S>, A> PreparableOf<A> for Select<D, S, R, X> {
    type Prepared = Prepared<D, A, R>;

    fn rendered(self, bind: fn(A) -> Vec<Value>) -> Prepared<D, A, R> {
        let first = self.clone().into_query_of_one().statement.sql.into_shared();
        let Query { statement, decode } = self.into_query();
        Prepared { statements: vec![Template::new(statement)], first: Some(first), decode, bind }
    }
}

impl<D: Dialect, R: Send + 'static, A> PreparableOf<A> for Returning<D, R> {
    type Prepared = Prepared<D, A, R>;

    fn rendered(self, bind: fn(A) -> Vec<Value>) -> Prepared<D, A, R> {
        let decode = self.decode;
        let statements = self.statements.into_iter().map(Template::new).collect();
        Prepared { statements, first: None, decode, bind }
    }
}

impl<D: Dialect, T: Table, N, A> PreparableOf<A> for Insert<D, T, N> {
    type Prepared = PreparedWrite<D, A>;

    fn rendered(self, bind: fn(A) -> Vec<Value>) -> PreparedWrite<D, A> {
        PreparedWrite::new(self.into_statements(None), bind)
    }
}

impl<D: Dialect, T: Table, C, A> PreparableOf<A> for DoUpdate<D, T, C> {
    type Prepared = PreparedWrite<D, A>;

    fn rendered(self, bind: fn(A) -> Vec<Value>) -> PreparedWrite<D, A> {
        self.finish().rendered(bind)
    }
}

impl<D: Dialect, T: Table, U: SetsSomething, G: SaysWhichRows, S, A> PreparableOf<A> for Update<D, T, U, G, S> {
    type Prepared = PreparedWrite<D, A>;

    fn rendered(self, bind: fn(A) -> Vec<Value>) -> PreparedWrite<D, A> {
        PreparedWrite::new(self.statement(None), bind)
    }
}

impl<D: Dialect, T: Table, G: SaysWhichRows, S, A> PreparableOf<A> for Delete<D, T, G, S> {
    type Prepared = PreparedWrite<D, A>;

    fn rendered(self, bind: fn(A) -> Vec<Value>) -> PreparedWrite<D, A> {
        PreparedWrite::new([self.statement(None)], bind)
    }
}

impl<D: Dialect, A> PreparableOf<A> for LimitedWrite<D> {
    type Prepared = PreparedWrite<D, A>;

    fn rendered(self, bind: fn(A) -> Vec<Value>) -> PreparedWrite<D, A> {
        PreparedWrite::new(self.statement(), bind)
    }
}
