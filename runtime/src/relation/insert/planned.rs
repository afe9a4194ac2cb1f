//! Rows that are ready to be inserted: the keys of those that they belong to are known.

use std::marker::PhantomData;

use super::{NewRelations, RowList};
use crate::{
    Error,
    dialect::Dialect,
    query::{Brought, NewRows, insert_rows},
    relation::{Cardinality, KeyColumn, Relation},
    run::{BoxFuture, Executor},
    table::Table,
};

/// Rows to be inserted for other ones.
pub trait Planned<D: Dialect>: Send {
    /// What was inserted for each of the others.
    type Inserted: Send;

    /// Inserts them: returns what belongs to each, in their order.
    fn insert<'e, E: Executor<D> + Copy + Sync + 'e>(
        self,
        executor: E,
    ) -> BoxFuture<'e, Result<Vec<Self::Inserted>, Error>>
    where
        Self: 'e;
}

/// The rows of one relation.
#[derive(Debug)]
pub struct PlannedRows<R, N, L> {
    pub(super) list: RowList,
    pub(super) foreign_key: &'static KeyColumn,
    pub(super) nested: L,
    pub(super) marker: PhantomData<fn() -> (R, N)>,
}

impl<D: Dialect, R: Relation, N: Cardinality, L: NewRelations<D, R::To>> Planned<D> for PlannedRows<R, N, L> {
    type Inserted = N::Of<L::With<R::To>>;

    fn insert<'e, E: Executor<D> + Copy + Sync + 'e>(
        self,
        executor: E,
    ) -> BoxFuture<'e, Result<Vec<Self::Inserted>, Error>>
    where
        Self: 'e,
    {
        Box::pin(async move {
            let RowList { rows, parents, keys, .. } = self.list;
            let mut children: Vec<Vec<L::With<R::To>>> = keys.iter().map(|_| Vec::new()).collect();
            let brought = Brought { column: self.foreign_key, keys };
            let rows = insert(executor, rows, Some(brought), self.nested).await?;
            for (parent, row) in parents.into_iter().zip(rows) {
                children[parent].push(row);
            }
            children.into_iter().map(N::of).collect()
        })
    }
}

/// Inserts rows and then those that belong to them.
pub(super) async fn insert<D: Dialect, T: Table, L: NewRelations<D, T>, E: Executor<D> + Copy + Sync>(
    executor: E,
    rows: NewRows,
    brought: Option<Brought>,
    nested: L,
) -> Result<Vec<L::With<T>>, Error> {
    let (rows, keys): (Vec<T>, Vec<_>) = insert_rows::<D, T, E>(executor, rows, brought).await?.into_iter().unzip();
    let inserted = nested.plan(&rows, &keys).insert(executor).await?;
    Ok(rows.into_iter().zip(inserted).map(|(row, inserted)| L::join(row, inserted)).collect())
}
