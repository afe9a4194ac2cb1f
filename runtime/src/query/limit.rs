//! LIMIT and OFFSET.

use crate::{
    expr::Param,
    render::Fragment,
    value::{DataType, Value},
};

/// A number of rows: a `u64`; an `Option` of it, of which `None` adds nothing; or the parameter of a prepared query.
#[diagnostic::on_unimplemented(
    message = "this is not a number of rows",
    label = "expected a `u64`, an `Option<u64>` or a `Param<u64>`"
)]
pub trait RowCount {
    /// The number, if there is one.
    fn count(self) -> Option<Count>;
}

/// A number of rows, as it is written.
#[derive(Debug, Clone, Copy)]
pub struct Count(Number);

#[derive(Debug, Clone, Copy)]
enum Number {
    Known(u64),
    /// The argument of this place that a prepared query will be given.
    Argument(usize),
}

#[diagnostic::do_not_recommend]
impl RowCount for u64 {
    fn count(self) -> Option<Count> {
        Some(Count::of(self))
    }
}

#[diagnostic::do_not_recommend]
impl RowCount for Option<u64> {
    fn count(self) -> Option<Count> {
        self.map(Count::of)
    }
}

#[diagnostic::do_not_recommend]
impl RowCount for Param<u64> {
    fn count(self) -> Option<Count> {
        Some(Count(Number::Argument(self.place())))
    }
}

impl Count {
    pub(crate) const fn of(rows: u64) -> Self {
        Count(Number::Known(rows))
    }

    /// Whether there are no more than so many, whatever a prepared query is given.
    pub(crate) fn is_within(self, most: u64) -> bool {
        matches!(self.0, Number::Known(rows) if rows <= most)
    }

    /// This many rows, but one at most. Of a number that is not known yet, the first row is taken of what comes.
    pub(crate) fn one(limit: Option<Count>) -> Count {
        match limit {
            Some(Count(Number::Known(rows))) => Count::of(rows.min(1)),
            Some(argument) => argument,
            None => Count::of(1),
        }
    }

    /// This many rows, but one at most; of a number that is not known yet, one.
    pub(crate) const fn at_most_one(limit: Option<Count>) -> Count {
        match limit {
            Some(Count(Number::Known(0))) => Count::of(0),
            _ => Count::of(1),
        }
    }

    /// As many rows, after so many others. Numbers that are not known yet stand in no query that this is asked of.
    pub(crate) fn and(self, others: Option<Count>) -> Count {
        match (self.0, others) {
            (Number::Known(rows), Some(Count(Number::Known(others)))) => Count::of(rows.saturating_add(others)),
            _ => self,
        }
    }

    pub(crate) fn write(self, out: &mut Fragment) {
        match self.0 {
            // An integer is written, not bound: SQLite prepares a statement anew when a bound LIMIT changes. No database
            // counts further than an `i64`.
            Number::Known(rows) => out.number(rows.min(i64::MAX as u64)),
            Number::Argument(place) => out.value(Value::Argument(DataType::I64, place)),
        }
    }
}

/// Writes both clauses.
pub(crate) fn write(limit: Option<Count>, offset: Option<Count>, out: &mut Fragment) {
    match (limit, offset, out.syntax().unlimited) {
        (Some(rows), ..) => {
            out.sql(" LIMIT ");
            rows.write(out);
        }
        (None, Some(_), Some(all)) => {
            out.sql(" LIMIT ");
            out.sql(all);
        }
        _ => {}
    }
    if let Some(rows) = offset {
        out.sql(" OFFSET ");
        rows.write(out);
    }
}
