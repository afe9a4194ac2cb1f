//! The rows that belong to others, on their way.

use super::super::{
    HasManyThrough, Key, KeyColumn, Relation,
    foreign_key::{AllSetBut, KeysSet, NoneOf, SetsKeys},
};
use crate::{
    dialect::Dialect,
    query::{Assigned, AssignmentList, Assignments, NewRows, NoneRepeats, SET, StandsIn, Written},
    table::{Cells, ColumnId, InsertRow, Table, TableDef},
    value::Value,
};

/// A relation through a junction table, whose rows link those of the two tables.
pub trait LinksRows: Relation {
    /// The junction table.
    type Junction: Table;
    /// Its foreign keys.
    type Keys: KeysSet;
}

impl<P: Table + SetsKeys<I>, J: Table, T: Table, I: ColumnId> LinksRows for HasManyThrough<P, J, T, I> {
    type Junction = J;
    type Keys = P::Keys;
}

/// Assignments that set all required columns of the table `T` beside the keys `Keys`, which a relation sets; none twice.
#[diagnostic::on_unimplemented(
    message = "this does not set columns of `{T}`",
    label = "expected `{T}::column.set(value)` or a tuple of these; a struct goes to `.rows(|row| ..)`"
)]
pub trait RelatedValues<D: Dialect, T, Keys, I>: Sized {
    /// Renders them.
    fn assigned(self, to: &mut AssignmentList);
}

impl<D, T, Keys, I, J, C, A> RelatedValues<D, T, Keys, (I, J, C)> for A
where
    D: Dialect,
    T: Table,
    A: StandsIn<SET> + Assignments<D, T, (), I, C, A::Fit>,
    C: NoneRepeats + NoneOf<Keys>,
    T::Required: AllSetBut<Keys, C, J>,
{
    fn assigned(self, to: &mut AssignmentList) {
        self.assign(to);
    }
}

/// A closure that makes rows for each row of `P`.
///
/// It is one as its supertrait says, from which rustc knows what the closure takes.
#[diagnostic::on_unimplemented(
    message = "a closure makes the rows, for each row that they belong to: `|row| [..]`",
    label = "`|_| ..` before it makes the same rows for each"
)]
pub trait ForEachRow<P, Rows>: FnMut(&P) -> Rows {}
#[diagnostic::do_not_recommend]
impl<F: FnMut(&P) -> Rows, P, Rows> ForEachRow<P, Rows> for F {}

/// Rows that a closure makes for one row, each of which is a `Row`: an array, a `Vec`, an iterator.
#[diagnostic::on_unimplemented(
    message = "the closure makes a list of rows, not one row",
    label = "expected a closure that returns an array, a `Vec` or an iterator, as in `|row| [..]`"
)]
pub trait ListOfRows<Row> {
    /// Them.
    fn list(self) -> impl Iterator<Item = Row>;
}
#[diagnostic::do_not_recommend]
impl<L: IntoIterator<Item = Row>, Row> ListOfRows<Row> for L {
    fn list(self) -> impl Iterator<Item = Row> {
        self.into_iter()
    }
}

/// Sets a column, whatever the row says of it.
pub(in super::super) fn set_key(row: &mut Vec<Assigned>, column: &KeyColumn, value: Value) {
    row.retain(|set| set.column != column.index);
    row.push(Assigned { column: column.index, value: Written::Value(value) });
}

/// The rows that belong to others, and to which.
#[derive(Debug)]
pub struct RowList {
    def: &'static TableDef,
    /// The columns that get the key of the row that they belong to; none if a junction has them.
    pub(super) foreign_key: &'static [KeyColumn],
    pub(super) rows: NewRows,
    /// The place of the row that each belongs to.
    pub(super) parents: Vec<usize>,
    pub(super) keys: Vec<Key>,
    cells: Cells,
}

impl RowList {
    pub(super) fn new(def: &'static TableDef, foreign_key: &'static [KeyColumn]) -> Self {
        let (rows, cells) = (NewRows::default(), Cells::default());
        RowList { def, foreign_key, rows, parents: Vec::new(), keys: Vec::new(), cells }
    }

    /// What is added from now on belongs to the next row, which has this key.
    pub(super) fn begin(&mut self, key: Key) {
        self.keys.push(key);
    }

    /// Adds a row.
    pub(in super::super) fn add(&mut self, mut row: Vec<Assigned>) {
        let Some(key) = self.keys.last() else { return };
        let values = key.clone().into_values(self.foreign_key.iter().map(|column| &column.data_type));
        for (column, value) in self.foreign_key.iter().zip(values) {
            set_key(&mut row, column, value);
        }
        self.parents.push(self.keys.len() - 1);
        self.rows.add(&mut row, self.def);
    }

    /// Adds a struct.
    pub(super) fn add_row<R: InsertRow>(&mut self, row: R) {
        row.cells(&mut self.cells);
        let row = std::mem::take(&mut self.cells.0);
        self.add(row);
    }
}
