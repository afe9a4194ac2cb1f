//! Upserts: what happens to rows that are in conflict with others.

use std::marker::PhantomData;

use super::{
    assign::AssignmentList,
    filter::{Filter, add_condition},
    insert::{Insert, Settled},
    parts::table_name,
    scope::Conflicting,
    update::UpdateSet,
};
use crate::{
    Error,
    dialect::{Dialect, InsertReturning, NewRow, OnConflict, Syntax},
    render::{Fragment, Statement},
    run::{BoxFuture, Executor},
    table::{Col, Column, Table, TableDef},
};

/// What happens to rows that are in conflict with others.
#[derive(Debug, Clone)]
pub(crate) struct Conflict {
    verb: &'static str,
    /// `ON CONFLICT ..`, `ON DUPLICATE KEY UPDATE ..`, or nothing.
    clause: Fragment,
    /// What is set to what the new row has: all that this sets, beside the columns in these places.
    all_but: Option<Vec<usize>>,
    /// What follows the assignments.
    filter: Fragment,
    /// Whether the clause may name the new rows.
    pub(crate) names_new_rows: bool,
    does_nothing: bool,
}

impl Conflict {
    pub(crate) const fn new(syntax: &'static Syntax) -> Self {
        Conflict {
            verb: "INSERT INTO ",
            clause: Fragment::clause(syntax),
            all_but: None,
            filter: Fragment::clause(syntax),
            names_new_rows: false,
            does_nothing: false,
        }
    }

    /// ` DO NOTHING`
    pub(crate) fn do_nothing(&mut self) {
        self.clause.sql(" DO NOTHING");
        self.does_nothing = true;
    }

    /// `INSERT IGNORE INTO ..`, `REPLACE INTO ..`
    pub(crate) const fn verb(&mut self, verb: &'static str) {
        self.verb = verb;
    }

    /// `ON CONFLICT ..`, `ON DUPLICATE KEY UPDATE ..`
    pub(crate) const fn clause(&mut self) -> &mut Fragment {
        &mut self.clause
    }

    /// Whether nothing is said of conflicts.
    pub(crate) fn is_empty(&self) -> bool {
        self.clause.is_empty() && self.all_but.is_none()
    }

    /// Whether what it sets depends on what the rows set: rows that set different columns cannot stand together.
    pub(crate) fn depends_on_rows(&self) -> bool {
        self.all_but.is_some()
    }

    /// How many values it binds.
    pub(crate) fn parameters(&self) -> usize {
        self.clause.parameters() + self.filter.parameters()
    }

    /// `INSERT INTO table`
    pub(crate) fn head(&self, def: &'static TableDef, mut out: Fragment) -> Fragment {
        out.reserve(64 + 16 * def.columns.len() + self.clause.len(), 0);
        out.sql(self.verb);
        table_name(def, &mut out);
        out
    }

    /// What `.do_update_all()` sets of the columns that rows set: no keys, and what mizzle computes by itself only if it is
    /// to be computed on each update.
    pub(crate) fn updated(&self, def: &TableDef, columns: &[usize], is_given: impl Fn(usize) -> bool) -> Vec<usize> {
        let Some(but) = &self.all_but else { return Vec::new() };
        let is_updated = |place: usize, column: usize| {
            let known = &def.columns[column];
            let is_key = but.contains(&column) || def.primary_key.contains(&known.name);
            !is_key && (known.on_update_fn.is_some() || is_given(place))
        };
        let columns = columns.iter().enumerate().filter(|(place, column)| is_updated(*place, **column));
        columns.map(|(_, column)| *column).collect()
    }

    /// Writes what follows the rows; `updated` is what [`updated`](Self::updated) says of them.
    pub(crate) fn write(&self, def: &'static TableDef, updated: &[usize], out: &mut Fragment) {
        out.append_copy(&self.clause);
        if self.all_but.is_some() {
            let is_on_conflict = out.syntax().writes.new_row == NewRow::Excluded;
            if updated.is_empty() && is_on_conflict {
                return out.sql(" DO NOTHING");
            }
            write_all(if is_on_conflict { " DO UPDATE SET " } else { " ON DUPLICATE KEY UPDATE " }, def, updated, out);
        }
        if !self.filter.is_empty() && !self.does_nothing {
            out.sql(" WHERE ");
            out.append_copy(&self.filter);
        }
    }
}

