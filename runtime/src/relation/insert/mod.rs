//! Inserting rows together with those that belong to them: `User::insert().values(..).with(User::posts().values(..))`.

mod beside;
mod planned;
mod rows;
mod through;

pub use beside::{
    Belongs, BesideRow, HasPlaceForRows, InsertOnce, InsertOnceOf, InsertedOnce, NewRelation, NewRelations, Nothing,
    PlainInsert,
};
pub use planned::{PlannedInsert, PlannedRows, PlannedThrough};
pub(super) use rows::set_key;
pub use rows::{ForEachRow, LinksRows, ListOfRows, RelatedValues, RowList};

use std::marker::PhantomData;

use futures_util::{FutureExt as _, TryFutureExt as _};

use super::{Cardinality, ExactlyOne, HasMany, HasOne, Many, Rel, Relation, SetsKeys};
use crate::{
    Error,
    dialect::Dialect,
    query::{AssignmentList, Insert, NewRows, RowOfTable, TableOf},
    render::Statement,
    run::{BoxFuture, Executor, InSnapshot},
    table::{ColumnId, InsertRow, Table},
};

/// Makes the rows for one parent.
type RowsOf<'r, P> = Box<dyn FnMut(&P, &mut RowList) + Send + 'r>;

/// Rows that a relation leads to, to be inserted together with the row that they belong to, whose key is filled in.
///
/// `W` says in which way they belong to it, `N` how many there are for each; `L` are relations of theirs.
#[must_use = "give it to `.with(..)` of an insert"]
pub struct NewRelated<'r, D, R: Relation, W, N, L> {
    relation: Rel<R>,
    rows: RowsOf<'r, R::From>,
    nested: L,
    marker: PhantomData<fn() -> (D, W, N)>,
}

/// Rows whose foreign key refers to the row that they belong to.
#[derive(Debug)]
pub struct Owned;
/// Rows of a junction, which link rows that are there.
#[derive(Debug)]
pub struct Links;
/// Rows that a junction links with the row that they belong to.
#[derive(Debug)]
pub struct Linked;

/// Rows of the table that the relation leads to, which relations of that table can bring more to.
#[diagnostic::on_unimplemented(
    message = "links are to rows that are there: `.values(..)` and `.rows(..)` insert new ones, with rows of their own",
    label = "inserts no rows of the table that it leads to"
)]
pub trait BringsMore {}
#[diagnostic::do_not_recommend]
impl BringsMore for Owned {}
#[diagnostic::do_not_recommend]
impl BringsMore for Linked {}

impl<D, R: Relation, W, N, L> std::fmt::Debug for NewRelated<'_, D, R, W, N, L> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewRelated").field("table", &R::To::def().name).finish_non_exhaustive()
    }
}

impl<'r, D: Dialect, R: Relation, W, N> NewRelated<'r, D, R, W, N, ()> {
    pub(super) fn of(relation: Rel<R>, rows: impl FnMut(&R::From, &mut RowList) + Send + 'r) -> Self {
        NewRelated { relation, rows: Box::new(rows), nested: (), marker: PhantomData }
    }

    /// The same row for each.
    fn of_row(relation: Rel<R>, row: AssignmentList) -> Self {
        Self::of(relation, move |_, rows| rows.add(row.list.clone()))
    }

    /// Structs for each.
    fn of_structs<Rows: ListOfRows<Row>, Row: InsertRow>(
        relation: Rel<R>,
        mut rows: impl FnMut(&R::From) -> Rows + Send + 'r,
    ) -> Self {
        Self::of(relation, move |parent, list| rows(parent).list().for_each(|row| list.add_row(row)))
    }
}

/// Renders a row of the table `T`, some columns of which the relation sets.
pub(super) fn row<D: Dialect, T: Table, Keys, V: RelatedValues<D, T, Keys, I>, I>(values: V) -> AssignmentList {
    let mut list = AssignmentList::of(T::def(), D::SYNTAX);
    values.assigned(&mut list);
    list
}

