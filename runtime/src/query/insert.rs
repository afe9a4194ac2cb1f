//! INSERT.

use std::marker::PhantomData;

use super::{
    assign::{AssignmentList, Assignments},
    conflict::{ConflictTarget, Upsert},
    parts::{Parts, table_name},
    required::{AllSetIn, NoneRepeats},
    returning::{Returnable, Returning, write_returning},
    select::Select,
    state::{Complete, State},
};
use crate::{
    Error,
    dialect::{Dialect, DialectKind},
    render::{Fragment, Statement},
    run::{BoxFuture, Executor, Query},
    table::{Cells, ColumnDef, InsertRow, Table, TableDef},
};

/// `INSERT INTO table`, before its rows: `.values(..)`, `.row(..)`, `.rows(..)` or `.select(..)`.
#[must_use = "add the rows: `.values(..)`, `.row(..)`, `.rows(..)`"]
pub struct InsertInto<D, T>(PhantomData<fn() -> (D, T)>);

impl<D, T: Table> std::fmt::Debug for InsertInto<D, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "INSERT INTO {}", T::def().name)
    }
}

/// One row: what it sets, by the column's place in the table.
type Row = Vec<(usize, Fragment)>;

/// Where the rows come from.
#[derive(Debug, Clone)]
enum Rows {
    Values(Vec<Row>),
    Query { columns: Vec<usize>, query: Box<Parts> },
}

/// An INSERT with its rows.
#[must_use = "an insert does nothing until it is executed"]
pub struct Insert<D, T> {
    rows: Rows,
    /// `ON CONFLICT ..`, if any.
    pub(crate) conflict: Fragment,
    marker: PhantomData<fn() -> (D, T)>,
}

impl<D, T> Clone for Insert<D, T> {
    fn clone(&self) -> Self {
        Insert { rows: self.rows.clone(), conflict: self.conflict.clone(), marker: PhantomData }
    }
}

impl<D: Dialect, T: Table> std::fmt::Debug for Insert<D, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Insert").field(&self.clone().into_statements(&Fragment::new())).finish()
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

impl<D: Dialect, T: Table, I, J, A> InsertValues<D, T, (I, J)> for A
where
    A: Assignments<D, T, (), I, Columns: NoneRepeats>,
    T::Required: AllSetIn<A::Columns, J>,
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
    pub fn values<V: InsertValues<D, T, I>, I>(self, values: V) -> Insert<D, T> {
        let mut list = AssignmentList::default();
        values.assigned(&mut list);
        let row = list.0.into_iter().map(|assigned| (assigned.column, assigned.value)).collect();
        Insert::of(vec![row])
    }

    /// One row, as a struct: `#[table(insert = NewUser)]` writes it.
    pub fn row<R: InsertRow<Table: RowOfTable<T>>>(self, row: R) -> Insert<D, T> {
        self.rows([row])
    }

    /// Any number of rows. More than fit into one statement are sent as several, in one transaction; none at all send nothing.
    pub fn rows<R: InsertRow<Table: RowOfTable<T>>>(self, rows: impl IntoIterator<Item = R>) -> Insert<D, T> {
        Insert::of(rows.into_iter().map(row_of).collect())
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
    pub fn from_query<C, S, R, X, I>(self, _columns: C, query: Select<D, S, R, X>) -> Insert<D, T>
    where
        C: super::returning::ColumnList<T, R, I>,
        S: super::scope::TopLevel,
        State<X>: Complete,
    {
        Insert {
            rows: Rows::Query { columns: C::places(), query: Box::new(query.parts) },
            conflict: Fragment::new(),
            marker: PhantomData,
        }
    }
}

fn row_of<R: InsertRow>(row: R) -> Row {
    let mut cells = Cells::default();
    row.cells(&mut cells);
    let place = |value| {
        let mut fragment = Fragment::new();
        fragment.value(value);
        fragment
    };
    cells.0.into_iter().map(|cell| (cell.column, place(cell.value))).collect()
}

/// Sets what mizzle computes itself, in the columns that the row leaves out.
fn add_client_defaults(row: &mut Row, def: &TableDef) {
    for (index, column) in def.columns.iter().enumerate() {
        let Some(value) = column.default_fn.or(column.on_update_fn) else {
            continue;
        };
        if row.iter().all(|(set, _)| *set != index) {
            let mut fragment = Fragment::new();
            fragment.value(value());
            row.push((index, fragment));
        }
    }
}

impl<D: Dialect, T: Table> Insert<D, T> {
    fn of(mut rows: Vec<Row>) -> Self {
        let def = T::def();
        for row in &mut rows {
            add_client_defaults(row, def);
            row.sort_by_key(|(column, _)| *column);
        }
        Insert { rows: Rows::Values(rows), conflict: Fragment::new(), marker: PhantomData }
    }

