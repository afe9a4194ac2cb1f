//! One relation on its way: the rows that it leads to, for all parents at once.

use std::sync::Arc;

use super::{
    super::link::{Key, Link},
    Plan, Planned, Related,
    children::{Found, Parents},
    places::{self, KeyOf, KeyPlace},
};
use crate::{
    Error,
    dialect::{Dialect, Syntax},
    query::{Parts, Select},
    relation::{Cardinality, Relation},
    run::{BoxFuture, Decoder, Executor, Query, RowReader as _},
    table::Source,
};

/// A relation that is loaded for rows whose keys are known.
pub trait Level<D: Dialect>: Clone + Send + Sync + 'static {
    /// What is loaded for each row.
    type Loaded: Send + 'static;

    /// The columns of the rows that the relation begins at, and the name of their table.
    fn columns(&self) -> KeyOf;

    /// Loads it for rows with these keys, in their order.
    fn load<'e, E: Executor<D> + Copy + Sync + 'e>(
        self,
        executor: E,
        keys: Vec<Option<Key>>,
    ) -> BoxFuture<'e, Result<Vec<Self::Loaded>, Error>>;
}

impl<D, R, Row, X, L, N> Level<D> for Related<D, R, Row, X, L, N>
where
    D: Dialect,
    R: Relation,
    Row: Send + 'static,
    X: 'static,
    L: Planned<D, Row>,
    N: Cardinality,
{
    type Loaded = N::Of<L::With>;

    fn columns(&self) -> KeyOf {
        (R::From::NAME, self.relation.key_link().own)
    }

    fn load<'e, E: Executor<D> + Copy + Sync + 'e>(
        self,
        executor: E,
        keys: Vec<Option<Key>>,
    ) -> BoxFuture<'e, Result<Vec<Self::Loaded>, Error>> {
        let Related { relation, select: Select { mut parts, decode, .. }, loads, .. } = self;
        let plan = loads.plan(&mut parts.projection, decode);
        let link = relation.key_link();
        Box::pin(async move { load(plan, parts, link, executor, keys).await?.into_iter().map(N::of).collect() })
    }
}

/// The rows of each parent, in the order of their keys.
async fn load<D: Dialect, P: Plan<D>, E: Executor<D> + Copy + Sync>(
    plan: P,
    mut parts: Box<Parts>,
    link: &'static Link,
    executor: E,
    keys: Vec<Option<Key>>,
) -> Result<Vec<Vec<P::With>>, Error> {
    let count = keys.len();
    let (parents, values) = Parents::new(keys);
    if values.is_empty() {
        // Nor is there anything further down, which for a shape within itself has no end.
        return Ok((0..count).map(|_| Vec::new()).collect());
    }
    // A limit for each parent takes a column behind the others.
    let number = usize::from(parts.is_cut());
    let mut columns = plan.columns();
    columns.push((link.table, link.other));
    let mut places = places::find(&mut parts, &columns, number);
    let Some(own) = places.pop() else { return Ok(Vec::new()) };
    let decoder = decoder(parents.into(), own, places, plan.clone());

    let mut rows = Vec::with_capacity(values.len());
    let (mut parents_of, mut keys) = (Vec::with_capacity(values.len()), Vec::with_capacity(values.len()));
    for values in in_parts(values, list_length(D::SYNTAX, link.other.len())) {
        let statement = parts.clone().into_statement_of(link.table, link.other, values);
        for found in executor.fetch_all(Query { statement, decoder: decoder.clone() }).await? {
            for (parent, row, key) in found.first.into_iter().chain(found.others) {
                parents_of.push(parent);
                rows.push(row);
                keys.push(key);
            }
        }
    }

    let mut children: Vec<Vec<P::With>> = (0..count).map(|_| Vec::new()).collect();
    let loaded = plan.load(executor, keys).await?;
    for ((parent, row), loaded) in parents_of.into_iter().zip(rows).zip(loaded) {
        children[parent].push(P::join(row, loaded));
    }
    Ok(children)
}

/// Reads a row once for each parent that it belongs to.
fn decoder<D: Dialect, P: Plan<D>>(
    parents: Arc<Parents>,
    own: KeyPlace,
    places: Vec<KeyPlace>,
    plan: P,
) -> Decoder<D, Found<P::Row, P::Keys>> {
    Decoder::with(move |row: &mut D::Row<'_>| {
        let mut found = Found { first: None, others: Vec::new() };
        let Some(key) = own.read(row)? else { return Ok(found) };
        let parents = parents.of(&key);
        if parents.is_empty() {
            return Err(
                row.mismatch("a key that is asked for", "one that only the database takes for equal".to_owned())
            );
        }
        for parent in parents {
            let keys = P::read_keys(&places, row)?;
            row.seek(0);
            let child = (*parent, plan.read(row)?, keys);
            match found.first {
                None => found.first = Some(child),
                Some(_) => found.others.push(child),
            }
        }
        Ok(found)
    })
}

/// How many keys of so many columns a list can have, with room for other parameters.
fn list_length(syntax: &Syntax, columns: usize) -> usize {
    if syntax.spelling.lists_are_arrays { usize::MAX } else { syntax.max_parameters / 4 / columns.max(1) }
}

/// The keys in lists of at most this length.
fn in_parts(mut values: Vec<Key>, length: usize) -> Vec<Vec<Key>> {
    let mut lists = Vec::with_capacity(values.len().div_ceil(length.max(1)));
    while values.len() > length {
        let rest = values.split_off(length);
        lists.push(std::mem::replace(&mut values, rest));
    }
    if !values.is_empty() {
        lists.push(values);
    }
    lists
}
