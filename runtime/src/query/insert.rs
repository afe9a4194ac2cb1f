//! INSERT.

use std::marker::PhantomData;

use futures_util::{FutureExt as _, TryFutureExt as _};

use super::{
    assign::{AssignmentList, Assignments},
    clause::SET,
    conflict::ConflictTarget,
    required::{AllSetIn, NoneRepeats},
    returning::{ColumnList, Returnable, Returning},
    rows::{self, Batch, Rows},
    scope::{Conflicting, TopLevel},
    select::Select,
    stands_in::StandsIn,
    state::{Complete, State},
    update::UpdateSet,
    upsert::{AllColumns, Conflict, DoUpdate, Upsert, write_assignments},
    write::{Verb, Write},
};
use crate::{
    Error,
    dialect::{Dialect, InsertId, InsertIgnore, InsertReturning, OnConflict, OnConstraint, OnDuplicateKey, Replace},
    render::Statement,
    run::{BoxFuture, Executor},
    table::{CountsUp, InsertRow, Table},
};

/// `INSERT INTO table`, before its rows: `.values(..)`, `.row(..)`, `.rows(..)` or `.select(..)`.
#[must_use = "add the rows: `.values(..)`, `.row(..)`, `.rows(..)`"]
pub struct InsertInto<D, T>(PhantomData<fn() -> (D, T)>);

impl<D, T: Table> std::fmt::Debug for InsertInto<D, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "INSERT INTO {}", T::def().name)
    }
}

/// An insert of one row.
#[derive(Debug)]
pub struct One;
/// An insert of any number of rows.
#[derive(Debug)]
pub struct Several;
/// An insert of the rows of a query.
#[derive(Debug)]
pub struct Queried;
/// An insert that says what happens to rows that are in conflict with others.
#[derive(Debug)]
pub struct Settled;
/// An insert that leaves out what cannot be inserted.
#[derive(Debug)]
pub struct Ignored;

/// An insert that says nothing yet of rows that are in conflict with others.
#[diagnostic::on_unimplemented(
    message = "this insert already says what happens to rows that are in conflict",
    label = "says it a second time"
)]
pub trait Unsettled {}
#[diagnostic::do_not_recommend]
impl Unsettled for One {}
#[diagnostic::do_not_recommend]
impl Unsettled for Several {}
#[diagnostic::do_not_recommend]
impl Unsettled for Queried {}
#[diagnostic::do_not_recommend]
impl Unsettled for Ignored {}

/// An insert whose rows are written out.
#[diagnostic::on_unimplemented(
    message = "only rows that are written out can be given more columns: `.row(..)` or `.rows(..)`",
    label = "the rows of a query, or of an upsert: say it before"
)]
pub trait WrittenRows {}
#[diagnostic::do_not_recommend]
impl WrittenRows for One {}
#[diagnostic::do_not_recommend]
impl WrittenRows for Several {}

/// An INSERT with its rows: [`One`], [`Several`], those of a query, or an upsert's, as `N` says.
#[must_use = "an insert does nothing until it is executed"]
pub struct Insert<D, T, N = Several> {
    rows: Rows,
    pub(crate) conflict: Conflict,
    marker: PhantomData<fn() -> (D, T, N)>,
}

impl<D, T, N> Clone for Insert<D, T, N> {
    fn clone(&self) -> Self {
        Insert { rows: self.rows.clone(), conflict: self.conflict.clone(), marker: PhantomData }
    }
}

impl<D: Dialect, T: Table, N> std::fmt::Debug for Insert<D, T, N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Insert").field(&self.clone().statements()).finish()
    }
}

/// A row struct of the table `T`.
#[diagnostic::on_unimplemented(message = "this is a row of `{Self}`, not of `{T}`", label = "not a row of `{T}`")]
pub trait RowOfTable<T> {}
#[diagnostic::do_not_recommend]
impl<T: Table> RowOfTable<T> for T {}

/// What `.values(..)` takes: assignments that set all required columns, none twice.
#[diagnostic::on_unimplemented(
    message = "this does not set columns of `{T}`",
    label = "expected `{T}::column.set(value)` or a tuple of these; a struct goes to `.row(..)`"
)]
pub trait InsertValues<D: Dialect, T, I>: Sized {
    /// Renders them.
    fn assigned(self, to: &mut AssignmentList);
}

impl<D, T, I, J, C, A> InsertValues<D, T, (I, J, C)> for A
where
    D: Dialect,
    T: Table,
    A: StandsIn<SET> + Assignments<D, T, (), I, C, A::Fit>,
    C: NoneRepeats,
    T::Required: AllSetIn<C, J>,
{
    fn assigned(self, to: &mut AssignmentList) {
        self.assign(to);
    }
}

