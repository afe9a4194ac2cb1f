//! The clauses of SQL, as types that error messages name.

use crate::table::No;

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

/// A clause in which an expression can stand that holds an aggregate ([`Yes`](crate::table::Yes)) or none ([`No`]).
#[diagnostic::on_unimplemented(
    message = "aggregates are not allowed in {Clause}",
    label = "holds an aggregate: a condition on groups goes to `.having(..)`"
)]
pub trait AllowedIn<Clause> {}

#[diagnostic::do_not_recommend]
impl<Clause> AllowedIn<Clause> for No {}

/// ORDER BY of a query that is not grouped.
#[diagnostic::on_unimplemented(
    message = "ORDER BY an aggregate needs GROUP BY",
    label = "holds an aggregate: `.group_by(..)` first, or select only aggregates"
)]
pub trait NotAggregated {}
#[diagnostic::do_not_recommend]
impl NotAggregated for No {}
