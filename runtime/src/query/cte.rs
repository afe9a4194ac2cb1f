//! Common table expressions: queries that a statement names in WITH.

use std::{marker::PhantomData, ops::Deref};

use super::{
    derived::{Derived, Joined, Name, QuerySource, inner_query},
    output::{FromItem, HasColumns, OutputRow, Returned},
    parts::{Origin, Parts},
    reach::ThisQuery,
    scope::{Entry, Maybe, TopLevel},
    select::Select,
    sets::NamesList,
    state::{Complete, Rows, Selected, State, Unlocked},
};
use crate::{
    Error,
    dialect::{Dialect, MaterializedCtes},
    render::{CommonTable, Definition, Fragment},
    run::RowReader,
    value::{NotNull, SqlValue},
};

/// A query that a statement names in WITH, called `N`: see [`Select::cte`]. Its fields are its columns, `R` is its row.
pub struct Cte<D, N, R> {
    pub(super) table: CommonTable,
    marker: PhantomData<fn() -> (D, N, R)>,
}

impl<D, N, R> Clone for Cte<D, N, R> {
    fn clone(&self) -> Self {
        Cte::of(self.table.clone())
    }
}

impl<D, N, R> Cte<D, N, R> {
    pub(super) const fn of(table: CommonTable) -> Self {
        Cte { table, marker: PhantomData }
    }
}

impl<D, N: Name, R> std::fmt::Debug for Cte<D, N, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Cte").field(&N::NAME).finish()
    }
}

impl<D, N: Name, R: OutputRow> Deref for Cte<D, N, R> {
    type Target = R::Columns<Derived<N, R>>;

    fn deref(&self) -> &Self::Target {
        R::columns::<Derived<N, R>>()
    }
}

impl<D: Dialect, S, R, X> Select<D, S, R, X> {
    /// A common table expression: a query with a name, which a statement declares once in WITH, however often it and its
    /// subqueries read from it. Nothing but reading from it is needed: the statement finds its CTEs itself.
    ///
    /// Two CTEs of one name in one statement get different ones in WITH. A statement that cannot begin with WITH (INSERT
    /// on MySQL; INSERT, UPDATE and DELETE on MariaDB) has them where they are read.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, #[column(references = User::id)] author_id: i64 }
    /// let totals = Post::query::<Sqlite>()
    ///     .group_by(Post::author_id)
    ///     .select(row!({ author: Post::author_id, n: count_star() }))
    ///     .cte(alias!(totals));
    /// let query = User::query()
    ///     .left_join_to(&totals)
    ///     .on(totals.author.eq(User::id))
    ///     .select((User::name, totals.n));
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"WITH "totals" AS (SELECT "posts"."author_id" AS "author", count(*) AS "n" FROM "posts" GROUP BY "posts"."author_id") SELECT "users"."name", "totals"."n" FROM "users" LEFT JOIN "totals" ON "totals"."author" = "users"."id""#
    /// );
    /// ```
    pub fn cte<N: Name, R2: OutputRow>(self, _: N) -> Cte<D, N, R2>
    where
        Returned<R>: HasColumns<R, R2>,
        State<X>: Complete,
        Standalone<S>: NamesNoOuter,
    {
        let definition = Definition::query(inner_query::<D, R2>(self.parts));
        Cte::of(CommonTable::undefined(N::NAME).defined(definition))
    }
}

/// The scope of a CTE, in errors.
#[derive(Debug)]
pub struct Standalone<S>(PhantomData<S>);

/// A CTE that names no table of a query around it.
#[diagnostic::on_unimplemented(
    message = "a CTE stands before the whole statement: it cannot use columns of a query around it",
    label = "correlated by `.outer::<..>()`"
)]
pub trait NamesNoOuter {}
#[diagnostic::do_not_recommend]
impl<S: TopLevel> NamesNoOuter for Standalone<S> {}

fn origin<N: Name, R: OutputRow>(table: &CommonTable, mut text: Fragment) -> Origin {
    text.cte(table, N::NAME);
    Origin::query(R::COLUMNS, N::NAME, text)
}

impl<D: Dialect, N: Name, R: OutputRow> Cte<D, N, R> {
    /// `SELECT .. FROM name`
    pub fn query(&self) -> Select<D, (Derived<N, R>,), R> {
        Select::from_origin(self.origin())
    }

    fn origin(&self) -> Origin {
        origin::<N, R>(&self.table, Fragment::clause(D::SYNTAX))
    }

    /// The same CTE by another name, so that a query can read from it twice.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// let first = User::query::<Sqlite>().filter(User::id.lt(9)).cte(alias!(first));
    /// let second = first.alias(alias!(second));
    /// let query = first.query().inner_join_to(&second).on(second.id.eq(first.id + 1)).select((first.name, second.name));
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"WITH "first" AS (SELECT "users"."id", "users"."name" FROM "users" WHERE "users"."id" < ?) SELECT "first"."name", "second"."name" FROM "first" INNER JOIN "first" AS "second" ON "second"."id" = "first"."id" + ?"#
    /// );
    /// ```
    pub fn alias<N2: Name>(&self, _: N2) -> Cte<D, N2, R> {
        Cte::of(self.table.clone())
    }