impl<D: Dialect, T: Table> InsertInto<D, T> {
    pub(crate) const fn new() -> Self {
        InsertInto(PhantomData)
    }

    /// One row, as assignments: every column without a default must be there, and none twice.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key, auto_increment)] id: i64, name: String, age: Option<i32> }
    /// let insert = User::insert::<Sqlite>().values((User::name.set("Ann"), User::age.set(30)));
    /// assert_eq!(insert.to_sql().sql, r#"INSERT INTO "users" ("name", "age") VALUES (?, ?)"#);
    /// ```
    pub fn values<V: InsertValues<D, T, I>, I>(self, values: V) -> Insert<D, T, One> {
        let mut list = AssignmentList::of(T::def(), D::SYNTAX);
        values.assigned(&mut list);
        Insert::of(rows::one(list, T::def()))
    }

    /// One row, as a struct: `#[table(insert = NewUser)]` writes it.
    pub fn row<R: InsertRow<Table: RowOfTable<T>>>(self, row: R) -> Insert<D, T, One> {
        Insert::of(rows::several([row], T::def()))
    }

    /// Any number of rows. More than fit into one statement are sent as several, in one transaction; none at all send nothing.
    ///
    /// On PostgreSQL, a column of several rows is one parameter, an array, so that the text is the same for any number of
    /// rows, unless a row leaves a column to its default that another one sets, or a column is a list itself.
    ///
    /// ```
    /// # #[cfg(feature = "postgres")] {
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users", insert = NewUser)] struct User { #[column(primary_key, auto_increment)] id: i64, name: String }
    /// let insert = User::insert::<Postgres>().rows([NewUser::new("Ann"), NewUser::new("Bob")]);
    /// assert_eq!(insert.to_sql().sql, r#"INSERT INTO "users" ("name") SELECT * FROM unnest($1::text[])"#);
    /// # }
    /// ```
    pub fn rows<R: InsertRow<Table: RowOfTable<T>>>(self, rows: impl IntoIterator<Item = R>) -> Insert<D, T> {
        Insert::of(rows::several(rows, T::def()))
    }

    /// The rows that a query selects, one value for each of `columns`.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key, auto_increment)] id: i64, name: String, age: Option<i32> }
    /// # #[derive(Table)] #[table(name = "guests")] struct Guest { #[column(primary_key)] id: i64, name: String }
    /// let insert = User::insert::<Sqlite>().from_query((User::name,), Guest::query().select((Guest::name,)));
    /// assert_eq!(insert.to_sql().sql, r#"INSERT INTO "users" ("name") SELECT "guests"."name" FROM "guests""#);
    /// ```
    pub fn from_query<C: ColumnList<T, R, I>, S: TopLevel, R, X, I>(
        self,
        _columns: C,
        query: Select<D, S, R, X>,
    ) -> Insert<D, T, Queried>
    where
        State<X>: Complete,
    {
        Insert {
            rows: Rows::Query { columns: C::places(), query: query.parts },
            conflict: Conflict::new(D::SYNTAX),
            marker: PhantomData,
        }
    }
}

impl<D: Dialect, T: Table, N> Insert<D, T, N> {
    fn of(batches: Vec<Batch>) -> Self {
        Insert { rows: Rows::Values(batches), conflict: Conflict::new(D::SYNTAX), marker: PhantomData }
    }

    fn settled<N2>(self) -> Insert<D, T, N2> {
        Insert { rows: self.rows, conflict: self.conflict, marker: PhantomData }
    }

    /// Its rows, if they are written out.
    pub(super) fn into_batches(self) -> Vec<Batch> {
        match self.rows {
            Rows::Values(batches) => batches,
            Rows::Query { .. } => Vec::new(),
        }
    }

    pub(super) fn into_write(self) -> Write {
        Write { def: T::def(), kind: D::KIND, verb: Verb::Insert { rows: self.rows, conflict: self.conflict } }
    }

    pub(super) fn statements(self) -> Vec<Statement> {
        self.into_write().statements(None)
    }

    fn statements_now(self) -> Vec<Statement> {
        self.statements().into_iter().map(Statement::now).collect()
    }

    /// The SQL text and its parameters: of the first statement, where the rows need several.
    pub fn to_sql(&self) -> Statement {
        let first = self.clone().statements().into_iter().next();
        first.map_or_else(Statement::nothing, Statement::now)
    }

