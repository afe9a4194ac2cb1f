//! Rows that are inserted and come back, each in the place in which it was given.

mod places;
mod target;

use self::{
    places::{Places, by_number},
    target::Target,
};
use super::{
    assign::Assigned,
    insert::Insert,
    rows::{self, Batch, Rows},
    upsert::{Conflict, new_value},
    write::{Verb, Write},
};
use crate::{
    Error,
    dialect::{Dialect, NewRow},
    relation::{Key, KeyColumn},
    render::{Fragment, Statement},
    run::Executor,
    table::{Table, TableDef},
};

/// Rows of a table that are to be inserted.
#[derive(Debug, Default)]
pub(crate) struct NewRows {
    batches: Vec<Batch>,
    count: usize,
}

impl NewRows {
    /// Adds a row.
    pub(crate) fn add(&mut self, row: &mut Vec<Assigned>, def: &TableDef) {
        rows::add(&mut self.batches, row, 1, def);
        self.count += 1;
    }

    /// The statements that insert them.
    pub(crate) fn statements<D: Dialect>(self, def: &'static TableDef) -> Vec<Statement> {
        statements::<D>(def, self.batches, Conflict::new(D::SYNTAX), None)
    }
}

impl<D: Dialect, T: Table, N> From<Insert<D, T, N>> for NewRows {
    fn from(insert: Insert<D, T, N>) -> Self {
        let batches = insert.into_batches();
        NewRows { count: batches.iter().map(|batch| batch.rows).sum(), batches }
    }
}

/// The rows that other, new ones have brought along: nothing else refers to these.
pub(crate) struct Brought {
    /// The foreign key.
    pub(crate) columns: &'static [KeyColumn],
    /// Its values.
    pub(crate) keys: Vec<Key>,
}

/// Inserts rows, and returns them in their order. It takes several statements: run it in a transaction.
///
/// No database promises that RETURNING follows the order of the rows. The keys tell which is which: they are given, or they
/// count up from row to row. Where the database makes keys of another kind, rows are inserted one by one.
pub(crate) async fn insert<D: Dialect, T: Table + 'static, E: Executor<D> + Copy>(
    executor: E,
    rows: NewRows,
    brought: Option<Brought>,
) -> Result<Vec<(T, Key)>, Error> {
    let count = rows.count;
    if count == 0 {
        return Ok(Vec::new());
    }
    let target = Target::<T>::new();
    let [given, counted, others] = target.apart(rows);
    let mut found: Places<T> = (0..count).map(|_| None).collect();
    if D::SYNTAX.writes.insert_returning {
        let keys = target.given_keys(&given.batches);
        let rows = target.returned::<D, E>(executor, given.batches).await?;
        target.place_by_key::<D, E>(executor, &mut found, rows, (keys, given.places)).await?;
        let rows = target.returned::<D, E>(executor, counted.batches).await?;
        by_number(&mut found, rows, &counted.places)?;
        for (batch, place) in others.batches.into_iter().flat_map(Batch::one_by_one).zip(others.places) {
            found[place] = target.returned::<D, E>(executor, vec![batch]).await?.pop();
        }
    } else if counted.places.len() == count
        && let Some(brought) = brought
    {
        let first = target.executed::<D, E>(executor, counted.batches).await?.map(i128::from);
        let mut rows = target.read::<D, E>(executor, brought.columns, brought.keys).await?;
        // Others may have brought along rows of this table as well, before.
        rows.retain(|(_, key)| key.number() >= first);
        by_number(&mut found, rows, &counted.places)?;
    } else {
        let keys = target.given_keys(&given.batches);
        target.executed::<D, E>(executor, given.batches).await?;
        let rows = target.read::<D, E>(executor, &target.key, keys.clone()).await?;
        target.place_by_key::<D, E>(executor, &mut found, rows, (keys, given.places)).await?;
        let mut keys = Vec::with_capacity(counted.places.len());
        for batch in counted.batches.into_iter().flat_map(Batch::one_by_one) {
            let id = target.executed::<D, E>(executor, vec![batch]).await?.ok_or(Error::RowNotFound)?;
            keys.push(Key::Integer(id));
        }
        let rows = target.read::<D, E>(executor, &target.key, keys).await?;
        by_number(&mut found, rows, &counted.places)?;
        if !others.places.is_empty() {
            target.insert_brought::<D, E>(executor, &mut found, others, brought).await?;
        }
    }
    found.into_iter().map(|row| row.ok_or_else(|| target.lost::<D>())).collect()
}

fn statements<D: Dialect>(
    def: &'static TableDef,
    batches: Vec<Batch>,
    conflict: Conflict,
    returning: Option<&Fragment>,
) -> Vec<Statement> {
    let verb = Verb::Insert { rows: Rows::Values(batches), conflict };
    Write { def, kind: D::KIND, verb }.statements(returning).into_iter().map(Statement::now).collect()
}

/// Inserts rows of which some may be there: rows with the same values in two columns, which are unique together. Those stay
/// as they are.
pub(crate) fn insert_missing<D: Dialect>(
    def: &'static TableDef,
    rows: NewRows,
    key: [&'static KeyColumn; 2],
) -> Vec<Statement> {
    let mut conflict = Conflict::new(D::SYNTAX);
    if D::SYNTAX.writes.new_row == NewRow::Excluded {
        let mut separator = " ON CONFLICT (";
        for column in key {
            conflict.clause().sql(std::mem::replace(&mut separator, ", "));
            conflict.clause().name(column.name);
        }
        conflict.clause().sql(")");
        conflict.do_nothing();
    } else {
        conflict.names_new_rows = true;
        write_kept(def, key, conflict.clause());
    }
    statements::<D>(def, rows.batches, conflict, None)
}

/// Writes that a row with the same values stays as it is. Where a row is in the way for another reason, two rows for one value
/// are the error: any unique key calls for the update.
fn write_kept(def: &'static TableDef, key: [&'static KeyColumn; 2], out: &mut Fragment) {
    out.sql(" ON DUPLICATE KEY UPDATE ");
    out.name(key[0].name);
    let mut separator = " = IF(";
    for column in key {
        out.sql(std::mem::replace(&mut separator, " AND "));
        out.column(def.name, column.name);
        out.sql(" = ");
        new_value(column.name, out);
    }
    out.sql(", ");
    out.column(def.name, key[0].name);
    out.sql(", (SELECT 1 UNION ALL SELECT 2))");
}