/// Writes `keyword a = excluded.a, ..`; of nothing, an assignment that changes nothing.
fn write_all(keyword: &'static str, def: &'static TableDef, columns: &[usize], out: &mut Fragment) {
    if columns.is_empty() {
        return write_assignments(keyword, def, AssignmentList::default(), out);
    }
    let mut separator = keyword;
    for &column in columns {
        out.sql(std::mem::replace(&mut separator, ", "));
        out.name(def.columns[column].name);
        out.sql(" = ");
        new_value(def.columns[column].name, out);
    }
}

/// Writes the value that the row would have had.
pub(crate) fn new_value(column: &'static str, out: &mut Fragment) {
    if out.syntax().writes.new_row == NewRow::Values {
        out.sql("VALUES(");
        out.name(column);
        return out.sql(")");
    }
    out.column("excluded", column);
}

/// Writes `keyword a = .., b = ..`; of nothing, an assignment that changes nothing.
pub(crate) fn write_assignments(
    keyword: &'static str,
    def: &'static TableDef,
    list: AssignmentList,
    out: &mut Fragment,
) {
    out.sql(keyword);
    if list.list.is_empty() {
        out.name(def.columns[0].name);
        out.sql(" = ");
        out.column(def.name, def.columns[0].name);
    }
    let mut separator = "";
    for assigned in list.list {
        out.sql(std::mem::replace(&mut separator, ", "));
        out.name(def.columns[assigned.column].name);
        out.sql(" = ");
        assigned.value.write(out);
    }
}

/// An insert whose conflicts are to be settled: `.do_nothing()`, `.do_update(..)` or `.do_update_all()`.
#[must_use = "say what happens: `.do_nothing()`, `.do_update(..)` or `.do_update_all()`"]
pub struct Upsert<D, T> {
    insert: Insert<D, T, Settled>,
    /// The places of the columns that are in conflict.
    target: Vec<usize>,
}

impl<D: Dialect, T: Table> std::fmt::Debug for Upsert<D, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Upsert").field(&self.insert).finish()
    }
}

impl<D: Dialect, T: Table> Upsert<D, T> {
    pub(crate) const fn new(insert: Insert<D, T, Settled>, target: Vec<usize>) -> Self {
        Upsert { insert, target }
    }

    /// Leaves the row that is there as it is.
    pub fn do_nothing(mut self) -> Insert<D, T, Settled> {
        self.insert.conflict.do_nothing();
        self.insert
    }

    /// Changes the row that is there. A patch that changes nothing leaves it as it is.
    pub fn do_update<A: UpdateSet<D, T, (Conflicting<T>,), I>, I>(mut self, assignments: A) -> DoUpdate<D, T> {
        let mut list = AssignmentList::default();
        assignments.assigned(&mut list);
        if list.list.is_empty() {
            // A patch that changes nothing.
            self.insert.conflict.do_nothing();
        } else {
            list.add_updated(T::def());
            write_assignments(" DO UPDATE SET ", T::def(), list, &mut self.insert.conflict.clause);
        }
        DoUpdate::new(self.insert)
    }

    /// Changes the row that is there to what the new one has, in all columns that the insert sets, beside the primary key
    /// and what is in conflict. `.except(..)` leaves out more.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String, #[column(unique)] email: String }
    /// let upsert = User::insert::<Sqlite>()
    ///     .values((User::id.set(1), User::name.set("Ann"), User::email.set("a@b.c")))
    ///     .on_conflict(User::email)
    ///     .do_update_all();
    /// assert_eq!(
    ///     upsert.to_sql().sql,
    ///     r#"INSERT INTO "users" ("id", "name", "email") VALUES (?, ?, ?) ON CONFLICT ("email") DO UPDATE SET "name" = "excluded"."name""#
    /// );
    /// ```
    pub fn do_update_all(self) -> DoUpdate<D, T, AllColumns> {
        DoUpdate::all(self.insert, self.target)
    }
}

/// An upsert that changes some columns.
#[derive(Debug)]
pub struct SomeColumns;
/// An upsert that changes all columns that the insert sets.
#[derive(Debug)]
pub struct AllColumns;

/// An upsert: the insert and what it changes, [`SomeColumns`] or [`AllColumns`]. Add `.filter(..)`, `.returning(..)`, or
/// execute it.
#[must_use = "an upsert does nothing until it is executed"]
pub struct DoUpdate<D, T, C = SomeColumns> {
    insert: Insert<D, T, Settled>,
    marker: PhantomData<fn() -> C>,
}

