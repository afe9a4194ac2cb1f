//! The clauses of SQL, as types that error messages name.

use crate::{
    expr::{WindowFunction, Windowed},
    table::{No, Yes},
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
/// The GROUP BY clause.
#[derive(Debug)]
pub struct GroupBy;
/// RETURNING.
#[derive(Debug)]
pub struct RETURNING;

/// The HAVING clause.
#[derive(Debug)]
pub struct HAVING;

/// A clause in which an expression can stand that holds an aggregate ([`Yes`](crate::table::Yes)) or none ([`No`]).
#[diagnostic::on_unimplemented(
    message = "aggregates are not allowed in {Clause}",
    label = "holds an aggregate: a condition on groups goes to `.having(..)`"
)]
pub trait AllowedIn<Clause> {}

#[diagnostic::do_not_recommend]
impl<Clause> AllowedIn<Clause> for No {}
#[diagnostic::do_not_recommend]
impl AllowedIn<HAVING> for Yes {}
impl<Clause, A> AllowedIn<Clause> for Windowed<A> where WindowFunction<A>: StandsIn<Clause> {}

/// Never satisfied: it carries the words.
#[diagnostic::on_unimplemented(
    message = "window functions are not allowed in {Clause}",
    label = "holds a window function: select it in a derived table first"
)]
pub trait StandsIn<Clause> {}

/// Sort keys of rows as they are in a table: of an index, of a write.
#[diagnostic::on_unimplemented(
    message = "ORDER BY an aggregate needs GROUP BY",
    label = "holds an aggregate: `.group_by(..)` first, or select only aggregates"
)]
pub trait NotAggregated {}
#[diagnostic::do_not_recommend]
impl NotAggregated for No {}
impl<A> NotAggregated for Windowed<A> where WindowFunction<A>: StandsHere {}

/// Never satisfied: it carries the words.
#[diagnostic::on_unimplemented(
    message = "window functions are not allowed in these keys",
    label = "holds a window function"
)]
pub trait StandsHere {}

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
