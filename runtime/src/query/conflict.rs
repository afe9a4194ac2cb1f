//! `ON CONFLICT`: upserts.

use super::{
    assign::{AssignmentList, Assignments},
    filter::{Filter, add_condition},
    insert::Insert,
    parts::table_name,
    required::NoneRepeats,
    scope::Conflicting,
};
use crate::{
    dialect::{Dialect, DialectKind, InsertReturning, NewRow, Syntax},
    expr::{AssignOf, Expr, ExprIn, IntoExpr, OperandOf, Render},
    render::Fragment,
    table::{Col, Column, IndexTarget, No, Table, TableDef, UniqueIndex, UniqueOn},
    value::FieldType,
};

/// What an insert can be in conflict on: a unique column, a tuple of columns that is unique, or a unique index.
#[diagnostic::on_unimplemented(
    message = "no constraint of `{T}` can conflict on this",
    label = "neither a primary key nor unique"
)]
pub trait ConflictTarget<D: Dialect, T, I> {
    /// Writes the columns.
    fn render(self, out: &mut Fragment);
}

impl<D: Dialect, T, I, K: TargetOf<D, T, I>> ConflictTarget<D, T, I> for K {
    fn render(self, out: &mut Fragment) {
        self.write(out);
    }
}

/// What makes a [`ConflictTarget`]: implemented for each type of target.
#[diagnostic::on_unimplemented(
    message = "no constraint of `{T}` can conflict on this",
    label = "neither a primary key nor unique"
)]
pub trait TargetOf<D: Dialect, T, I> {
    /// Writes the columns.
    fn write(self, out: &mut Fragment);
}

/// Marks a target of one column.
#[derive(Debug)]
pub struct ByColumn;
/// Marks a target of several columns: the derive declares them unique in every order.
#[derive(Debug)]
pub struct ByColumns;
/// Marks a target that is a unique index.
#[derive(Debug)]
pub struct ByIndex;

/// A column on which the table `T` can be in conflict.
#[diagnostic::on_unimplemented(
    message = "`{C}` is not unique: no constraint can conflict on it",
    label = "neither primary key nor unique"
)]
pub trait UniqueColumn<C> {}
#[diagnostic::do_not_recommend]
impl<T: UniqueOn<(C,)>, C> UniqueColumn<C> for Target<C, T> {}

/// Stands for a column in errors: rustc shows the words of [`UniqueColumn`] only if its `Self` is not the argument itself.
#[derive(Debug)]
pub struct Target<C, T>(std::marker::PhantomData<(C, T)>);

impl<D: Dialect, T: Table, C: Column> TargetOf<D, T, ByColumn> for Col<C, T>
where
    Target<C, T>: UniqueColumn<C>,
{
    fn write(self, out: &mut Fragment) {
        out.sql("(");
        out.name(C::NAME);
        out.sql(")");
    }
}

impl<D: Dialect, T: Table + UniqueOn<M>, M: IndexTarget> TargetOf<D, T, ByIndex> for UniqueIndex<M> {
    fn write(self, out: &mut Fragment) {
        keys::<M>(D::KIND, out);
    }
}

/// Writes the keys of an index, and the condition of a partial one.
fn keys<M: IndexTarget>(dialect: DialectKind, out: &mut Fragment) {
    out.sql("(");
    for (index, key) in (M::KEYS)(dialect).unwrap_or_default().into_iter().enumerate() {
        if index > 0 {
            out.sql(", ");
        }
        out.text(&key.sql);
    }
    out.sql(")");
    if let Some(condition) = M::CONDITION.and_then(|condition| condition(dialect)) {
        out.sql(" WHERE ");
        out.text(&condition);
    }
}

macro_rules! columns {
    ($($column:ident),+) => {
        impl<Db: Dialect, Tbl: Table + UniqueOn<($($column,)+)>, $($column: Column),+> TargetOf<Db, Tbl, ByColumns> for ($(Col<$column, Tbl>,)+) {
            fn write(self, out: &mut Fragment) {
                let mut separator = "(";
                $(
                    out.sql(std::mem::replace(&mut separator, ", "));
                    out.name($column::NAME);
                )+
                out.sql(")");
            }
        }
    };
}