    /// Runs it; says how many rows were inserted or updated.
    ///
    /// # Errors
    /// What the database says, as an [`Error`]: a violated constraint, most likely.
    pub fn execute<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<u64, Error>> {
        let done = executor.execute_batch(self.statements_now());
        Box::pin(done.map_ok(|done| done.rows))
    }

    /// What happens if a row is in conflict with one that is there: `column`, or a tuple of columns, must be unique.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// let upsert = User::insert::<Sqlite>()
    ///     .values((User::id.set(1), User::name.set("Ann")))
    ///     .on_conflict(User::id)
    ///     .do_update(User::name.set(excluded(User::name)));
    /// assert_eq!(
    ///     upsert.to_sql().sql,
    ///     r#"INSERT INTO "users" ("id", "name") VALUES (?, ?) ON CONFLICT ("id") DO UPDATE SET "name" = "excluded"."name""#
    /// );
    /// ```
    pub fn on_conflict<K: ConflictTarget<D, T, I>, I>(mut self, target: K) -> Upsert<D, T>
    where
        D::Name: OnConflict,
        N: Unsettled,
    {
        self.conflict.clause().sql(" ON CONFLICT ");
        target.render(self.conflict.clause());
        Upsert::new(self.settled(), K::places())
    }

    /// The same, for a constraint that has this name, whatever it is: an exclusion constraint, too. That there is one, only
    /// the database knows. PostgreSQL has it.
    ///
    /// ```
    /// # #[cfg(feature = "postgres")] {
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// let upsert = User::insert::<Postgres>()
    ///     .values((User::id.set(1), User::name.set("Ann")))
    ///     .on_conflict_on_constraint("users_pkey")
    ///     .do_nothing();
    /// assert_eq!(
    ///     upsert.to_sql().sql,
    ///     r#"INSERT INTO "users" ("id", "name") VALUES ($1, $2) ON CONFLICT ON CONSTRAINT "users_pkey" DO NOTHING"#
    /// );
    /// # }
    /// ```
    pub fn on_conflict_on_constraint(mut self, name: &'static str) -> Upsert<D, T>
    where
        D::Name: OnConstraint,
        N: Unsettled,
    {
        self.conflict.clause().sql(" ON CONFLICT ON CONSTRAINT ");
        self.conflict.clause().name(name);
        Upsert::new(self.settled(), Vec::new())
    }

    /// Leaves out rows that are in conflict with one that is there, whatever the constraint. SQLite and PostgreSQL have
    /// it.
    pub fn on_conflict_do_nothing(mut self) -> Insert<D, T, Settled>
    where
        D::Name: OnConflict,
        N: Unsettled,
    {
        self.conflict.clause().sql(" ON CONFLICT DO NOTHING");
        self.settled()
    }

    /// Changes the row that is there instead, if one has the same primary key or is the same in a unique index.
    /// MySQL and MariaDB have it.
    ///
    /// The number of rows that [`execute`](Self::execute) returns counts a row that was changed twice, as the database does.
    ///
    /// ```
    /// # #[cfg(feature = "mysql")] {
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// let upsert = User::insert::<MySql>()
    ///     .values((User::id.set(1), User::name.set("Ann")))
    ///     .on_duplicate_key_update(User::name.set(inserted(User::name)));
    /// assert_eq!(
    ///     upsert.to_sql().sql,
    ///     "INSERT INTO `users` (`id`, `name`) VALUES (?, ?) AS `excluded` ON DUPLICATE KEY UPDATE `name` = `excluded`.`name`"
    /// );
    /// # }
    /// ```
    pub fn on_duplicate_key_update<A, I>(mut self, assignments: A) -> Insert<D, T, Settled>
    where
        A: UpdateSet<D, T, (Conflicting<T>,), I>,
        D::Name: OnDuplicateKey,
        N: Unsettled,
    {
        let mut list = AssignmentList::of(T::def(), D::SYNTAX);
        assignments.assigned(&mut list);
        list.add_updated(T::def());
        self.conflict.names_new_rows = true;
        write_assignments(" ON DUPLICATE KEY UPDATE ", T::def(), list, self.conflict.clause());
        self.settled()
    }

    /// Changes the row that is there to what the new one has, in all columns that the insert sets, beside the primary key;
    /// `.except(..)` leaves out more. MySQL and MariaDB have it.
    ///
    /// ```
    /// # #[cfg(feature = "mysql")] {
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// let upsert = User::insert::<MariaDb>().values((User::id.set(1), User::name.set("Ann"))).on_duplicate_key_update_all();
    /// assert_eq!(
    ///     upsert.to_sql().sql,
    ///     "INSERT INTO `users` (`id`, `name`) VALUES (?, ?) ON DUPLICATE KEY UPDATE `name` = VALUES(`name`)"
    /// );
    /// # }
    /// ```
    pub fn on_duplicate_key_update_all(self) -> DoUpdate<D, T, AllColumns>
    where
        D::Name: OnDuplicateKey,
        N: Unsettled,
    {
        DoUpdate::all(self.settled(), Vec::new())
    }

    /// `INSERT IGNORE`: leaves out rows that cannot be inserted, for whatever reason, and makes values fit that do not.
    /// MySQL and MariaDB have it.
    pub fn ignore(mut self) -> Insert<D, T, Ignored>
    where
        D::Name: InsertIgnore,
        N: Unsettled,
    {
        self.conflict.verb("INSERT IGNORE INTO ");
        self.settled()
    }

    /// `REPLACE`: deletes the rows that a new one is in conflict with, whatever the constraint, and inserts it; what the new row
    /// leaves out is then gone, and rows that refer to the old one go as its foreign keys say. SQLite, MySQL and MariaDB have
    /// it.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// let replace = User::insert::<Sqlite>().values((User::id.set(1), User::name.set("Ann"))).or_replace();
    /// assert_eq!(replace.to_sql().sql, r#"REPLACE INTO "users" ("id", "name") VALUES (?, ?)"#);
    /// ```
    pub fn or_replace(mut self) -> Insert<D, T, Settled>
    where
        D::Name: Replace,
        N: Unsettled,
    {
        self.conflict.verb("REPLACE INTO ");
        self.settled()
    }

    /// Sets columns in each of the rows, whatever the structs say of them: what no struct can hold, an expression.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users", insert = NewUser)] struct User { #[column(primary_key, auto_increment)] id: i64, name: String, code: Option<String> }
    /// let insert = User::insert::<Sqlite>().row(NewUser::new("Ann")).set(User::code.set(sql!(String, "hex(randomblob(4))")));
    /// assert_eq!(insert.to_sql().sql, r#"INSERT INTO "users" ("name", "code") VALUES (?, hex(randomblob(4)))"#);
    /// ```
    pub fn set<A: UpdateSet<D, T, (), I>, I>(mut self, assignments: A) -> Self
    where
        N: WrittenRows,
    {
        let mut list = AssignmentList::of(T::def(), D::SYNTAX);
        assignments.assigned(&mut list);
        if let Rows::Values(batches) = &mut self.rows {
            batches.iter_mut().for_each(|batch| list.list.iter().for_each(|assigned| batch.set(assigned)));
        }
        self
    }

    /// Returns columns of the rows that were written.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key, auto_increment)] id: i64, name: String }
    /// let insert = User::insert::<Sqlite>().values((User::name.set("Ann"),)).returning(User::id);
    /// assert_eq!(insert.to_sql().sql, r#"INSERT INTO "users" ("name") VALUES (?) RETURNING "users"."id""#);
    /// ```
    pub fn returning<P: Returnable<D, (T,), I, R>, I, R>(self, projection: P) -> Returning<D, R>
    where
        D::Name: InsertReturning,
    {
        Returning::of::<(T,), I, P>(self.into_write(), projection)
    }
}

/// An insert of certainly one row, whose conflicts are not settled.
#[diagnostic::on_unimplemented(
    message = "only an insert of one row has an id: `.row(..)` or `.values(..)`, without more",
    label = "may insert several rows, or none"
)]
pub trait OneRow {}
#[diagnostic::do_not_recommend]
impl OneRow for One {}

impl<D: Dialect, T: Table, N> Insert<D, T, N> {
    /// Runs it; returns the key that the row got. SQLite, MySQL and MariaDB have it; PostgreSQL has
    /// [`returning`](Self::returning).
    ///
    /// # Errors
    /// What the database says, as an [`Error`]. MySQL and MariaDB do not tell a negative key that you gave yourself:
    /// [`Error::RowNotFound`], though the row is there.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key, auto_increment)] id: i64, name: String }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
    /// # let db = SqlitePool::connect("sqlite::memory:").await?;
    /// # schema! { User }.create_tables(&db).await?;
    /// let ann = User::insert().values((User::name.set("Ann"),)).insert_id(&db).await?;
    /// assert_eq!(ann, 1);
    /// # Ok(()) }
    /// ```
    pub fn insert_id<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<i64, Error>>
    where
        T: CountsUp,
        N: OneRow,
        D::Name: InsertId,
    {
        let done = executor.execute_batch(self.statements_now());
        Box::pin(done.map(|done| done?.id.ok_or(Error::RowNotFound)))
    }
}
