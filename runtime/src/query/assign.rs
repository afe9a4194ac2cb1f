//! `column.set(value)`: assignments of INSERT and UPDATE.

use super::{
    clause::{AllowedIn, SET},
    stands_in::{Fits, Unfit},
};
use crate::{
    dialect::{Dialect, Syntax},
    expr::{Assign, ExprIn, IntoExpr, Render},
    render::Fragment,
    table::{Col, Column, Counted, Optional, Required, TableDef},
    value::{Compute, FieldType, NotNull, Nullable, Value},
};

/// A column and what is written into it.
#[derive(Debug)]
pub struct Set<C, V> {
    value: V,
    column: std::marker::PhantomData<fn() -> C>,
}

impl<C, V: Clone> Clone for Set<C, V> {
    fn clone(&self) -> Self {
        Set::new(self.value.clone())
    }
}

impl<C, V: Copy> Copy for Set<C, V> {}

/// A column that can be written.
#[diagnostic::on_unimplemented(
    message = "`{C}` is generated and cannot be written",
    label = "computed by the database"
)]
pub trait Writable<C> {}
#[diagnostic::do_not_recommend]
impl<C> Writable<C> for Required {}
#[diagnostic::do_not_recommend]
impl<C> Writable<C> for Optional {}
#[diagnostic::do_not_recommend]
impl<C> Writable<C> for Counted {}

impl<C, V> Set<C, V> {
    pub(super) const fn new(value: V) -> Self {
        Set { value, column: std::marker::PhantomData }
    }
}

impl<C: Column> Col<C, C::Table> {
    /// Sets the column to a value or an expression. An `Option` is of the column's own type;
    /// [`set_nullable`](Self::set_nullable) takes others, as of borrowed text.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String, visits: i64 }
    /// let update = User::update::<Sqlite>().set((User::name.set("Ann"), User::visits.set(User::visits + 1))).filter(User::id.eq(1));
    /// assert_eq!(
    ///     update.to_sql().sql,
    ///     r#"UPDATE "users" SET "name" = ?, "visits" = "users"."visits" + ? WHERE "users"."id" = ?"#
    /// );
    /// ```
    pub fn set<V: Assign<C::Value>>(self, value: V) -> Set<C, V>
    where
        C::Write: Writable<C>,
    {
        Set::new(value)
    }
}

/// What is rendered of an assignment: the column's place in the table, and the value.
#[derive(Debug, Clone)]
pub(crate) struct Assigned {
    pub(crate) column: usize,
    pub(crate) value: Written,
}

/// What is written into a column.
#[derive(Debug, Clone)]
pub(crate) enum Written {
    Value(Value),
    Expression(Box<Fragment>),
    /// `DEFAULT`
    Default,
}

impl Written {
    /// How many values it binds.
    pub(crate) fn parameters(&self) -> usize {
        match self {
            Written::Value(_) => 1,
            Written::Expression(expression) => expression.parameters(),
            Written::Default => 0,
        }
    }

    pub(crate) fn write(self, out: &mut Fragment) {
        match self {
            Written::Value(value) => out.value(value),
            Written::Expression(expression) => out.append(*expression),
            Written::Default => out.sql("DEFAULT"),
        }
    }
}

/// An expression whose nullness fits the column `C`.
#[diagnostic::on_unimplemented(
    message = "`{C}` is NOT NULL, but this can be NULL",
    label = "can be NULL: `.coalesce(..)` gives a value in its place"
)]
pub trait FitsColumn<Null, C> {}
#[diagnostic::do_not_recommend]
impl<C> FitsColumn<NotNull, C> for NotNull {}
#[diagnostic::do_not_recommend]
impl<C, N> FitsColumn<Nullable, C> for N {}

/// One or several assignments to columns of the table `T`, whose values are expressions over the scope `S`.
///
/// `Columns` are the markers of the columns, as a tuple.
pub trait Assignments<D: Dialect, T, S, I, Columns, Fit> {
    /// Renders them.
    fn assign(self, to: &mut AssignmentList);
}

/// Rendered assignments.
#[derive(Debug, Clone, Default)]
pub struct AssignmentList {
    pub(crate) list: Vec<Assigned>,
    /// The table that they are written to, if their subqueries cannot just read it.
    target: Option<&'static TableDef>,
}

impl AssignmentList {
    /// None yet, to this table.
    pub(crate) fn of(table: &'static TableDef, syntax: &Syntax) -> Self {
        AssignmentList { list: Vec::new(), target: target(table, syntax) }
    }

    /// Sets what mizzle writes on each update, in the columns that are not set; of nothing it is nothing.
    pub(crate) fn add_updated(&mut self, def: &TableDef) {
        if !self.list.is_empty() {
            self.add_missing(def, &[]);
        }
    }

