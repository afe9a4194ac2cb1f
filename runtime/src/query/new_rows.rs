//! Rows that are inserted and come back, each in the place in which it was given.

use std::collections::HashMap;

use super::{
    assign::{Assigned, Written},
    insert::Insert,
    lists::in_lists,
    output::OutputRow as _,
    parts::{Parts, write_any_of},
    rows::{self, Batch, Rows},
    upsert::{Conflict, new_value},
    write::{Verb, Write},
};
use crate::{
    Error,
    dialect::{Dialect, NewRow},
    relation::{Key, KeyColumn},
    render::{Fragment, Statement},
    run::{Decoder, Executor, Query, RowReader as _},
    table::{ColumnDef, Table, TableDef},
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

/// What is known of the primary keys of rows, before they are there.
#[derive(Clone, Copy, PartialEq)]
enum Known {
    /// They are given.
    Given,
    /// They count up, row by row.
    Counted,
    /// The database makes them.
    Nothing,
}

/// Rows of whose keys the same is known, with the place of each among all rows.
#[derive(Default)]
struct Group {
    batches: Vec<Batch>,
    places: Vec<usize>,
}

/// A table, and where the columns of its primary key stand.
struct Target<T> {
    def: &'static TableDef,
    key: Vec<KeyColumn>,
    marker: std::marker::PhantomData<fn() -> T>,
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
    let mut found: Vec<Option<(T, Key)>> = (0..count).map(|_| None).collect();
    if D::SYNTAX.writes.insert_returning {
        let keys = target.given_keys(&given.batches);
        let rows = target.returned::<D, E>(executor, given.batches).await?;
        by_key(&mut found, rows, keys, &given.places)?;
        let rows = target.returned::<D, E>(executor, counted.batches).await?;
        by_number(&mut found, rows, &counted.places)?;
        for (batch, place) in others.batches.into_iter().flat_map(Batch::one_by_one).zip(others.places) {
            found[place] = target.returned::<D, E>(executor, vec![batch]).await?.pop();
        }
    } else if let Some(brought) = brought.filter(|_| counted.places.len() == count) {
        let first = target.executed::<D, E>(executor, counted.batches).await?.map(i128::from);
        let mut rows = target.read::<D, E>(executor, brought.columns, brought.keys).await?;
        // Others may have brought along rows of this table as well, before.
        rows.retain(|(_, key)| key.number() >= first);
        by_number(&mut found, rows, &counted.places)?;
    } else {
        if !others.places.is_empty() {
            return Err(Error::encode(format!(
                "{} does not tell which key it made for a row of `{}`: set it to a value",
                D::SYNTAX.name,
                target.def.name
            )));
        }
        let keys = target.given_keys(&given.batches);
        target.executed::<D, E>(executor, given.batches).await?;
        let rows = target.read::<D, E>(executor, &target.key, keys.clone()).await?;
        by_key(&mut found, rows, keys, &given.places)?;
        let mut keys = Vec::with_capacity(counted.places.len());
        for batch in counted.batches.into_iter().flat_map(Batch::one_by_one) {
            let id = target.executed::<D, E>(executor, vec![batch]).await?.ok_or(Error::RowNotFound)?;
            keys.push(Key::Integer(id));
        }
        let rows = target.read::<D, E>(executor, &target.key, keys).await?;
        by_number(&mut found, rows, &counted.places)?;
    }
    found.into_iter().map(|row| row.ok_or(Error::RowNotFound)).collect()
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

impl<T: Table + 'static> Target<T> {
    fn new() -> Self {
        let def = T::def();
        let key = |name: &&'static str| {
            let index = def.columns.iter().position(|column| column.name == *name)?;
            Some(KeyColumn { name, index, data_type: def.columns[index].data_type })
        };
        Target { def, key: def.primary_key.iter().filter_map(key).collect(), marker: std::marker::PhantomData }
    }

    /// Rows whose keys are given, those whose keys count up, and others.
    fn apart(&self, rows: NewRows) -> [Group; 3] {
        let mut groups = [Group::default(), Group::default(), Group::default()];
        let mut first = 0;
        for mut batch in rows.batches {
            let group = &mut groups[self.known(&mut batch) as usize];
            group.places.extend(first..first + batch.rows);
            first += batch.rows;
            group.batches.push(batch);
        }
        groups
    }

    /// What is known of the keys of these rows; what mizzle makes itself is made now.
    fn known(&self, batch: &mut Batch) -> Known {
        if let [column] = self.key[..]
            && self.def.columns[column.index].auto_increment
            && !batch.columns.contains(&column.index)
        {
            return Known::Counted;
        }
        let width = batch.columns.len();
        let mut is_given = !self.key.is_empty();
        for column in &self.key {
            let Ok(place) = batch.columns.binary_search(&column.index) else { return Known::Nothing };
            for cell in batch.cells.iter_mut().skip(place).step_by(width) {
                match cell {
                    Written::Value(value) => value.compute(),
                    _ => is_given = false,
                }
            }
        }
        if is_given { Known::Given } else { Known::Nothing }
    }

    /// The keys of rows in which they are given.
    fn given_keys(&self, batches: &[Batch]) -> Vec<Key> {
        let rows = batches
            .iter()
            .flat_map(|batch| batch.cells.chunks(batch.columns.len().max(1)).map(move |row| (batch, row)));
        let key = |(batch, row): (&Batch, &[Written])| {
            let places = self.key.iter().filter_map(|column| batch.columns.binary_search(&column.index).ok());
            let values = places.filter_map(|place| match &row[place] {
                Written::Value(value) => Some(value.clone()),
                _ => None,
            });
            Key::of(values.collect())
        };
        rows.map(key).collect()
    }

    fn statements<D: Dialect>(&self, batches: Vec<Batch>, returning: Option<&Fragment>) -> Vec<Statement> {
        statements::<D>(self.def, batches, Conflict::new(D::SYNTAX), returning)
    }

    /// Inserts rows; the key that the first statement counted up, where the database tells.
    async fn executed<D: Dialect, E: Executor<D> + Copy>(
        &self,
        executor: E,
        batches: Vec<Batch>,
    ) -> Result<Option<i64>, Error> {
        let mut id = None;
        for statement in self.statements::<D>(batches, None) {
            let done = executor.execute(statement).await?;
            id = id.or(done.id);
        }
        Ok(id)
    }

    /// Inserts rows and returns them, in whatever order.
    async fn returned<D: Dialect, E: Executor<D> + Copy>(
        &self,
        executor: E,
        batches: Vec<Batch>,
    ) -> Result<Vec<(T, Key)>, Error> {
        let statements = {
            let mut columns = Fragment::clause(D::SYNTAX);
            columns.columns_of(T::COLUMNS, None);
            self.statements::<D>(batches, Some(&columns))
        };
        self.fetch(executor, statements).await
    }

    /// The rows with these values in these columns, in whatever order.
    async fn read<D: Dialect, E: Executor<D> + Copy>(
        &self,
        executor: E,
        columns: &[KeyColumn],
        keys: Vec<Key>,
    ) -> Result<Vec<(T, Key)>, Error> {
        let columns: Vec<&'static ColumnDef> = columns.iter().map(|column| &self.def.columns[column.index]).collect();
        let statements = in_lists(keys, columns.len(), D::SYNTAX).into_iter().map(|keys| {
            let mut parts = Parts::from::<T>(D::SYNTAX);
            let names = columns.iter().map(|column| (column.name, &column.data_type));
            parts.only(|out| write_any_of(self.def.name, names, keys, out));
            parts.into_statement(D::SYNTAX)
        });
        let statements = statements.collect();
        self.fetch(executor, statements).await
    }

    async fn fetch<D: Dialect, E: Executor<D> + Copy>(
        &self,
        executor: E,
        statements: Vec<Statement>,
    ) -> Result<Vec<(T, Key)>, Error> {
        let key = self.key.clone();
        let decoder = Decoder::with(move |row: &mut D::Row<'_>| {
            let found = Key::read(row, &key, |row, place| row.seek(key[place].index))?;
            row.seek(0);
            Ok((T::read(row)?, found.ok_or(Error::RowNotFound)?))
        });
        let mut rows = Vec::new();
        for statement in statements {
            rows.append(&mut executor.fetch_all(Query { statement, decoder: decoder.clone() }).await?);
        }
        Ok(rows)
    }
}

/// Puts rows into the places of their keys.
fn by_key<R>(
    found: &mut [Option<(R, Key)>],
    rows: Vec<(R, Key)>,
    keys: Vec<Key>,
    places: &[usize],
) -> Result<(), Error> {
    let places: HashMap<Key, usize> = keys.into_iter().zip(places.iter().copied()).collect();
    for row in rows {
        let place = places.get(&row.1).ok_or(Error::RowNotFound)?;
        found[*place] = Some(row);
    }
    Ok(())
}

/// Puts rows whose keys count up into places.
fn by_number<R>(found: &mut [Option<(R, Key)>], mut rows: Vec<(R, Key)>, places: &[usize]) -> Result<(), Error> {
    if rows.len() != places.len() {
        return Err(Error::RowNotFound);
    }
    rows.sort_by_key(|(_, key)| key.number());
    for (row, place) in rows.into_iter().zip(places) {
        found[*place] = Some(row);
    }
    Ok(())
}
