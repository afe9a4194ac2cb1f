//! `.set_each(..)`: an UPDATE that gives each row values of its own.

use std::marker::PhantomData;

use futures_util::TryFutureExt as _;

use super::{
    assign::{AssignmentList, target},
    clause::WHERE,
    each_row::{EachColumns, EachKey, EachRows, refuse_repeated_keys},
    filter::{Condition, add_condition},
    parts::table_name,
    returning::{Returnable, Returning},
    unnest,
    update::{Update, UpdateSet},
    write::{Begin, Verb, Write, write_condition},
};
use crate::{
    Error,
    dialect::{Dialect, Syntax, UpdateReturning},
    render::{Fragment, Statement},
    run::{BoxFuture, Executor},
    table::{Table, TableDef},
    value::{DataType, Value},
};

/// How many rows a CASE tells apart: for each row it goes through them one by one.
const BRANCHES: usize = 1000;

/// An UPDATE that gives each row values of its own; see [`Update::set_each`].
#[must_use = "an update does nothing until it is executed"]
pub struct UpdateEach<D, T> {
    each: Each,
    marker: PhantomData<fn() -> (D, T)>,
}

/// The clauses of such an UPDATE.
#[derive(Debug, Clone)]
pub(super) struct Each {
    keys: Vec<usize>,
    columns: Vec<usize>,
    /// The rows: in each, the values of the keys and then those of the columns.
    values: Vec<Value>,
    /// What is set to the same in all of the rows.
    others: AssignmentList,
    filter: Fragment,
}

impl<D, T> Clone for UpdateEach<D, T> {
    fn clone(&self) -> Self {
        UpdateEach { each: self.each.clone(), marker: PhantomData }
    }
}

impl<D: Dialect, T: Table> std::fmt::Debug for UpdateEach<D, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.clone().statements().iter().map(|statement| &statement.sql)).finish()
    }
}

impl<D: Dialect, T: Table> Update<D, T> {
    /// Gives each row values of its own: `rows` are pairs of a key and what is set in the row that has it.
    ///
    /// The key is a unique column, or a tuple of columns that is unique; what is set is a column or a tuple of columns,
    /// and then the values are tuples, too. A key that no row has changes nothing. A key that is there twice is an
    /// [`Error::Encode`], before anything is sent: which of its values is meant? No rows send nothing. More than 1000 rows are sent in several statements, all in one transaction; on PostgreSQL,
    /// where a column of any number of rows is one parameter, it is one statement.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table, Debug, PartialEq)] #[table(name = "users")]
    /// # struct User { #[column(primary_key)] id: i64, city: String, age: Option<i32> }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
    /// # let db = SqlitePool::connect("sqlite::memory:").await?;
    /// # schema! { User }.create_tables(&db).await?;
    /// # for id in [1, 2] { User::insert().values((User::id.set(id), User::city.set("x"))).execute(&db).await?; }
    /// let cities = User::update().set_each(User::id, User::city, [(1, "New York"), (2, "Los Angeles")]);
    /// assert_eq!(
    ///     cities.to_sql().sql,
    ///     r#"UPDATE "users" SET "city" = CASE "users"."id" WHEN ? THEN ? WHEN ? THEN ? END WHERE "users"."id" IN (?, ?)"#
    /// );
    /// assert_eq!(cities.execute(&db).await?, 2);
    ///
    /// let rows = vec![(1, ("Rome", Some(41))), (2, ("Oslo", None))];
    /// User::update().set_each(User::id, (User::city, User::age), rows).execute(&db).await?;
    /// assert_eq!(User::query().filter(User::city.eq("Rome")).select(User::age).fetch_one(&db).await?, Some(41));
    /// # Ok(()) }
    /// ```
    pub fn set_each<K: EachKey<T, I, Keys>, C: EachColumns<T, Keys>, R: EachRows<K, C>, I, Keys>(
        self,
        _key: K,
        _columns: C,
        rows: R,
    ) -> UpdateEach<D, T> {
        let (keys, columns) = (K::places(), C::places());
        let mut values = rows.values();
        refuse_repeated_keys(&mut values, keys.len(), keys.len() + columns.len());
        let each = Each {
            keys,
            columns,
            values,
            others: AssignmentList::of(T::def(), D::SYNTAX),
            filter: Fragment::clause(D::SYNTAX).of_write(target(T::def(), D::SYNTAX)),
        };
        UpdateEach { each, marker: PhantomData }
    }
}