    fn hinted(self, hint: &'static str) -> Self {
        Cte::of(self.table.hinted(hint))
    }

    /// `AS MATERIALIZED`: computed once, apart from the query that reads it. SQLite and PostgreSQL have it.
    pub fn materialized(self) -> Self
    where
        D::Name: MaterializedCtes,
    {
        self.hinted("MATERIALIZED ")
    }

    /// `AS NOT MATERIALIZED`: planned together with the query that reads it. SQLite and PostgreSQL have it.
    pub fn not_materialized(self) -> Self
    where
        D::Name: MaterializedCtes,
    {
        self.hinted("NOT MATERIALIZED ")
    }
}

#[diagnostic::do_not_recommend]
impl<D: Dialect, N: Name, R: OutputRow> QuerySource<D, Derived<N, R>> for Cte<D, N, R> {
    fn joined(&self) -> Joined {
        Joined(self.origin())
    }
}

/// A recursive CTE inside of its own step: the rows that the step before found.
pub struct Recursion<D, N, R> {
    table: CommonTable,
    marker: PhantomData<fn() -> (D, N, R)>,
}

impl<D, N: Name, R> std::fmt::Debug for Recursion<D, N, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Recursion").field(&N::NAME).finish()
    }
}

impl<D, N: Name, R: OutputRow> Deref for Recursion<D, N, R> {
    type Target = R::Columns<Derived<N, R>>;

    fn deref(&self) -> &Self::Target {
        R::columns::<Derived<N, R>>()
    }
}

/// A recursive CTE in the scope of its own step.
#[derive(Debug)]
pub struct Itself<T>(PhantomData<fn() -> T>);

impl<N: Name, R: OutputRow> Entry for Itself<Derived<N, R>> {
    type Source = Derived<N, R>;
    type Null = NotNull;
    type Row = R;
    type Maybe = Missing<Derived<N, R>>;
    type Whose = ThisQuery;
    type OuterBefore<L: NamesList> = L;

    fn read<Row: RowReader>(row: &mut Row) -> Result<R, Error> {
        R::read(row)
    }
}

/// A recursive CTE on the nullable side of an outer join of its own step, where it cannot be.
#[derive(Debug)]
pub struct Missing<T>(PhantomData<fn() -> T>);

impl<N: Name, R: OutputRow> Entry for Missing<Derived<N, R>> {
    type Source = Derived<N, R>;
    type Null = crate::value::Nullable;
    type Row = Option<R>;
    type Maybe = Self;
    type Whose = ThisQuery;
    type OuterBefore<L: NamesList> = L;

    fn read<Row: RowReader>(row: &mut Row) -> Result<Option<R>, Error> {
        R::read_optional(row)
    }
}

impl<D: Dialect, N: Name, R: OutputRow> Recursion<D, N, R> {
    /// `SELECT .. FROM name`
    pub fn query(&self) -> Select<D, (Itself<Derived<N, R>>,), R> {
        let parts = Parts::from_origin(origin::<N, R>(&self.table, Fragment::clause(D::SYNTAX)), D::SYNTAX);
        Select::<D, (), R>::of_parts(parts, super::select::read_scope::<D, (Derived<N, R>,)>)
    }
}

#[diagnostic::do_not_recommend]
impl<D: Dialect, N: Name, R: OutputRow> QuerySource<D, Itself<Derived<N, R>>> for Recursion<D, N, R> {
    fn joined(&self) -> Joined {
        Joined(origin::<N, R>(&self.table, Fragment::clause(D::SYNTAX)))
    }
}

/// A place in the scope of a recursive step.
pub trait StepEntry<T> {}
#[diagnostic::do_not_recommend]
impl<T: FromItem, U> StepEntry<U> for T {}
#[diagnostic::do_not_recommend]
impl<T: FromItem, U> StepEntry<U> for Maybe<T> {}
#[diagnostic::do_not_recommend]
impl<T> StepEntry<T> for Itself<T> {}

/// The scope of a recursive step.
#[diagnostic::on_unimplemented(
    message = "the step of a recursive query reads from its own rows, and not on the nullable side of an outer join",
    label = "neither tables only, nor the recursive query itself beside them"
)]
pub trait StepScope<T> {}

macro_rules! scopes {
    ($($entry:ident),+) => {
        #[diagnostic::do_not_recommend]
        impl<Me, $($entry: StepEntry<Me>),+> StepScope<Me> for ($($entry,)+) {}
    };
}

scopes!(A);
scopes!(A, B);
scopes!(A, B, C);
scopes!(A, B, C, D);
scopes!(A, B, C, D, E);
scopes!(A, B, C, D, E, F);
scopes!(A, B, C, D, E, F, G);
scopes!(A, B, C, D, E, F, G, H);