impl<D: Dialect, T: Table, C> std::fmt::Debug for DoUpdate<D, T, C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("DoUpdate").field(&self.insert).finish()
    }
}

impl<D, T, C> Clone for DoUpdate<D, T, C> {
    fn clone(&self) -> Self {
        DoUpdate { insert: self.insert.clone(), marker: PhantomData }
    }
}

impl<D: Dialect, T: Table> DoUpdate<D, T, AllColumns> {
    /// All columns that `insert` sets, beside the primary key and these.
    pub(super) fn all(mut insert: Insert<D, T, Settled>, but: Vec<usize>) -> Self {
        insert.conflict.all_but = Some(but);
        insert.conflict.names_new_rows = true;
        Self::new(insert)
    }
}

/// An upsert that changes all columns.
#[diagnostic::on_unimplemented(
    message = "`.except(..)` needs `.do_update_all()`: this names the columns that it changes",
    label = "nothing to leave out"
)]
pub trait ChangesAll {}
#[diagnostic::do_not_recommend]
impl ChangesAll for AllColumns {}

/// A column of the table `T`, or a tuple of columns.
#[diagnostic::on_unimplemented(
    message = "these are no columns of `{T}`",
    label = "expected `{T}::column`, or a tuple of columns"
)]
pub trait ColumnsOfTable<T> {
    /// Their places in the table.
    const PLACES: &'static [usize];
}

impl<T: Table, C: Column> ColumnsOfTable<T> for Col<C, T> {
    const PLACES: &'static [usize] = &[C::INDEX];
}

macro_rules! columns {
    ($($column:ident)+) => {
        #[diagnostic::do_not_recommend]
        impl<Tbl: Table, $($column: Column),+> ColumnsOfTable<Tbl> for ($(Col<$column, Tbl>,)+) {
            const PLACES: &'static [usize] = &[$($column::INDEX),+];
        }
    };
}

columns!(A);
columns!(A B);
columns!(A B C);
columns!(A B C D);
columns!(A B C D E);
columns!(A B C D E F);
columns!(A B C D E F G);
columns!(A B C D E F G H);

impl<D: Dialect, T: Table, C> DoUpdate<D, T, C> {
    const fn new(insert: Insert<D, T, Settled>) -> Self {
        DoUpdate { insert, marker: PhantomData }
    }

    /// Leaves a column, or a tuple of columns, as it is.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String, email: String }
    /// let upsert = User::insert::<Sqlite>()
    ///     .values((User::id.set(1), User::name.set("Ann"), User::email.set("a@b.c")))
    ///     .on_conflict(User::id)
    ///     .do_update_all()
    ///     .except(User::email);
    /// assert_eq!(
    ///     upsert.to_sql().sql,
    ///     r#"INSERT INTO "users" ("id", "name", "email") VALUES (?, ?, ?) ON CONFLICT ("id") DO UPDATE SET "name" = "excluded"."name""#
    /// );
    /// ```
    pub fn except<X: ColumnsOfTable<T>>(mut self, _columns: X) -> Self
    where
        C: ChangesAll,
    {
        self.insert.conflict.all_but.get_or_insert_default().extend_from_slice(X::PLACES);
        self
    }

    /// Changes the row that is there only if the condition holds. SQLite and PostgreSQL have it.
    pub fn filter<F: Filter<D, (Conflicting<T>,), I>, I>(mut self, filter: F) -> Self
    where
        D::Name: OnConflict,
    {
        add_condition(&mut self.insert.conflict.filter, |conditions| filter.add_to(conditions));
        self
    }

    /// The finished insert.
    pub(super) fn finish(self) -> Insert<D, T, Settled> {
        self.insert
    }

    /// The SQL text and its parameters: of the first statement, where it needs several.
    pub fn to_sql(&self) -> Statement {
        self.insert.to_sql()
    }

    /// Runs it; says how many rows were inserted or updated.
    ///
    /// # Errors
    /// What the database says, as an [`Error`].
    pub fn execute<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<u64, Error>> {
        self.finish().execute(executor)
    }

    /// Returns columns of the rows that were inserted or updated.
    pub fn returning<P: super::returning::Returnable<D, (T,), I, R>, I, R>(
        self,
        projection: P,
    ) -> super::returning::Returning<D, R>
    where
        D::Name: InsertReturning,
    {
        self.finish().returning(projection)
    }
}