impl<'r, D: Dialect, R: Relation, W, N: Cardinality, L> NewRelated<'r, D, R, W, N, L> {
    /// Inserts rows that belong to these as well.
    pub fn with<A: Belongs<D, To>, To, All, L2>(self, related: A) -> NewRelated<'r, D, R, W, N, L2>
    where
        W: BringsMore,
        L: HasPlaceForRows + InsertOnce<A, All>,
        TableOf<To>: BesideRow<R::To, To, All, L2>,
    {
        let NewRelated { relation, rows, nested, marker } = self;
        NewRelated { relation, rows, nested: TableOf::<To>::beside(nested.and(related)), marker }
    }
}

impl<P: Table, C: Table, I: ColumnId> Rel<HasMany<P, C, I>> {
    /// One row that belongs to each row that is inserted, as assignments; the foreign key is filled in.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users", has_many(posts = Post::author_id))] struct User { #[column(primary_key, auto_increment)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "posts", has_many(comments = Comment::post_id))] struct Post { #[column(primary_key, auto_increment)] id: i64, #[column(references = User::id)] author_id: i64, title: String }
    /// # #[derive(Table)] #[table(name = "comments")] struct Comment { #[column(primary_key, auto_increment)] id: i64, #[column(references = Post::id)] post_id: i64, text: String }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
    /// # let db = SqlitePool::connect("sqlite::memory:").await?;
    /// # schema! { User, Post, Comment }.create_tables(&db).await?;
    /// let (ann, posts): (User, Vec<(Post, Vec<Comment>)>) = User::insert()
    ///     .values((User::name.set("Ann"),))
    ///     .with(User::posts().values((Post::title.set("Hello"),)).with(Post::comments().values((Comment::text.set("Hi!"),))))
    ///     .fetch_one(&db)
    ///     .await?;
    /// let (post, comments) = &posts[0];
    /// assert_eq!((post.author_id, comments[0].post_id), (ann.id, post.id));
    /// # Ok(()) }
    /// ```
    pub fn values<'r, D: Dialect, V: RelatedValues<D, C, P::Keys, At>, At>(
        self,
        values: V,
    ) -> NewRelated<'r, D, HasMany<P, C, I>, Owned, Many, ()>
    where
        P: SetsKeys<I>,
    {
        NewRelated::of_row(self, row(values))
    }

    /// Any number of rows that belong to each row that is inserted, as assignments: `rows` makes them for a row.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users", has_many(posts = Post::author_id))] struct User { #[column(primary_key, auto_increment)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key, auto_increment)] id: i64, #[column(references = User::id)] author_id: i64, title: String }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
    /// # let db = SqlitePool::connect("sqlite::memory:").await?;
    /// # schema! { User, Post }.create_tables(&db).await?;
    /// let titles = ["Hello", "Bye"];
    /// let (_, posts) = User::insert()
    ///     .values((User::name.set("Ann"),))
    ///     .with(User::posts().values_for(|_| titles.map(|title| (Post::title.set(title),))))
    ///     .fetch_one(&db)
    ///     .await?;
    /// assert_eq!(posts.iter().map(|post| post.title.as_str()).collect::<Vec<_>>(), titles);
    /// # Ok(()) }
    /// ```
    pub fn values_for<'r, D, F, V, Row, At>(self, mut rows: F) -> NewRelated<'r, D, HasMany<P, C, I>, Owned, Many, ()>
    where
        D: Dialect,
        P: SetsKeys<I>,
        F: ForEachRow<P, V> + Send + 'r,
        V: ListOfRows<Row>,
        Row: RelatedValues<D, C, P::Keys, At>,
    {
        NewRelated::of(self, move |parent, list| {
            rows(parent).list().for_each(|values| list.add(row::<D, C, P::Keys, _, At>(values).list));
        })
    }

    /// Any number of rows that belong to each row that is inserted, as structs: `rows` makes them for a row. Whatever a
    /// struct says of the foreign key, it is the key of that row.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users", insert = NewUser, has_many(posts = Post::author_id))] struct User { #[column(primary_key, auto_increment)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "posts", insert = NewPost)] struct Post { #[column(primary_key, auto_increment)] id: i64, #[column(references = User::id)] author_id: i64, title: String }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
    /// # let db = SqlitePool::connect("sqlite::memory:").await?;
    /// # schema! { User, Post }.create_tables(&db).await?;
    /// let users: Vec<(User, Vec<Post>)> = User::insert()
    ///     .rows([NewUser::new("Ann"), NewUser::new("Bob")])
    ///     .with(User::posts().rows(|user| [NewPost::new(user.id, format!("I am {}", user.name))]))
    ///     .fetch_all(&db)
    ///     .await?;
    /// assert_eq!(users[1].1[0].title, "I am Bob");
    /// # Ok(()) }
    /// ```
    pub fn rows<'r, D, F, Rows, Row>(self, rows: F) -> NewRelated<'r, D, HasMany<P, C, I>, Owned, Many, ()>
    where
        D: Dialect,
        P: SetsKeys<I>,
        F: ForEachRow<P, Rows> + Send + 'r,
        Rows: ListOfRows<Row>,
        Row: InsertRow<Table: RowOfTable<C>>,
    {
        NewRelated::of_structs(self, rows)
    }
}

