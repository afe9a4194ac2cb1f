//! The clauses of SQL, as types that error messages name.

use crate::{
    expr::{Holds, NoAggregate, NoWindow, Windowed},
    table::No,
};

/// The WHERE clause.
#[derive(Debug)]
pub struct WHERE;
/// The ON clause of a join.
#[derive(Debug)]
pub struct ON;
/// The SET clause of an update.
#[derive(Debug)]
pub struct SET;
/// What a query selects.
#[derive(Debug)]
pub struct SELECT;
/// The GROUP BY clause.
#[derive(Debug)]
pub struct GroupBy;
/// The ORDER BY clause.
#[derive(Debug)]
#[expect(non_camel_case_types, reason = "errors name it")]
pub struct ORDER_BY;
/// RETURNING.
#[derive(Debug)]
pub struct RETURNING;
/// A field of a shape.
#[derive(Debug)]
pub struct SHAPE;

/// The HAVING clause.
#[derive(Debug)]
pub struct HAVING;

/// What an expression holds that can stand in a clause: neither an aggregate nor a window function.
#[diagnostic::on_unimplemented(
    message = "aggregates are not allowed in {Clause}",
    label = "holds an aggregate: a condition on groups goes to `.having(..)`"
)]
pub trait AllowedIn<Clause> {}

impl<Clause, H: Holds> AllowedIn<Clause> for H
where
    H::Aggregate: NoAggregateIn<Clause>,
    H::Window: NoWindowIn<Clause>,
{
}

/// What can stand in a clause as far as aggregates go.
#[diagnostic::on_unimplemented(
    message = "aggregates are not allowed in {Clause}",
    label = "holds an aggregate: a condition on groups goes to `.having(..)`"
)]
pub trait NoAggregateIn<Clause> {}
#[diagnostic::do_not_recommend]
impl<Clause> NoAggregateIn<Clause> for NoAggregate {}

/// What can stand in a clause as far as window functions go.
#[diagnostic::on_unimplemented(
    message = "window functions are not allowed in {Clause}",
    label = "holds a window function: select it in a derived table first"
)]
pub trait NoWindowIn<Clause> {}
#[diagnostic::do_not_recommend]
impl<Clause> NoWindowIn<Clause> for NoWindow {}

/// What a condition on groups can hold: aggregates, but no window function.
pub trait InHaving {}
impl<H: Holds> InHaving for H where H::Window: NoWindowIn<HAVING> {}

/// Sort keys of rows as they are in a table: of an index, of a write.
#[diagnostic::on_unimplemented(
    message = "ORDER BY an aggregate needs GROUP BY",
    label = "holds an aggregate: `.group_by(..)` first, or select only aggregates"
)]
pub trait NotAggregated {}
impl<H: Holds> NotAggregated for H
where
    H::Aggregate: NoAggregateInKeys,
    H::Window: NoWindowInKeys,
{
}

/// Sort keys without aggregates.
#[diagnostic::on_unimplemented(
    message = "ORDER BY an aggregate needs GROUP BY",
    label = "holds an aggregate: `.group_by(..)` first, or select only aggregates"
)]
pub trait NoAggregateInKeys {}
#[diagnostic::do_not_recommend]
impl NoAggregateInKeys for NoAggregate {}

/// Sort keys without window functions.
#[diagnostic::on_unimplemented(
    message = "window functions are not allowed in these keys",
    label = "holds a window function"
)]
pub trait NoWindowInKeys {}
#[diagnostic::do_not_recommend]
impl NoWindowInKeys for NoWindow {}

/// ORDER BY of a query that is not grouped.
#[diagnostic::on_unimplemented(
    message = "ORDER BY an aggregate needs GROUP BY",
    label = "holds an aggregate: `.group_by(..)` first, or select only aggregates"
)]
pub trait SortsRows {}
#[diagnostic::do_not_recommend]
impl SortsRows for No {}
#[diagnostic::do_not_recommend]
impl SortsRows for Windowed<No> {}
