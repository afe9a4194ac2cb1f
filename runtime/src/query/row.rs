//! `row!`: rows with names.

use std::marker::PhantomData;

use super::{projection::Projection, stands_in::Fits, zero_sized};
use crate::{Error, dialect::Dialect, render::Fragment};

/// A projection whose values are put into a struct; [`row!`](macro@crate::row) makes one.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
/// struct Card { id: i64, title: String }
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
/// # let db = SqlitePool::connect("sqlite::memory:").await?;
/// # schema! { User }.create_tables(&db).await?;
/// # User::insert().values((User::id.set(1), User::name.set("Ann"))).execute(&db).await?;
/// let rows = User::query().select(row!({ id: User::id, chars: User::name.length() })).fetch_all(&db).await?;
/// assert_eq!((rows[0].id, rows[0].chars), (1, 3));
/// let cards = User::query().select(row!(Card { id: User::id, title: User::name })).fetch_all(&db).await?;
/// assert_eq!(cards[0].title, "Ann");
/// # assert_eq!(cards[0].id, 1);
/// # Ok(()) }
/// ```
///
/// `F` is a closure that captures nothing, `A` the tuple of values that it takes, `R` the struct.
pub struct Mapped<P, F, A, R> {
    projection: P,
    marker: PhantomData<fn() -> (F, A, R)>,
}

impl<P: Clone, F, A, R> Clone for Mapped<P, F, A, R> {
    fn clone(&self) -> Self {
        Mapped { projection: self.projection.clone(), marker: PhantomData }
    }
}

impl<P: std::fmt::Debug, F, A, R> std::fmt::Debug for Mapped<P, F, A, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Mapped").field(&self.projection).finish()
    }
}

/// What `row!` expands to.
#[doc(hidden)]
pub fn map_row<P, F: Fn(A) -> R + Copy, A, R>(projection: P, _: F) -> Mapped<P, F, A, R> {
    Mapped { projection, marker: PhantomData }
}

impl<D, S, I, P, F, A, R, H> Projection<D, S, I, R, H, Fits> for Mapped<P, F, A, R>
where
    D: Dialect,
    P: Projection<D, S, I, A, H, Fits>,
    F: Fn(A) -> R + Copy,
{
    fn render(self, out: &mut Fragment) {
        self.projection.render(out);
    }

    fn read(row: &mut D::Row<'_>) -> Result<R, Error> {
        Ok(zero_sized::call::<F, A, R>(P::read(row)?))
    }
}

/// A value that fits into a field of the type `T`.
#[diagnostic::on_unimplemented(
    message = "this field is `{T}`, the query gives `{Self}`",
    label = "expected `{T}`, found `{Self}`"
)]
pub trait FitsField<T> {
    /// The value, unchanged.
    fn fit(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T> FitsField<T> for T {
    fn fit(self) -> T {
        self
    }
}

/// A second implementor keeps the type of the value open until the query decides it.
#[diagnostic::do_not_recommend]
impl<T> FitsField<T> for Undecided<T> {
    fn fit(self) -> T {
        match self.0 {}
    }
}

/// No value fits by being undecided.
#[derive(Debug)]
pub struct Undecided<T>(std::convert::Infallible, PhantomData<T>);

#[doc(hidden)]
pub fn fit<A: FitsField<T>, T>(value: A) -> T {
    value.fit()
}