/// A query that can be the step of a recursive one.
#[diagnostic::on_unimplemented(
    message = "the step of a recursive query can neither group, aggregate, lock nor make rows distinct",
    label = "not a plain query of rows"
)]
pub trait PlainStep {}
#[diagnostic::do_not_recommend]
impl PlainStep for State<Rows> {}
#[diagnostic::do_not_recommend]
impl PlainStep for State<Selected<Rows>> {}

/// The rows of a recursive step: one column for each of the rows that the recursion begins with.
#[diagnostic::on_unimplemented(
    message = "the step selects `{Self}`, the recursion begins with `{T}`",
    label = "each side must select the same columns, in the same order"
)]
pub trait ContinuesRow<T> {}

/// A column of a recursive step.
pub trait ContinuesColumn<T> {}
#[diagnostic::do_not_recommend]
impl<T> ContinuesColumn<T> for T {}
#[diagnostic::do_not_recommend]
impl<T: SqlValue> ContinuesColumn<Option<T>> for T {}

macro_rules! rows {
    ($($from:ident $to:ident),+) => {
        #[diagnostic::do_not_recommend]
        impl<$($from: ContinuesColumn<$to>, $to),+> ContinuesRow<($($to,)+)> for ($($from,)+) {}
    };
}

rows!(A TA);
rows!(A TA, B TB);
rows!(A TA, B TB, C TC);
rows!(A TA, B TB, C TC, D TD);
rows!(A TA, B TB, C TC, D TD, E TE);
rows!(A TA, B TB, C TC, D TD, E TE, F TF);
rows!(A TA, B TB, C TC, D TD, E TE, F TF, G TG);
rows!(A TA, B TB, C TC, D TD, E TE, F TF, G TG, H TH);

fn recurse<D: Dialect, N: Name, R: OutputRow, S2, R2, X2>(
    union: &'static str,
    mut base: Box<Parts>,
    step: impl FnOnce(&Recursion<D, N, R>) -> Select<D, S2, R2, X2>,
) -> Cte<D, N, R> {
    let table = CommonTable::undefined(N::NAME);
    let mut query = Fragment::clause(D::SYNTAX);
    base.write_member(R::COLUMNS, &mut query);
    query.sql(union);
    step(&Recursion { table: table.clone(), marker: PhantomData }).parts.write_step(&mut query);
    Cte::of(table.defined(Definition { is_recursive: true, ..Definition::query(query) }))
}

/// A recursive CTE: the rows of `base`, and those that `step` finds from the rows found before, until it finds none
/// (`UNION ALL`). Rows that repeat are found again: where there may be circles, use [`recursive_distinct`].
///
/// The step selects the same columns as `base`. A limit of the step is a limit of each step, which SQLite and MySQL refuse; that
/// of all rows is a limit of the query that reads the CTE.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "employees")] struct Employee { #[column(primary_key)] id: i64, boss_id: Option<i64> }
/// let base = Employee::query::<Sqlite>().filter(Employee::id.eq(1)).select(row!({ id: Employee::id, depth: value(0_i64) }));
/// let chain = recursive(alias!(chain), base, |chain| {
///     Employee::query().inner_join_to(chain).on(Employee::boss_id.eq(chain.id)).select((Employee::id, chain.depth + 1))
/// });
/// assert_eq!(
///     chain.query().filter(chain.depth.gt(1)).select(chain.id).to_sql().sql,
///     r#"WITH RECURSIVE "chain" AS (SELECT "employees"."id" AS "id", ? AS "depth" FROM "employees" WHERE "employees"."id" = ? UNION ALL SELECT "employees"."id", "chain"."depth" + ? FROM "employees" INNER JOIN "chain" ON "employees"."boss_id" = "chain"."id") SELECT "chain"."id" FROM "chain" WHERE "chain"."depth" > ?"#
/// );
/// ```
pub fn recursive<D: Dialect, N: Name, S: TopLevel, R: OutputRow, X, F, S2, R2, X2>(
    _: N,
    base: Select<D, S, R, X>,
    step: F,
) -> Cte<D, N, R>
where
    State<X>: Complete + Unlocked,
    F: FnOnce(&Recursion<D, N, R>) -> Select<D, S2, R2, X2>,
    S2: StepScope<Derived<N, R>>,
    State<X2>: PlainStep,
    R2: OutputRow<Types: ContinuesRow<R::Types>>,
{
    recurse(" UNION ALL ", base.parts, step)
}

/// The same as [`recursive`] without the rows that were found before (`UNION`): it ends in circles, too.
pub fn recursive_distinct<D: Dialect, N: Name, S: TopLevel, R: OutputRow, X, F, S2, R2, X2>(
    _: N,
    base: Select<D, S, R, X>,
    step: F,
) -> Cte<D, N, R>
where
    State<X>: Complete + Unlocked,
    F: FnOnce(&Recursion<D, N, R>) -> Select<D, S2, R2, X2>,
    S2: StepScope<Derived<N, R>>,
    State<X2>: PlainStep,
    R2: OutputRow<Types: ContinuesRow<R::Types>>,
{
    recurse(" UNION ", base.parts, step)
}
