//! One relation on its way: the rows that it leads to, for all parents at once.

use std::mem;

use super::{
    super::link::{Key, Link},
    KeysAbove, Levels, Plan, Planned, Related, Together, Way,
    children::{Child, Found, Parents},
    places::{self, KeyOf, KeyPlace},
    plan::read_with_keys,
};
use crate::{
    Error,
    dialect::Dialect,
    query::{Parts, Select, in_lists},
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
        way: Way,
    ) -> BoxFuture<'e, Result<Vec<Self::Loaded>, Error>>;

    /// Adds it to one statement, with its keys from a level above.
    fn add_to(&self, together: &mut Together<D>, keys: KeysAbove<'_>);

    /// Takes what that statement found, for rows with these keys.
    ///
    /// # Errors
    /// As `load`.
    fn take(self, levels: &mut Levels<'_, '_, D>, keys: Vec<Option<Key>>) -> Result<Vec<Self::Loaded>, Error>;
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
        way: Way,
    ) -> BoxFuture<'e, Result<Vec<Self::Loaded>, Error>> {
        let Related { relation, select: Select { mut parts, decode, .. }, loads, .. } = self;
        let plan = loads.plan(&mut parts.projection, decode);
        let link = relation.key_link();
        Box::pin(async move { load(plan, parts, link, executor, keys, way).await?.into_iter().map(N::of).collect() })
    }

    fn add_to(&self, together: &mut Together<D>, keys: KeysAbove<'_>) {
        let Related { relation, select: Select { parts, decode, .. }, loads, .. } = self;
        let (mut parts, link) = (parts.clone(), relation.key_link());
        let plan = loads.clone().plan(&mut parts.projection, *decode);
        if !together.takes(&parts, link.other, &plan) {
            return;
        }
        if let Some((own, places)) = find_keys(&mut parts, &plan, link) {
            parts.only(|out| keys.write(link.table, link.other, out));
            let rows = parts.into_numbered(Some((link.table, link.other)));
            let level = together.add(rows, Some(own), places);
            together.below(&level, &plan);
        }
    }

    fn take(self, levels: &mut Levels<'_, '_, D>, keys: Vec<Option<Key>>) -> Result<Vec<Self::Loaded>, Error> {
        let Related { select: Select { mut parts, decode, .. }, loads, .. } = self;
        let plan = loads.plan(&mut parts.projection, decode);
        take(plan, levels, keys)?.into_iter().map(N::of).collect()
    }
}

/// The rows of each parent, in the order of their keys.
async fn load<D: Dialect, P: Plan<D>, E: Executor<D> + Copy + Sync>(
    plan: P,
    mut parts: Box<Parts>,
    link: &'static Link,
    executor: E,
    keys: Vec<Option<Key>>,
    way: Way,
) -> Result<Vec<Vec<P::With>>, Error> {
    let count = keys.len();
    let way = way.down(plan.shape())?;
    let (parents, values) = Parents::new(keys);
    if values.is_empty() {
        // Nor is there anything further down, which for a shape within itself has no end.
        return Ok((0..count).map(|_| Vec::new()).collect());
    }
    let Some((own, places)) = find_keys(&mut parts, &plan, link) else { return Ok(Vec::new()) };
    let reads = plan.clone();
    let decoder = Decoder::with(move |row: &mut D::Row<'_>| read(&reads, &parents, &own, &places, row));

    let mut found = Vec::new();
    for values in in_lists(values, link.other.len(), D::SYNTAX) {
        let statement = parts.clone().into_statement_of(link.table, link.other, values);
        let mut part = executor.fetch_all(Query { statement, decoder: decoder.clone() }).await?;
        if found.is_empty() {
            found = part;
        } else {
            found.append(&mut part);
        }
    }

    let keys = keys_of(&mut found);
    let loaded = plan.load(executor, keys, way).await?;
    Ok(children::<D, P>(count, found, loaded))
}

/// The same of what one statement found.
fn take<D: Dialect, P: Plan<D>>(
    plan: P,
    levels: &mut Levels<'_, '_, D>,
    keys: Vec<Option<Key>>,
) -> Result<Vec<Vec<P::With>>, Error> {
    let count = keys.len();
    let (parents, _) = Parents::new(keys);
    let mut found = levels.read(|places, row| match &places.own {
        Some(own) => read(&plan, &parents, own, &places.keys, row),
        None => Ok(Found::Several(Vec::new())),
    })?;
    let keys = keys_of(&mut found);
    let loaded = plan.take(levels, keys)?;
    Ok(children::<D, P>(count, found, loaded))
}

/// Sees to it that the rows have the key that they are found by, and those of their own relations; says where.
fn find_keys<D: Dialect, P: Plan<D>>(parts: &mut Parts, plan: &P, link: &Link) -> Option<(KeyPlace, Vec<KeyPlace>)> {
    // A limit for each parent takes a column behind the others.
    let number = usize::from(parts.is_cut());
    let mut columns = plan.columns();
    columns.push((link.table, link.other));
    let mut places = places::find(parts, &columns, number);
    places.pop().map(|own| (own, places))
}

/// Takes the keys of the rows' own relations out of them.
fn keys_of<R, K: Default>(found: &mut [Found<R, K>]) -> Vec<K> {
    let mut keys = Vec::with_capacity(found.len());
    for found in found {
        for child in found.as_mut_slice() {
            keys.push(mem::take(&mut child.keys));
        }
    }
    keys
}

/// The rows of each of so many parents, with what is loaded for them.
fn children<D: Dialect, P: Plan<D>>(
    parents: usize,
    mut found: Vec<Found<P::Row, P::Keys>>,
    loaded: Vec<P::Loaded>,
) -> Vec<Vec<P::With>> {
    let mut counts = vec![0; parents];
    for found in &mut found {
        for child in found.as_mut_slice() {
            counts[child.parent] += 1;
        }
    }
    let mut children: Vec<Vec<P::With>> = counts.into_iter().map(Vec::with_capacity).collect();
    let mut loaded = loaded.into_iter();
    for found in found {
        found.for_each(|Child { parent, row, .. }| {
            if let Some(loaded) = loaded.next() {
                children[parent].push(P::join(row, loaded));
            }
        });
    }
    children
}

/// Reads a row once for each parent that it belongs to.
fn read<D: Dialect, P: Plan<D>>(
    plan: &P,
    parents: &Parents,
    own: &KeyPlace,
    places: &[KeyPlace],
    row: &mut D::Row<'_>,
) -> Result<Found<P::Row, P::Keys>, Error> {
    let child = |row: &mut D::Row<'_>, parent| {
        let (row, keys) = read_with_keys(plan, places, row)?;
        Ok(Child { parent, row, keys })
    };
    let Some(parents) = parents.find(own, row)? else { return Ok(Found::Several(Vec::new())) };
    match *parents {
        [parent] => child(row, parent).map(Found::One),
        [] => Err(row.mismatch("a key that is asked for", "one that only the database takes for equal".to_owned())),
        ref parents => {
            let children = parents.iter().map(|parent| child(row, *parent));
            Ok(Found::Several(children.collect::<Result<_, Error>>()?))
        }
    }
}