    /// The statements that say it: one, unless rows set different columns or exceed the parameter limit.
    fn into_statements(self, returning: &Fragment) -> Vec<Statement> {
        let def = T::def();
        let conflict = self.conflict;
        let finish = |mut out: Fragment| {
            out.append(conflict.clone());
            out.append(returning.clone());
            Statement::new(out, D::KIND).writing(def)
        };
        match self.rows {
            Rows::Query { columns, mut query } => {
                let mut out = head(def, &columns);
                if !conflict.is_empty() && query.filter.is_empty() {
                    // SQLite takes `ON` after a plain SELECT for a join.
                    query.filter.sql("true");
                }
                out.append(query.into_fragment(D::SYNTAX));
                vec![finish(out)]
            }
            Rows::Values(rows) => {
                batches(rows, D::SYNTAX.max_parameters - conflict.parameters() - returning.parameters())
                    .into_iter()
                    .map(|batch| {
                        let columns: Vec<usize> = batch[0].iter().map(|(column, _)| *column).collect();
                        if columns.is_empty() && !conflict.is_empty() {
                            return finish(defaults(def, D::KIND));
                        }
                        let mut out = head(def, &columns);
                        write_rows(batch, &mut out);
                        finish(out)
                    })
                    .collect()
            }
        }
    }

    /// The SQL text and its parameters: of the first statement, where the rows need several.
    pub fn to_sql(&self) -> Statement {
        let first = self.clone().into_statements(&Fragment::new()).into_iter().next();
        first.unwrap_or_else(|| Statement::new(Fragment::new(), D::KIND))
    }

    /// Runs it; says how many rows were inserted or updated.
    ///
    /// # Errors
    /// What the database says, as an [`Error`]: a violated constraint, most likely.
    pub fn execute<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<u64, Error>> {
        let done = executor.execute_batch(self.into_statements(&Fragment::new()));
        Box::pin(async move { Ok(done.await?.rows) })
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
    pub fn on_conflict<K: ConflictTarget<D, T, I>, I>(mut self, target: K) -> Upsert<D, T> {
        self.conflict.sql(" ON CONFLICT ");
        target.render(&mut self.conflict);
        Upsert::new(self)
    }

    /// Leaves out rows that are in conflict with one that is there, whatever the constraint.
    pub fn on_conflict_do_nothing(mut self) -> Self {
        self.conflict.sql(" ON CONFLICT DO NOTHING");
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
    pub fn returning<P: Returnable<D, T, I, R>, I, R>(self, projection: P) -> Returning<D, R> {
        let returning = write_returning::<D, T, I, R, P>(projection);
        Returning {
            queries: self
                .into_statements(&returning)
                .into_iter()
                .map(|statement| Query { statement, decode: P::read })
                .collect(),
        }
    }
}

fn head(def: &'static TableDef, columns: &[usize]) -> Fragment {
    let mut out = Fragment::new();
    out.sql("INSERT INTO ");
    table_name(def, &mut out);
    if columns.is_empty() {
        out.sql(" DEFAULT VALUES");
        return out;
    }
    let mut separator = " (";
    for column in columns {
        out.sql(std::mem::replace(&mut separator, ", "));
        out.name(def.columns[*column].name);
    }
    out.sql(") ");
    out
}

/// A row of defaults only where `DEFAULT VALUES` cannot stand, which is before ON CONFLICT: the default of one column is
/// written out.
fn defaults(def: &'static TableDef, dialect: DialectKind) -> Fragment {
    let counts_up = def.columns.iter().position(|column| column.auto_increment);
    let default = |column: &ColumnDef| column.default.and_then(|default| (default.0)(dialect));
    let defaulted = || def.columns.iter().position(|column| default(column).is_some());
    let column = counts_up.or_else(defaulted).unwrap_or_default();
    let mut out = head(def, &[column]);
    out.sql("VALUES (");
    out.text(default(&def.columns[column]).unwrap_or_else(|| "NULL".to_owned()));
    out.sql(")");
    out
}

fn write_rows(rows: Vec<Row>, out: &mut Fragment) {
    if rows[0].is_empty() {
        return;
    }
    let mut separator = "VALUES (";
    for row in rows {
        out.sql(std::mem::replace(&mut separator, ", ("));
        for (index, (_, value)) in row.into_iter().enumerate() {
            if index > 0 {
                out.sql(", ");
            }
            out.append(value);
        }
        out.sql(")");
    }
}

/// Runs of rows that set the same columns and fit into one statement. A row of defaults only stands alone.
fn batches(rows: Vec<Row>, parameters: usize) -> Vec<Vec<Row>> {
    let mut batches: Vec<Vec<Row>> = Vec::new();
    for row in rows {
        let limit = if row.is_empty() { 1 } else { (parameters / row.len()).max(1) };
        match batches.last_mut() {
            Some(batch) if batch.len() < limit && same_columns(&batch[0], &row) => batch.push(row),
            _ => batches.push(vec![row]),
        }
    }
    batches
}

fn same_columns(a: &Row, b: &Row) -> bool {
    a.iter().map(|(column, _)| column).eq(b.iter().map(|(column, _)| column))
}