columns!(A);
columns!(A, B);
columns!(A, B, C);
columns!(A, B, C, D);

/// The row that an upsert could not insert, column by column: `excluded(User::name)`.
pub struct Excluded<C>(std::marker::PhantomData<fn() -> C>);

impl<C> Clone for Excluded<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Excluded<C> {}

impl<C: Column> std::fmt::Debug for Excluded<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "excluded.{}", C::NAME)
    }
}

/// The value that the row would have had, had it been inserted: only inside an upsert.
pub fn excluded<C: Column>(_: Col<C, C::Table>) -> Excluded<C> {
    Excluded(std::marker::PhantomData)
}

/// The same as [`excluded`], in MySQL's terms: `.on_duplicate_key_update(User::name.set(inserted(User::name)))`.
pub fn inserted<C: Column>(column: Col<C, C::Table>) -> Excluded<C> {
    excluded(column)
}

/// A scope in which `excluded(..)` can be used.
#[diagnostic::on_unimplemented(
    message = "`excluded(..)` can only be used inside ON CONFLICT .. DO UPDATE or ON DUPLICATE KEY UPDATE",
    label = "there is no excluded row here"
)]
pub trait HasExcluded<T> {}
#[diagnostic::do_not_recommend]
impl<T> HasExcluded<T> for (Conflicting<T>,) {}
#[diagnostic::do_not_recommend]
impl<A: super::scope::Never, T> HasExcluded<T> for (A,) {}

impl<C: Column> Expr for Excluded<C> {
    type Base = <C::Value as FieldType>::Base;
    type Aggregates = No;
    type Quotient = crate::value::Nullable;
}

impl<C: Column, S: HasExcluded<C::Table>> ExprIn<S, ()> for Excluded<C> {
    type Null = <C::Value as FieldType>::Null;
}

impl<D: Dialect, C: Column> Render<D> for Excluded<C> {
    fn render(self, out: &mut Fragment) {
        if D::SYNTAX.writes.new_row == NewRow::Values {
            out.sql("VALUES(");
            out.name(C::NAME);
            return out.sql(")");
        }
        out.column("excluded", C::NAME);
    }
}

impl<C: Column> IntoExpr for Excluded<C> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<C: Column, T> OperandOf<T> for Excluded<C> {
    type Base = <C::Value as FieldType>::Base;
}

#[diagnostic::do_not_recommend]
impl<C: Column, T> AssignOf<T> for Excluded<C> {
    type Base = <C::Value as FieldType>::Base;
}

crate::expr::expression_operators!([C] Excluded<C>);

/// What happens to rows that are in conflict with others.
#[derive(Debug, Clone)]
pub(crate) struct Conflict {
    /// `ON CONFLICT ..`, `ON DUPLICATE KEY UPDATE ..`, or nothing.
    pub(crate) clause: Fragment,
    /// Whether the clause may name the new rows.
    pub(crate) names_new_rows: bool,
    /// `INSERT IGNORE`
    pub(crate) ignore: bool,
}

impl Conflict {
    pub(crate) const fn new(syntax: &'static Syntax) -> Self {
        Conflict { clause: Fragment::clause(syntax), names_new_rows: false, ignore: false }
    }

    /// `INSERT INTO table`
    pub(crate) fn head(&self, def: &'static TableDef, syntax: &'static Syntax) -> Fragment {
        let mut out = Fragment::statement(syntax);
        out.reserve(64 + 16 * def.columns.len() + self.clause.len(), 0);
        out.sql(if self.ignore { "INSERT IGNORE INTO " } else { "INSERT INTO " });
        table_name(def, &mut out);
        out
    }
}

