//! Rows that are ready to be inserted: the keys of those that they belong to are known.

use std::marker::PhantomData;

use super::{LinksRows, NewRelations, RowList, rows::set_key};
use crate::{
    Error,
    dialect::Dialect,
    query::{Brought, NewRows, insert_rows},
    relation::{Cardinality, Key, Link, Relation},
    run::{BoxFuture, Executor},
    table::{Table, TableDef},
};

/// Rows to be inserted for other ones.
pub trait PlannedInsert<D: Dialect>: Send {
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

/// Rows of the table `T`.
#[derive(Debug)]
pub struct PlannedRows<T, N, L> {
    pub(super) list: RowList,
    pub(super) nested: L,
    pub(super) marker: PhantomData<fn() -> (T, N)>,
}

impl<D: Dialect, T: Table, N: Cardinality, L: NewRelations<D, T>> PlannedInsert<D> for PlannedRows<T, N, L> {
    type Inserted = N::Of<L::With<T>>;

    fn insert<'e, E: Executor<D> + Copy + Sync + 'e>(
        self,
        executor: E,
    ) -> BoxFuture<'e, Result<Vec<Self::Inserted>, Error>>
    where
        Self: 'e,
    {
        Box::pin(async move {
            let RowList { rows, parents, keys, foreign_key, .. } = self.list;
            let count = keys.len();
            let brought = (!foreign_key.is_empty()).then_some(Brought { columns: foreign_key, keys });
            let (rows, _) = insert(executor, rows, brought, self.nested).await?;
            of_each::<N, _>(count, parents, rows)
        })
    }
}

/// Rows, and the rows of a junction that link them with those that they belong to.
#[derive(Debug)]
pub struct PlannedThrough<R: Relation, N, L> {
    pub(super) rows: PlannedRows<R::To, N, L>,
    pub(super) link: &'static Link,
}

impl<D: Dialect, R: LinksRows, N: Cardinality, L: NewRelations<D, R::To>> PlannedInsert<D> for PlannedThrough<R, N, L> {
    type Inserted = N::Of<L::With<R::To>>;

    fn insert<'e, E: Executor<D> + Copy + Sync + 'e>(
        self,
        executor: E,
    ) -> BoxFuture<'e, Result<Vec<Self::Inserted>, Error>>
    where
        Self: 'e,
    {
        Box::pin(async move {
            let RowList { rows, parents, keys, .. } = self.rows.list;
            let (rows, new) = insert(executor, rows, None, self.rows.nested).await?;
            let near = parents.iter().map(|parent| keys[*parent].clone());
            let links = link_rows(R::Junction::def(), self.link, near.zip(new));
            for statement in links.statements::<D>(R::Junction::def()) {
                executor.execute(statement).await?;
            }
            of_each::<N, _>(keys.len(), parents, rows)
        })
    }
}

/// Rows of a junction.
fn link_rows(def: &'static TableDef, link: &Link, keys: impl Iterator<Item = (Key, Key)>) -> NewRows {
    let mut rows = NewRows::default();
    let Some(between) = link.between else { return rows };
    for (near, far) in keys {
        let mut row = Vec::with_capacity(2);
        let columns = link.other.iter().chain([between.far]);
        let near = near.into_values(link.other.iter().map(|column| &column.data_type));
        let values = near.into_iter().chain(far.into_values([&between.far.data_type]));
        columns.zip(values).for_each(|(column, value)| set_key(&mut row, column, value));
        rows.add(&mut row, def);
    }
    rows
}

/// Rows for each of so many that they belong to.
fn of_each<N: Cardinality, R: Send + 'static>(
    count: usize,
    parents: Vec<usize>,
    rows: Vec<R>,
) -> Result<Vec<N::Of<R>>, Error> {
    let mut children: Vec<Vec<R>> = (0..count).map(|_| Vec::new()).collect();
    for (parent, row) in parents.into_iter().zip(rows) {
        children[parent].push(row);
    }
    children.into_iter().map(N::of).collect()
}

/// Inserts rows and then those that belong to them: returns them, and their keys.
pub(super) async fn insert<D: Dialect, T: Table, L: NewRelations<D, T>, E: Executor<D> + Copy + Sync>(
    executor: E,
    rows: NewRows,
    brought: Option<Brought>,
    nested: L,
) -> Result<(Vec<L::With<T>>, Vec<Key>), Error> {
    let (rows, keys): (Vec<T>, Vec<_>) = insert_rows::<D, T, E>(executor, rows, brought).await?.into_iter().unzip();
    let inserted = nested.plan(&rows, &keys).insert(executor).await?;
    Ok((rows.into_iter().zip(inserted).map(|(row, inserted)| L::join(row, inserted)).collect(), keys))
}
