//! The rows that belong to others, on their way.

use super::super::{
    HasMany, HasOne, Key, KeyColumn, Relation,
    foreign_key::{AllSetBut, KeysSet, NoneOf, SetsKeys},
};
use crate::{
    dialect::Dialect,
    query::{Assigned, AssignmentList, Assignments, NewRows, NoneRepeats, SET, StandsIn, Written},
    table::{Cells, ColumnId, InsertRow, Table, TableDef},
};

/// A relation to rows that refer to this one: their foreign key is what makes them belong to it.
pub trait OwnsRows: Relation {
    /// The foreign key.
    type Keys: KeysSet;
}

impl<P: Table + SetsKeys<I>, C: Table, I: ColumnId> OwnsRows for HasMany<P, C, I> {
    type Keys = P::Keys;
}

impl<P: Table + SetsKeys<I>, C: Table, I: ColumnId> OwnsRows for HasOne<P, C, I> {
    type Keys = P::Keys;
}

/// What `.values(..)` of a relation takes: assignments that set all required columns beside the foreign key, none twice.
#[diagnostic::on_unimplemented(
    message = "this does not set columns of the table that the relation leads to",
    label = "expected `Table::column.set(value)` or a tuple of these; a struct goes to `.rows(|row| ..)`"
)]
pub trait RelatedValues<D: Dialect, R, I>: Sized {
    /// Renders them.
    fn assigned(self, to: &mut AssignmentList);
}

impl<D, R, I, J, C, A> RelatedValues<D, R, (I, J, C)> for A
where
    D: Dialect,
    R: OwnsRows,
    A: StandsIn<SET> + Assignments<D, R::To, (), I, C, A::Fit>,
    C: NoneRepeats + NoneOf<R::Keys>,
    <R::To as Table>::Required: AllSetBut<R::Keys, C, J>,
{
    fn assigned(self, to: &mut AssignmentList) {
        self.assign(to);
    }
}

/// The rows that belong to others, and to which.
#[derive(Debug)]
pub struct RowList {
    def: &'static TableDef,
    foreign_key: &'static KeyColumn,
    pub(super) rows: NewRows,
    /// The place of the row that each belongs to.
    pub(super) parents: Vec<usize>,
    pub(super) keys: Vec<Key>,
    cells: Cells,
}

impl RowList {
    pub(super) fn new(def: &'static TableDef, foreign_key: &'static KeyColumn) -> Self {
        let (rows, cells) = (NewRows::default(), Cells::default());
        RowList { def, foreign_key, rows, parents: Vec::new(), keys: Vec::new(), cells }
    }

    /// What is added from now on belongs to the next row, which has this key.
    pub(super) fn begin(&mut self, key: Key) {
        self.keys.push(key);
    }

    /// Adds a row.
    pub(super) fn add(&mut self, mut row: Vec<Assigned>) {
        let Some(key) = self.keys.last() else { return };
        let column = self.foreign_key.index;
        row.retain(|set| set.column != column);
        row.push(Assigned { column, value: Written::Value(key.clone().into_value()) });
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
