//! The table that new rows go to: what is known of their keys, and how they come back.

use std::marker::PhantomData;

use super::{
    super::{
        assign::Written,
        lists::in_lists,
        output::OutputRow as _,
        parts::{Parts, write_any_of},
        rows::Batch,
        upsert::Conflict,
    },
    Brought, NewRows,
    places::{self, Places},
    statements,
};
use crate::{
    Error,
    dialect::Dialect,
    relation::{Key, KeyColumn},
    render::{Fragment, Statement},
    run::{Decoder, Executor, Query, RowReader as _},
    table::{ColumnDef, Table, TableDef},
};

/// What is known of the keys of rows, before they are there.
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
pub(super) struct Group {
    pub(super) batches: Vec<Batch>,
    pub(super) places: Vec<usize>,
}

/// A table, and the columns that its rows are found by.
pub(super) struct Target<T> {
    pub(super) def: &'static TableDef,
    pub(super) key: Vec<KeyColumn>,
    marker: PhantomData<fn() -> T>,
}

impl<T: Table + 'static> Target<T> {
    /// Rows that are found by what tells them apart.
    pub(super) fn new() -> Self {
        let def = T::def();
        let column = |name: &&'static str| {
            let index = def.columns.iter().position(|column| column.name == *name)?;
            Some(KeyColumn { name, index, data_type: def.columns[index].data_type })
        };
        Self::found_by(def.row_key().iter().filter_map(column).collect())
    }

    /// Rows that are found by these columns.
    pub(super) fn found_by(key: Vec<KeyColumn>) -> Self {
        Target { def: T::def(), key, marker: PhantomData }
    }

    /// Rows whose keys are given, those whose keys count up, and others.
    pub(super) fn apart(&self, rows: NewRows) -> [Group; 3] {
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
    pub(super) fn given_keys(&self, batches: &[Batch]) -> Vec<Key> {
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

    /// Inserts rows of whose keys nothing is known, where the database does not return them: they are found by what brought
    /// them along, if they have no key at all.
    pub(super) async fn insert_brought<D: Dialect, E: Executor<D> + Copy>(
        &self,
        executor: E,
        found: &mut Places<T>,
        Group { batches, places }: Group,
        brought: Option<Brought>,
    ) -> Result<(), Error> {
        let brought = brought.filter(|_| self.def.primary_key.is_empty()).ok_or_else(|| self.untold::<D>())?;
        let by_parent = Self::found_by(brought.columns.to_vec());
        let keys = by_parent.given_keys(&batches);
        by_parent.executed::<D, E>(executor, batches).await?;
        let rows = by_parent.read::<D, E>(executor, brought.columns, brought.keys).await?;
        if places::by_parent(found, rows, keys, places) { Ok(()) } else { Err(self.untold::<D>()) }
    }

    /// What is said of rows that nothing tells apart.
    fn untold<D: Dialect>(&self) -> Error {
        Error::encode(format!(
            "{} does not tell which key it made for a row of `{}`: set it to a value",
            D::SYNTAX.name,
            self.def.name
        ))
    }

    fn statements<D: Dialect>(&self, batches: Vec<Batch>, returning: Option<&Fragment>) -> Vec<Statement> {
        statements::<D>(self.def, batches, Conflict::new(D::SYNTAX), returning)
    }

    /// Inserts rows; the key that the first statement counted up, where the database tells.
    pub(super) async fn executed<D: Dialect, E: Executor<D> + Copy>(
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
    pub(super) async fn returned<D: Dialect, E: Executor<D> + Copy>(
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
    pub(super) async fn read<D: Dialect, E: Executor<D> + Copy>(
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
