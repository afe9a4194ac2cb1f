//! `.shape::<Profile>()` of queries and relations.

use super::{
    Shape, ShapeOf,
    part::{reads_nothing, shaped},
};
use crate::{
    dialect::Dialect,
    query::{
        CursorValues, InScope, Keyset, Select,
        state::{Rows, Selected, State},
    },
    relation::{Cardinality, Loaded, LoadedKeyset, Rel, Related, Relation},
    table::TableIn,
    value::NotNull,
};

/// Queries and relations whose rows can become shapes.
///
/// The parameters are inferred: `D` is the dialect, `S` what is read from, `X` how far the query is written, `I` the place of
/// the table, `L` says which shape it is, `N` whether the table's row may be missing, and `B` what is loaded already.
pub trait InShape<D, S, X, I, L, N, B> {
    /// The same with rows of the shape.
    type Shaped;

    /// Selects a shape: each row becomes a `T`, with what its relations lead to.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users", has_many(posts = Post::author_id))] struct User { #[column(primary_key)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, #[column(references = User::id)] author_id: i64, title: String }
    /// #[derive(Shape)]
    /// #[shape(table = Post)]
    /// struct PostCard {
    ///     id: i64,
    ///     title: String,
    /// }
    ///
    /// #[derive(Shape)]
    /// #[shape(table = User)]
    /// struct Profile {
    ///     name: String,
    ///     posts: Vec<PostCard>,
    ///     #[shape(expr = User::name.length())]
    ///     letters: i64,
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
    /// # let db = SqlitePool::connect("sqlite::memory:").await?;
    /// # schema! { User, Post }.create_tables(&db).await?;
    /// # User::insert().values((User::id.set(1), User::name.set("Ann"))).execute(&db).await?;
    /// # Post::insert().values((Post::id.set(1), Post::author_id.set(1), Post::title.set("Hello"))).execute(&db).await?;
    /// let profiles: Vec<Profile> = User::query().shape::<Profile>().order_by(User::id).limit(10).fetch_all(&db).await?;
    /// assert_eq!((profiles[0].name.as_str(), profiles[0].letters), ("Ann", 3));
    /// assert_eq!(profiles[0].posts[0].title, "Hello");
    ///
    /// // On a relation that is loaded:
    /// let users: Vec<(User, Vec<PostCard>)> = User::query().with(User::posts().shape::<PostCard>().limit(3)).fetch_all(&db).await?;
    /// # assert_eq!((users[0].0.id, users[0].1[0].id), (1, 1));
    /// # Ok(()) }
    /// ```
    fn shape<T>(self) -> Self::Shaped
    where
        D: Dialect,
        T: ShapedBy<D, S, I, L, N>,
        N: CertainlyThere<T>,
        State<X>: ShapesRows,
        B: NothingLoaded;
}

/// A shape of a table in the scope `S`, whose columns are of the nullness `N` there.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a shape of a table of this query",
    label = "expected a `#[derive(Shape)]` of a table of this query"
)]
pub trait ShapedBy<D: Dialect, S, I, L, N> {
    /// Says so.
    const SHAPE: L;
}

#[diagnostic::do_not_recommend]
impl<D, S, I, T> ShapedBy<D, S, I, ShapeOf<T, T::Fit>, <S as InScope<T::Table, I>>::Null> for T
where
    D: Dialect,
    T: Shape<D>,
    S: InScope<T::Table, I>,
{
    const SHAPE: ShapeOf<T, T::Fit> = ShapeOf::NEW;
}

/// A table whose row is certainly there, for the shape `T`.
#[diagnostic::on_unimplemented(
    message = "an outer join may leave a row without `{T}`",
    label = "a shape of a table that may have no row in this query"
)]
pub trait CertainlyThere<T> {}
#[diagnostic::do_not_recommend]
impl<T> CertainlyThere<T> for NotNull {}

/// A query whose rows can become shapes.
#[diagnostic::on_unimplemented(
    message = "a shape is of whole rows: nothing is selected, grouped, made distinct or locked before it",
    label = "too late for a shape"
)]
pub trait ShapesRows {}
#[diagnostic::do_not_recommend]
impl ShapesRows for State<Rows> {}

/// What is loaded before it is said what shape the rows become: nothing.
#[diagnostic::on_unimplemented(
    message = "a shape says itself what is loaded: a relation is a field of it",
    label = "comes instead of `.with(..)`, not after it"
)]
pub trait NothingLoaded {}
#[diagnostic::do_not_recommend]
impl NothingLoaded for () {}

impl<D: Dialect, S, R, X, I, L, N> InShape<D, S, X, I, L, N, ()> for Select<D, S, R, X> {
    type Shaped = Loaded<D, S, (), Selected<Rows>, L>;

    fn shape<T: ShapedBy<D, S, I, L, N>>(self) -> Self::Shaped
    where
        N: CertainlyThere<T>,
        State<X>: ShapesRows,
    {
        Loaded { select: reads_nothing(self), loads: T::SHAPE }
    }
}

impl<D: Dialect, S, R, C: CursorValues, X, I, L, N> InShape<D, S, X, I, L, N, ()> for Keyset<D, S, R, C, X> {
    type Shaped = LoadedKeyset<D, S, (), C, Selected<Rows>, L>;

    fn shape<T: ShapedBy<D, S, I, L, N>>(self) -> Self::Shaped
    where
        N: CertainlyThere<T>,
        State<X>: ShapesRows,
    {
        let (keyset, _) = self.without_rows();
        LoadedKeyset { keyset, read: |_| Ok(()), loads: T::SHAPE }
    }
}

/// Never called for a tuple of relations, nor for a shape.
impl<D: Dialect, S, R, X, I, L, N, B> InShape<D, S, Rows, I, L, N, B> for Loaded<D, S, R, X, B> {
    type Shaped = Loaded<D, S, (), Selected<Rows>, L>;

    fn shape<T: ShapedBy<D, S, I, L, N>>(self) -> Self::Shaped
    where
        N: CertainlyThere<T>,
        B: NothingLoaded,
    {
        Loaded { select: reads_nothing(self.select), loads: T::SHAPE }
    }
}

impl<D: Dialect, R: Relation, Row, X, I, L, M, N: Cardinality, B> InShape<D, R::Scope, X, I, L, M, B>
    for Related<D, R, Row, X, B, N>
{
    type Shaped = Related<D, R, (), Selected<Rows>, L, N>;

    fn shape<T: ShapedBy<D, R::Scope, I, L, M>>(self) -> Self::Shaped
    where
        M: CertainlyThere<T>,
        State<X>: ShapesRows,
        B: NothingLoaded,
    {
        shaped(self, T::SHAPE)
    }
}

impl<D: Dialect, R: Relation<To: TableIn<D::Name>>, I, L, M> InShape<D, R::Scope, Rows, I, L, M, ()> for Rel<R> {
    type Shaped = Related<D, R, (), Selected<Rows>, L, R::Cardinality>;

    fn shape<T: ShapedBy<D, R::Scope, I, L, M>>(self) -> Self::Shaped
    where
        M: CertainlyThere<T>,
    {
        shaped(Related::of(self), T::SHAPE)
    }
}
