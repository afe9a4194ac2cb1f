//! Queries that are rendered once and run often.

mod insert;
mod page;
mod params;
mod preparable;
mod query;
mod template;
mod write;

pub use insert::{PreparedInsert, WithId};
pub use page::PreparedPage;
pub use params::Params;
pub use preparable::{Preparable, PreparableOf};
pub use query::Prepared;
pub use write::PreparedWrite;

/// Renders a query once, to be run often with other values: a closure makes it of its parameters, a [`Param`](crate::expr::Param), a tuple of
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
/// A parameter is used as often as you like, also as the number of rows (`.limit(..)` and `.offset(..)` take a `Param<u64>`)
/// and as a list (`.in_(..)` takes a `Param<Vec<T>>`). What depends on more than a value, as `Option` in `.filter(..)`, is
/// decided when it is prepared.
///
/// The closure has one parameter, which is a tuple where there are several; without any it is `|()|`, and the values are
/// `()`. Selects and writes with RETURNING become a [`Prepared`], which is fetched; other writes become a
/// [`PreparedWrite`], which is executed. An insert [`with_id`](super::Insert::with_id) becomes a [`PreparedInsert`], which
/// tells the key of its row. Pages by keys become a [`PreparedPage`], whose place is a parameter.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table, Debug)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
/// # let db = SqlitePool::connect("sqlite::memory:").await?;
/// # schema! { User }.create_tables(&db).await?;
/// # for id in 1..=9 { User::insert().values((User::id.set(id), User::name.set("x"))).execute(&db).await?; }
/// let after = prepare(|(name, id): (Param<String>, Param<i64>)| {
///     User::query().keyset((User::name, User::id)).after((name, id)).page(3)
/// });
/// let page = after.fetch(&db, ("x".into(), 4)).await?;
/// assert_eq!(page.rows.iter().map(|user| user.id).collect::<Vec<_>>(), [5, 6, 7]);
/// if let Some(place) = page.next {
///     assert_eq!(after.fetch(&db, place).await?.rows.len(), 2);
/// }
/// # Ok(()) }
/// ```
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table, Debug)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
/// # let db = SqlitePool::connect("sqlite::memory:").await?;
/// # schema! { User }.create_tables(&db).await?;
/// # for id in 1..=9 { User::insert().values((User::id.set(id), User::name.set("x"))).execute(&db).await?; }
/// let some = prepare(|(ids, rows): (Param<Vec<i64>>, Param<u64>)| {
///     User::query().filter(User::id.in_(ids)).order_by(User::id).limit(rows).select(User::id)
/// });
/// assert_eq!(some.fetch_all(&db, (vec![3, 5, 7], 2)).await?, [3, 5]);
/// assert_eq!(some.count(&db, (vec![3, 5, 77], 9)).await?, 2);
/// assert!(!some.exists(&db, (vec![], 9)).await?);
/// # Ok(()) }
/// ```
pub fn prepare<P: Params, Q: Preparable<P::Values>>(query: impl FnOnce(P) -> Q) -> Q::Prepared {
    query(P::params()).prepare(P::bind)
}
