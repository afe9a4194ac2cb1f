//! Rows on their way into a table: `NewUser`, `UserPatch`.

use super::Column;
use crate::{
    query::{Assigned, Written},
    value::FieldType,
};

/// The columns that a row sets, in the order of declaration.
#[derive(Debug, Clone, Default)]
pub struct Cells(pub(crate) Vec<Assigned>);

impl Cells {
    /// Sets a column.
    pub fn set<C: Column>(&mut self, value: C::Value) {
        self.0.push(Assigned { column: C::INDEX, value: Written::Value(value.into_value()) });
    }

    /// Sets a column, or leaves it out: an insert then takes the default, an update keeps what is there.
    pub fn set_if<C: Column>(&mut self, value: Option<C::Value>) {
        if let Some(value) = value {
            self.set::<C>(value);
        }
    }
}

/// A row that can be inserted: the struct named by `#[table(insert = NewUser)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row to insert into a table",
    label = "not an insert struct",
    note = "`#[table(insert = NewUser)]` writes one"
)]
pub trait InsertRow {
    /// The table.
    type Table;

    /// The columns that it sets.
    fn cells(self, cells: &mut Cells);
}

#[diagnostic::do_not_recommend]
impl<R: InsertRow + Clone> InsertRow for &R {
    type Table = R::Table;

    fn cells(self, cells: &mut Cells) {
        self.clone().cells(cells);
    }
}