    /// The same, beside columns that are set elsewhere.
    pub(crate) fn add_missing(&mut self, def: &TableDef, elsewhere: &[usize]) {
        for (index, column) in def.columns.iter().enumerate() {
            let Some(value) = column.on_update_fn else { continue };
            if self.list.iter().all(|assigned| assigned.column != index) && !elsewhere.contains(&index) {
                self.list.push(Assigned {
                    column: index,
                    value: Written::Value(Value::Computed(column.data_type, Compute(value))),
                });
            }
        }
    }

    /// Sets a column to a value, if there is one.
    pub fn set_if<C: Column>(&mut self, value: Option<C::Value>) {
        if let Some(value) = value {
            self.list.push(Assigned { column: C::INDEX, value: Written::Value(value.into_value()) });
        }
    }
}

/// The table of a write, where its subqueries cannot just read it.
pub(super) fn target(table: &'static TableDef, syntax: &Syntax) -> Option<&'static TableDef> {
    (!syntax.writes.reads_its_table).then_some(table)
}

/// A column of the table `T`.
#[diagnostic::on_unimplemented(message = "this sets a column of `{U}`, not of `{T}`", label = "not a column of `{T}`")]
pub trait SameTable<T, U> {
    /// `C`, which is unknown where the table is another one.
    type Column<C>;
}

/// Stands for a table in errors, which rustc would explain at length were it the table itself.
#[derive(Debug)]
pub struct TableOf<T>(std::marker::PhantomData<T>);

#[diagnostic::do_not_recommend]
impl<T> SameTable<T, T> for TableOf<T> {
    type Column<C> = C;
}
/// A second implementor keeps rustc from naming the first in the error.
#[diagnostic::do_not_recommend]
impl<T> SameTable<super::scope::Nowhere, TableOf<T>> for TableOf<T> {
    type Column<C> = C;
}

/// `C`, if it is a column of `T`.
type ColumnIn<C, T> = <TableOf<<C as Column>::Table> as SameTable<T, <C as Column>::Table>>::Column<C>;

impl<D, T, S, I, C, V> Assignments<D, T, S, I, (ColumnIn<C, T>,), Fits> for Set<C, V>
where
    D: Dialect,
    C: Column,
    TableOf<C::Table>: SameTable<T, C::Table>,
    V: IntoExpr<
        Expr: ExprIn<S, I, Aggregates: AllowedIn<SET>, Null: FitsColumn<<C::Value as FieldType>::Null, C>> + Render<D>,
    >,
{
    fn assign(self, to: &mut AssignmentList) {
        let value = match self.value.into_expr().into_plain() {
            Ok(value) => Written::Value(value),
            Err(expression) => {
                let mut out = Fragment::clause(D::SYNTAX).of_write(to.target);
                expression.render(&mut out);
                Written::Expression(Box::new(out))
            }
        };
        to.list.push(Assigned { column: C::INDEX, value });
    }
}

impl<D: Dialect, T, S, I, Columns, A> Assignments<D, T, S, I, Columns, Unfit> for A {
    fn assign(self, _: &mut AssignmentList) {}
}

/// Marks the assignments of a patch struct, which `#[table(update = UserPatch)]` writes.
#[derive(Debug)]
pub struct ByPatch;

macro_rules! tuples {
    ($($item:ident $index:ident $column:ident $value:ident),+) => {
        impl<Db: Dialect, Tbl, Scope, $($column: Column, $value, $index),+>
            Assignments<Db, Tbl, Scope, ($($index,)+), ($(ColumnIn<$column, Tbl>,)+), Fits> for ($(Set<$column, $value>,)+)
        where
            $(
                TableOf<$column::Table>: SameTable<Tbl, $column::Table>,
                Set<$column, $value>: Assignments<Db, Tbl, Scope, $index, (ColumnIn<$column, Tbl>,), Fits>,
            )+
        {
            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn assign(self, to: &mut AssignmentList) {
                let ($($item,)+) = self;
                $(Assignments::<Db, Tbl, Scope, $index, (ColumnIn<$column, Tbl>,), Fits>::assign($item, to);)+
            }
        }
    };
}

macro_rules! all_tuples {
    (($($done:tt)*)) => {};
    (($($done:tt)*) $next:tt $($rest:tt)*) => { all_tuples!(@step ($($done)* $next) $($rest)*); };
    (@step ($(($item:ident $index:ident $column:ident $value:ident))+) $($rest:tt)*) => {
        tuples!($($item $index $column $value),+);
        all_tuples!(($(($item $index $column $value))+) $($rest)*);
    };
}

all_tuples!(() (A IA CA VA) (B IB CB VB) (C IC CC VC) (D ID CD VD) (E IE CE VE) (F IF CF VF) (G IG CG VG) (H IH CH VH)
    (J IJ CJ VJ) (K IK CK VK) (L IL CL VL) (M IM CM VM) (N IN CN VN) (O IO CO VO) (P IP CP VP) (Q IQ CQ VQ));