impl<D: Dialect, T: Table> UpdateEach<D, T> {
    /// Sets columns to the same in all of these rows.
    pub fn set<A: UpdateSet<D, T, (T,), I>, I>(mut self, assignments: A) -> Self {
        let mut list = AssignmentList::of(T::def(), D::SYNTAX);
        assignments.assigned(&mut list);
        // A later call has the last word.
        let others = &mut self.each.others.list;
        others.retain(|before| list.list.iter().all(|assigned| assigned.column != before.column));
        others.append(&mut list.list);
        self
    }

    /// Changes only those of the rows for which the condition holds; several must all hold.
    pub fn filter<C: Condition<D, (T,), WHERE, I>, I>(mut self, condition: C) -> Self {
        add_condition(&mut self.each.filter, |conditions| condition.add_to(conditions));
        self
    }

    fn into_write(self) -> Write {
        Write { def: T::def(), kind: D::KIND, verb: Verb::Each(self.each) }
    }

    fn statements(self) -> Vec<Statement> {
        self.into_write().statements(None)
    }

    /// The SQL text and its parameters: of the first statement, where the rows need several; empty if there are none.
    pub fn to_sql(&self) -> Statement {
        let first = self.clone().statements().into_iter().next();
        first.map_or_else(Statement::nothing, Statement::now)
    }

    /// Runs it; says how many rows were changed.
    ///
    /// # Errors
    /// What the database says, as an [`Error`].
    pub fn execute<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<u64, Error>> {
        let done = executor.execute_batch(self.statements().into_iter().map(Statement::now).collect());
        Box::pin(done.map_ok(|done| done.rows))
    }

    /// Returns columns of the rows that were changed, in no order. SQLite and PostgreSQL have it.
    pub fn returning<P: Returnable<D, (T,), I, R>, I, R>(self, projection: P) -> Returning<D, R>
    where
        D::Name: UpdateReturning,
    {
        Returning::of::<(T,), I, P>(self.into_write(), projection)
    }
}

/// The name of the new rows, which is not that of the table.
fn new_rows(def: &TableDef) -> &'static str {
    if def.name == "each" { "each_row" } else { "each" }
}

impl Each {
    /// Writes the UPDATE: several where the rows need them. `bound` is how many values RETURNING binds.
    pub(super) fn write(
        mut self,
        def: &'static TableDef,
        bound: usize,
        begin: Begin,
        syntax: &'static Syntax,
        finish: &mut impl FnMut(Fragment),
    ) {
        self.others.add_missing(def, &self.columns);
        // What `.set(..)` says of all rows holds.
        let is_set = |column: &usize| self.others.list.iter().any(|assigned| assigned.column == *column);
        let columns: Vec<usize> = (0..self.columns.len()).filter(|n| !is_set(&self.columns[*n])).collect();
        let as_arrays = syntax.writes.unnest && self.fits_arrays(def);
        let rows = self.rows_per_statement(columns.len(), bound, as_arrays, syntax);
        let mut values = std::mem::take(&mut self.values).into_iter();
        while !values.as_slice().is_empty() {
            let values: Vec<Value> = values.by_ref().take(rows.max(1) * self.width()).collect();
            let mut out = begin(syntax);
            self.write_rows(def, values, &columns, as_arrays, &mut out);
            finish(out);
        }
    }

    /// How many rows one statement takes that sets so many columns.
    fn rows_per_statement(&self, columns: usize, bound: usize, as_arrays: bool, syntax: &Syntax) -> usize {
        let others = self.others.list.iter().map(|assigned| assigned.value.parameters()).sum::<usize>();
        let parameters = syntax.max_parameters.saturating_sub(others + self.filter.parameters() + bound);
        let keys = self.keys.len();
        match as_arrays {
            true => parameters / self.width(),
            false => (parameters / (keys + columns * (keys + 1))).min(BRANCHES),
        }
    }