impl<P: Table, C: Table, I: ColumnId> Rel<HasOne<P, C, I>> {
    /// The row that belongs to each row that is inserted, as assignments; the foreign key is filled in.
    pub fn values<'r, D: Dialect, V: RelatedValues<D, C, P::Keys, At>, At>(
        self,
        values: V,
    ) -> NewRelated<'r, D, HasOne<P, C, I>, Owned, ExactlyOne, ()>
    where
        P: SetsKeys<I>,
    {
        NewRelated::of_row(self, row(values))
    }

    /// The row that belongs to each row that is inserted, as a struct, which `row` makes. Whatever it says of the foreign
    /// key, it is the key of that row.
    pub fn row<'r, D, F, Row>(self, mut row: F) -> NewRelated<'r, D, HasOne<P, C, I>, Owned, ExactlyOne, ()>
    where
        D: Dialect,
        P: SetsKeys<I>,
        F: ForEachRow<P, Row> + Send + 'r,
        Row: InsertRow<Table: RowOfTable<C>>,
    {
        NewRelated::of(self, move |parent, list| list.add_row(row(parent)))
    }
}

/// An insert of rows together with those that belong to them. See [`Insert::with`].
#[must_use = "an insert does nothing until it is executed: `.fetch_one(..)`, `.fetch_all(..)`"]
pub struct InsertWith<D, T, L> {
    rows: NewRows,
    nested: L,
    marker: PhantomData<fn() -> (D, T)>,
}

impl<D, T: Table, L> std::fmt::Debug for InsertWith<D, T, L> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InsertWith").field("table", &T::def().name).finish_non_exhaustive()
    }
}

impl<D: Dialect, T: Table, N> Insert<D, T, N> {
    /// Inserts rows that belong to these as well, with their keys filled in, all or none: in a transaction, or in a
    /// savepoint if one is open. It returns all of them, `(User, Vec<Post>)`; a second call adds to that.
    ///
    /// Each relation takes one statement, however many rows there are; one for each row of tables without a key, and
    /// on SQLite one for each change between rows that set a column and rows that leave it to its default. MySQL, which does
    /// not return rows, takes one more to read them back, and inserts rows one by one whose keys it counts up and that belong
    /// to none; rows without a key it returns in the order in which it reads them.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users", has_many(posts = Post::author_id))] struct User { #[column(primary_key, auto_increment)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key, auto_increment)] id: i64, #[column(references = User::id)] author_id: i64, title: String }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
    /// # let db = SqlitePool::connect("sqlite::memory:").await?;
    /// # schema! { User, Post }.create_tables(&db).await?;
    /// let (ann, posts): (User, Vec<Post>) = User::insert()
    ///     .values((User::name.set("Ann"),))
    ///     .with(User::posts().values((Post::title.set("Hello"),)))
    ///     .fetch_one(&db)
    ///     .await?;
    /// assert_eq!(posts[0].author_id, ann.id);
    /// # Ok(()) }
    /// ```
    pub fn with<A: Belongs<D, To>, To, L>(self, related: A) -> InsertWith<D, T, L>
    where
        N: PlainInsert,
        TableOf<To>: BesideRow<T, To, (A,), L>,
    {
        InsertWith { rows: self.into(), nested: TableOf::<To>::beside((related,)), marker: PhantomData }
    }
}

