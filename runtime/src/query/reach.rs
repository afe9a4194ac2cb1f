//! Whose columns an expression uses: those of its own query, or those of a query around it.
//!
//! SQL gives an aggregate to the query whose columns it is over. In a subquery, one that is only over columns of the
//! query around it would be an aggregate of that one, where nobody checks it.

use super::{group::PlainOperation, scope::At};

/// Whose columns an expression uses.
pub trait Reach {
    /// Together with those that another one uses.
    type And<R: Reach>: Reach;
    /// Together with columns of a query around it.
    type AndAround: Reach;
}

/// Uses no column.
#[derive(Debug)]
pub struct NoColumn;
/// Uses a column of its own query.
#[derive(Debug)]
pub struct ThisQuery;
/// Uses columns of a query around it only.
#[derive(Debug)]
pub struct QueryAround;

impl Reach for NoColumn {
    type And<R: Reach> = R;
    type AndAround = QueryAround;
}

impl Reach for ThisQuery {
    type And<R: Reach> = ThisQuery;
    type AndAround = ThisQuery;
}

impl Reach for QueryAround {
    type And<R: Reach> = R::AndAround;
    type AndAround = QueryAround;
}

/// What the places of an expression's columns say about it.
pub trait Places {
    /// Whose columns they are.
    type Reach: Reach;
}

/// An aggregate that is one of the query that it stands in.
#[diagnostic::on_unimplemented(
    message = "an aggregate over columns of the query around it belongs to that query",
    label = "aggregates nothing of this subquery"
)]
pub trait OfThisQuery {}
#[diagnostic::do_not_recommend]
impl OfThisQuery for NoColumn {}
#[diagnostic::do_not_recommend]
impl OfThisQuery for ThisQuery {}

/// An operation over columns at these places: an aggregate needs one of its own query, others take any.
pub trait OverPlaces<I> {}
impl<O: PlainOperation, I> OverPlaces<I> for O {}

impl<const N: usize, W: Reach> Places for At<N, W> {
    type Reach = W;
}

impl Places for () {
    type Reach = NoColumn;
}

macro_rules! places {
    ($($place:ident),+) => {
        impl<$($place: Places),+> Places for ($($place,)+) {
            type Reach = places!(@fold $($place),+);
        }
    };
    (@fold $first:ident) => { $first::Reach };
    (@fold $first:ident, $($rest:ident),+) => { <$first::Reach as Reach>::And<places!(@fold $($rest),+)> };
}

places!(A);
places!(A, B);
places!(A, B, C);
places!(A, B, C, D);
places!(A, B, C, D, E);
places!(A, B, C, D, E, F);
places!(A, B, C, D, E, F, G);
places!(A, B, C, D, E, F, G, H);