    /// `UPDATE table SET .. WHERE ..`, for these rows.
    fn write_rows(
        &self,
        def: &'static TableDef,
        mut values: Vec<Value>,
        columns: &[usize],
        as_arrays: bool,
        out: &mut Fragment,
    ) {
        out.sql("UPDATE ");
        table_name(def, out);
        let mut separator = " SET ";
        for &column in columns {
            out.sql(std::mem::replace(&mut separator, ", "));
            out.name(def.columns[self.columns[column]].name);
            out.sql(" = ");
            match as_arrays {
                true => out.column(new_rows(def), def.columns[self.columns[column]].name),
                false => self.write_case(def, &mut values, column, out),
            }
        }
        for assigned in &self.others.list {
            out.sql(std::mem::replace(&mut separator, ", "));
            out.name(def.columns[assigned.column].name);
            out.sql(" = ");
            assigned.value.clone().write(out);
        }
        match as_arrays {
            true => self.write_arrays(def, values, out),
            false => self.write_keys(def, values, out),
        }
        if !self.filter.is_empty() {
            out.sql(" AND ");
            write_condition(def, self.filter.clone(), out);
        }
    }

    fn width(&self) -> usize {
        self.keys.len() + self.columns.len()
    }

    /// All columns, in the order of a row's values.
    fn all(&self) -> impl Iterator<Item = usize> + Clone {
        self.keys.iter().chain(&self.columns).copied()
    }

    /// An array of arrays would be taken apart to the last element.
    fn fits_arrays(&self, def: &TableDef) -> bool {
        self.all().all(|column| !matches!(def.columns[column].data_type, DataType::Array(_)))
    }

    /// `CASE id WHEN ? THEN ? .. END`, of the column in this place.
    fn write_case(&self, def: &'static TableDef, values: &mut [Value], column: usize, out: &mut Fragment) {
        let single = self.keys.len() == 1;
        out.sql("CASE");
        if single {
            out.sql(" ");
            self.write_key(def, 0, out);
        }
        for row in values.chunks_mut(self.width()) {
            out.sql(" WHEN ");
            for (key, value) in row[..self.keys.len()].iter().enumerate() {
                if !single {
                    out.sql(if key > 0 { " AND " } else { "" });
                    self.write_key(def, key, out);
                    out.sql(" = ");
                }
                out.value(value.clone());
            }
            out.sql(" THEN ");
            // Nobody asks for it again.
            out.value(std::mem::replace(&mut row[self.keys.len() + column], Value::Bool(false)));
        }
        out.sql(" END");
    }

    /// ` WHERE id IN (?, ..)`
    fn write_keys(&self, def: &'static TableDef, values: Vec<Value>, out: &mut Fragment) {
        let (single, width) = (self.keys.len() == 1, self.width());
        out.sql(if single { " WHERE " } else { " WHERE (" });
        for key in 0..self.keys.len() {
            out.sql(if key > 0 { ", " } else { "" });
            self.write_key(def, key, out);
        }
        out.sql(if single { " IN (" } else { out.syntax().writes.in_rows });
        for (place, value) in values.into_iter().enumerate() {
            let key = place % width;
            if key >= self.keys.len() {
                continue;
            }
            out.sql(if place > 0 { ", " } else { "" });
            out.sql(if key == 0 && !single { "(" } else { "" });
            out.value(value);
            out.sql(if key + 1 == self.keys.len() && !single { ")" } else { "" });
        }
        out.sql(")");
    }

    /// ` FROM unnest($1::bigint[], ..) AS each (id, ..) WHERE users.id = each.id`
    fn write_arrays(&self, def: &'static TableDef, values: Vec<Value>, out: &mut Fragment) {
        out.sql(" FROM ");
        unnest::write(unnest::types(def, self.all()), values, out);
        out.sql(" AS ");
        out.name(new_rows(def));
        let mut separator = " (";
        for column in self.all() {
            out.sql(std::mem::replace(&mut separator, ", "));
            out.name(def.columns[column].name);
        }
        out.sql(")");
        let mut separator = " WHERE ";
        for key in 0..self.keys.len() {
            out.sql(std::mem::replace(&mut separator, " AND "));
            self.write_key(def, key, out);
            out.sql(" = ");
            out.column(new_rows(def), def.columns[self.keys[key]].name);
        }
    }

    fn write_key(&self, def: &'static TableDef, key: usize, out: &mut Fragment) {
        out.column(def.name, def.columns[self.keys[key]].name);
    }
}