impl<D: Dialect, T: Table, L> InsertWith<D, T, L> {
    /// Inserts rows of another relation as well.
    pub fn with<A: Belongs<D, To>, To, All, L2>(self, related: A) -> InsertWith<D, T, L2>
    where
        L: HasPlaceForRows + InsertOnce<A, All>,
        TableOf<To>: BesideRow<T, To, All, L2>,
    {
        InsertWith { rows: self.rows, nested: TableOf::<To>::beside(self.nested.and(related)), marker: PhantomData }
    }

    /// Inserts them; returns each row with those that belong to it.
    ///
    /// # Errors
    /// What the database says, as an [`Error`]; then nothing is inserted. [`Error::Encode`] if MySQL makes a key that it
    /// does not tell, or if a key that was set cannot be found again: a trigger may have changed it.
    pub fn fetch_all<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<Vec<L::With<T>>, Error>>
    where
        L: NewRelations<D, T> + 'e,
    {
        Box::pin(executor.atomic(self))
    }

    /// Inserts them; returns the first row with those that belong to it.
    ///
    /// # Errors
    /// [`Error::RowNotFound`] if there were no rows to insert; otherwise as [`fetch_all`](Self::fetch_all).
    pub fn fetch_one<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<L::With<T>, Error>>
    where
        L: NewRelations<D, T> + 'e,
    {
        Box::pin(self.fetch_all(executor).map(|rows| rows?.into_iter().next().ok_or(Error::RowNotFound)))
    }

    /// Inserts them; says how many rows of the table itself were inserted.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users", has_many(posts = Post::author_id))] struct User { #[column(primary_key, auto_increment)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key, auto_increment)] id: i64, #[column(references = User::id)] author_id: i64, title: String }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
    /// # let db = SqlitePool::connect("sqlite::memory:").await?;
    /// # schema! { User, Post }.create_tables(&db).await?;
    /// let post = User::posts().values((Post::title.set("Hello"),));
    /// assert_eq!(User::insert().values((User::name.set("Ann"),)).with(post).execute(&db).await?, 1);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As [`fetch_all`](Self::fetch_all).
    pub fn execute<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<u64, Error>>
    where
        L: NewRelations<D, T> + 'e,
    {
        Box::pin(self.fetch_all(executor).map_ok(|rows| rows.len() as u64))
    }

    #[doc(hidden)]
    pub fn to_sql(&self) -> Statement
    where
        Self: OneStatement,
    {
        self.never()
    }
}

/// Never satisfied: it carries the words for several statements that are asked for as one.
#[diagnostic::on_unimplemented(
    message = "rows and those that belong to them are inserted by several statements, with keys that the first ones return",
    label = "not one statement: each insert on its own has a `.to_sql()`"
)]
pub trait OneStatement {
    /// It is several statements, so there is nothing that this could return.
    fn never<T>(&self) -> T;
}

impl<D: Dialect, T: Table, L: NewRelations<D, T>> InSnapshot<D> for InsertWith<D, T, L> {
    type Output = Vec<L::With<T>>;

    fn run<'e, E: Executor<D> + Copy + Sync + 'e>(self, executor: E) -> BoxFuture<'e, Result<Self::Output, Error>>
    where
        Self: 'e,
    {
        Box::pin(planned::insert(executor, self.rows, None, self.nested).map_ok(|(rows, _)| rows))
    }
}
