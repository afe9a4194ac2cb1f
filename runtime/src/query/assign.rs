//! `column.set(value)`: assignments of INSERT and UPDATE.

use super::clause::{AllowedIn, SET};
use crate::{
    dialect::Dialect,
    expr::{Assign, ExprIn, IntoExpr, Render},
    render::Fragment,
    table::{Cells, Col, Column, Optional, Patch, Required, Table},
    value::{FieldType, NotNull, Nullable},
};

/// A column and what is written into it.
#[derive(Debug, Clone, Copy)]
pub struct Set<C, V> {
    value: V,
    column: std::marker::PhantomData<fn() -> C>,
}

/// A column that can be written.
#[diagnostic::on_unimplemented(message = "`{C}` is generated and cannot be written", label = "computed by the database")]
pub trait Writable<C> {}
impl<C> Writable<C> for Required {}
impl<C> Writable<C> for Optional {}

impl<C: Column> Col<C, C::Table> {
    /// Sets the column to a value or an expression.
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
        Set { value, column: std::marker::PhantomData }
    }
}

/// What is rendered of an assignment: the column's place in the table, and the value.
#[derive(Debug, Clone)]
pub(crate) struct Assigned {
    pub(crate) column: usize,
    pub(crate) value: Fragment,
}

/// An expression whose nullness fits the column `C`.
#[diagnostic::on_unimplemented(
    message = "`{C}` is NOT NULL, but this can be NULL",
    label = "can be NULL",
    note = "`.coalesce(..)` gives a value in place of NULL"
)]
pub trait FitsColumn<Null, C> {}
impl<C> FitsColumn<NotNull, C> for NotNull {}
impl<C, N> FitsColumn<Nullable, C> for N {}

/// One or several assignments to columns of the table `T`, whose values are expressions over the scope `S`.
#[diagnostic::on_unimplemented(
    message = "this does not set columns of `{T}`",
    label = "not an assignment to `{T}`",
    note = "`{T}::column.set(value)`, or a tuple of these"
)]
pub trait Assignments<D: Dialect, T, S, I> {
    /// The markers of the columns, as a tuple.
    type Columns;

    /// Renders them.
    fn assign(self, to: &mut AssignmentList);
}

/// Rendered assignments.
#[derive(Debug, Clone, Default)]
pub struct AssignmentList(pub(crate) Vec<Assigned>);

/// An assignment to a column of the table `T`.
#[diagnostic::on_unimplemented(message = "this sets a column of `{Self}`, not of `{T}`", label = "not a column of `{T}`")]
pub trait SameTable<T> {}
impl<T: Table> SameTable<T> for T {}
impl<T> SameTable<T> for super::scope::Nowhere {}

impl<D, T, S, I, C, V> Assignments<D, T, S, I> for Set<C, V>
where
    D: Dialect,
    C: Column<Table: SameTable<T>>,
    V: IntoExpr<Expr: ExprIn<S, I, Aggregates: AllowedIn<SET>, Null: FitsColumn<<C::Value as FieldType>::Null, C>> + Render<D>>,
{
    type Columns = (C,);

    fn assign(self, to: &mut AssignmentList) {
        let mut value = Fragment::new();
        self.value.into_expr().render(&mut value);
        to.0.push(Assigned { column: C::INDEX, value });
    }
}

/// Marks the assignments of a patch struct.
#[derive(Debug)]
pub struct ByPatch;

/// A patch struct of the table `T`.
#[diagnostic::on_unimplemented(message = "this changes rows of `{Self}`, not of `{T}`", label = "not a patch of `{T}`")]
pub trait PatchOf<T> {}
impl<T: Table> PatchOf<T> for T {}
impl<T> PatchOf<T> for super::scope::Nowhere {}

impl<D: Dialect, T, S, P: Patch<Table: PatchOf<T>>> Assignments<D, T, S, ByPatch> for P {
    type Columns = ();

    fn assign(self, to: &mut AssignmentList) {
        let mut cells = Cells::default();
        self.cells(&mut cells);
        for cell in cells.0 {
            let mut value = Fragment::new();
            value.value(cell.value);
            to.0.push(Assigned { column: cell.column, value });
        }
    }
}

macro_rules! tuples {
    ($($item:ident $index:ident $column:ident $value:ident),+) => {
        impl<Db: Dialect, Tbl, Scope, $($column, $value, $index),+> Assignments<Db, Tbl, Scope, ($($index,)+)> for ($(Set<$column, $value>,)+)
        where
            $(Set<$column, $value>: Assignments<Db, Tbl, Scope, $index>),+
        {
            type Columns = ($($column,)+);

            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn assign(self, to: &mut AssignmentList) {
                let ($($item,)+) = self;
                $(Assignments::<Db, Tbl, Scope, $index>::assign($item, to);)+
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