/// Writes `keyword a = .., b = ..`; of nothing, an assignment that changes nothing.
pub(crate) fn write_assignments(
    keyword: &'static str,
    def: &'static TableDef,
    list: AssignmentList,
    out: &mut Fragment,
) {
    out.sql(keyword);
    if list.0.is_empty() {
        out.name(def.columns[0].name);
        out.sql(" = ");
        out.column(def.name, def.columns[0].name);
    }
    let mut separator = "";
    for assigned in list.0 {
        out.sql(std::mem::replace(&mut separator, ", "));
        out.name(def.columns[assigned.column].name);
        out.sql(" = ");
        assigned.value.write(out);
    }
}

/// An insert whose conflicts are to be settled: `.do_nothing()`, `.do_update(..)` or `.do_update_all()`.
#[must_use = "say what happens: `.do_nothing()` or `.do_update(..)`"]
pub struct Upsert<D, T>(Insert<D, T>);

impl<D: Dialect, T: Table> std::fmt::Debug for Upsert<D, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Upsert").field(&self.0).finish()
    }
}

impl<D: Dialect, T: Table> Upsert<D, T> {
    pub(crate) const fn new(insert: Insert<D, T>) -> Self {
        Upsert(insert)
    }

    /// Leaves the row that is there as it is.
    pub fn do_nothing(mut self) -> Insert<D, T> {
        self.0.conflict.clause.sql(" DO NOTHING");
        self.0
    }

    /// Changes the row that is there. A patch that changes nothing leaves it as it is.
    pub fn do_update<A: Assignments<D, T, (Conflicting<T>,), I, Columns: NoneRepeats>, I>(
        mut self,
        assignments: A,
    ) -> DoUpdate<D, T> {
        let mut list = AssignmentList::default();
        assignments.assign(&mut list);
        if list.0.is_empty() {
            // A patch that changes nothing.
            self.0.conflict.clause.sql(" DO NOTHING");
        } else {
            list.add_updated(T::def());
            write_assignments(" DO UPDATE SET ", T::def(), list, &mut self.0.conflict.clause);
        }
        DoUpdate { insert: self.0, filter: Fragment::clause(D::SYNTAX) }
    }
}

/// An upsert: the insert and what it changes. Add `.filter(..)`, `.returning(..)`, or execute it.
#[must_use = "an upsert does nothing until it is executed"]
pub struct DoUpdate<D, T> {
    insert: Insert<D, T>,
    filter: Fragment,
}

impl<D: Dialect, T: Table> std::fmt::Debug for DoUpdate<D, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("DoUpdate").field(&self.insert).finish()
    }
}

impl<D: Dialect, T: Table> DoUpdate<D, T> {
    /// Changes the row that is there only if the condition holds.
    pub fn filter<F: Filter<D, (Conflicting<T>,), I>, I>(mut self, filter: F) -> Self {
        add_condition(&mut self.filter, |conditions| filter.add_to(conditions));
        self
    }

    /// The finished insert.
    fn finish(mut self) -> Insert<D, T> {
        if !self.filter.is_empty() {
            self.insert.conflict.clause.sql(" WHERE ");
            self.insert.conflict.clause.append(self.filter);
        }
        self.insert
    }

    /// The SQL text and its parameters.
    pub fn to_sql(&self) -> crate::render::Statement {
        DoUpdate { insert: self.insert.clone(), filter: self.filter.clone() }.finish().to_sql()
    }

    /// Runs it; says how many rows were inserted or updated.
    ///
    /// # Errors
    /// What the database says, as an [`Error`](crate::Error).
    pub fn execute<'e, E: crate::run::Executor<D> + 'e>(
        self,
        executor: E,
    ) -> crate::run::BoxFuture<'e, Result<u64, crate::Error>> {
        self.finish().execute(executor)
    }

    /// Returns columns of the rows that were inserted or updated.
    pub fn returning<P: super::returning::Returnable<D, T, I, R>, I, R>(
        self,
        projection: P,
    ) -> super::returning::Returning<D, R>
    where
        D::Name: InsertReturning,
    {
        self.finish().returning(projection)
    }
}
