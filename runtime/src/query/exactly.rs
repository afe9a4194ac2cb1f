//! What is done to rows that belong to a row: to some of them, or to all, so that exactly certain ones do.

use std::collections::HashSet;

use super::keyed_writes::{FoundRows, KeyValue, Listed, fits, lock_row, write_nothing};
use crate::{
    Error,
    dialect::Dialect,
    relation::{Key, KeyColumn},
    render::Statement,
    run::{BoxFuture, Decoder, Executor, InSnapshot, Query},
    table::TableDef,
    value::Value,
};

/// A write of rows that belong to a row.
#[derive(Debug, Clone)]
pub(crate) enum KeyedWrite {
    /// Of rows that are named.
    Some(Vec<Statement>),
    /// Of all, so that exactly these belong to it.
    Exactly(Box<Exactly>),
}

impl KeyedWrite {
    /// Runs it, all or nothing; says how many rows were changed.
    pub(crate) fn run<'e, D: Dialect, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<u64, Error>> {
        Box::pin(async move {
            match self {
                KeyedWrite::Some(statements) => Ok(executor.execute_batch(statements).await?.rows),
                KeyedWrite::Exactly(exactly) => executor.atomic(*exactly).await,
            }
        })
    }
}

/// The rows that are to belong to a row, and no others.
#[derive(Debug, Clone)]
pub(crate) struct Exactly {
    /// The table of that row, and its key.
    pub(crate) of: (&'static TableDef, Vec<KeyValue>),
    /// The table of the rows.
    pub(crate) def: &'static TableDef,
    /// What a row that belongs to it holds of that key.
    pub(crate) key: Vec<KeyValue>,
    /// What tells the rows apart, and its values in those that are to belong to it.
    pub(crate) column: &'static KeyColumn,
    pub(crate) values: Vec<Value>,
    pub(crate) others: Others,
    /// Makes them belong to it.
    pub(crate) statements: Vec<Statement>,
}

/// What becomes of the others.
#[derive(Debug, Clone)]
pub(crate) enum Others {
    Deleted,
    /// These columns of their key become NULL.
    Freed(Vec<KeyColumn>),
}

impl<D: Dialect> InSnapshot<D> for Exactly {
    type Output = u64;

    /// The row is locked first. Of two that do this to it at the same time, neither would see the rows that the other adds:
    /// both would stay.
    fn run<'e, E: Executor<D> + Copy + Sync + 'e>(self, executor: E) -> BoxFuture<'e, Result<u64, Error>>
    where
        Self: 'e,
    {
        Box::pin(async move {
            if let Some(lock) = lock_row::<D>(self.of.0, &self.of.1) {
                executor.execute(lock).await?;
            }
            let others = if fits::<D>(&self.values) {
                Listed::NotIn(self.values.clone())
            } else {
                Listed::In(self.find_others::<D, E>(executor).await?)
            };
            let mut rows = 0;
            for statement in self.take::<D>(others).into_iter().chain(self.statements) {
                rows += executor.execute(statement).await?.rows;
            }
            Ok(rows)
        })
    }
}

impl Exactly {
    fn rows(&self, listed: Listed) -> FoundRows<'_> {
        FoundRows { def: self.def, key: &self.key, column: self.column, listed }
    }

    fn take<D: Dialect>(&self, others: Listed) -> Vec<Statement> {
        let rows = self.rows(others);
        match &self.others {
            Others::Deleted => rows.delete::<D>(),
            Others::Freed(columns) => rows.free::<D>(columns),
        }
    }

    /// The values of the others, where one NOT IN cannot hold all that stay. Which do is for the database to say, as it is
    /// there: it may take values for equal that are not the same.
    async fn find_others<D: Dialect, E: Executor<D> + Copy>(&self, executor: E) -> Result<Vec<Value>, Error> {
        if D::SYNTAX.writes.row_lock.is_none() {
            for statement in write_nothing::<D>(self.def) {
                executor.execute(statement).await?;
            }
        }
        let all = self.read::<D, E>(executor, Listed::NotIn(Vec::new())).await?;
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let stay = self.read::<D, E>(executor, Listed::In(self.values.clone())).await?;
        let stay: HashSet<Key> = stay.into_iter().collect();
        let others = all.into_iter().filter(|key| !stay.contains(key));
        Ok(others.filter_map(|key| key.into_value(&self.column.data_type)).collect())
    }

    async fn read<D: Dialect, E: Executor<D> + Copy>(&self, executor: E, listed: Listed) -> Result<Vec<Key>, Error> {
        let column = std::slice::from_ref(self.column);
        let decoder = Decoder::with(move |row: &mut D::Row<'_>| Key::read(row, column, |_, _| {}));
        let mut keys = Vec::new();
        for statement in self.rows(listed).select::<D>() {
            let found = executor.fetch_all(Query { statement, decoder: decoder.clone() }).await?;
            keys.extend(found.into_iter().flatten());
        }
        Ok(keys)
    }
}
