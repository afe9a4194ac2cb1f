//! One relation on its way: the rows that it leads to, for all parents at once.

use std::{mem, sync::Arc};

use super::{
    super::link::Key,
    Loads, Related,
    children::{Child, Found, Parents},
    places::{self, KeyOf, KeyPlace},
};
use crate::{
    Error,
    dialect::{Dialect, Syntax},
    query::Select,
    relation::{Cardinality, Relation},
    run::{BoxFuture, Decode, Decoder, Executor, Query, RowReader as _},
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
    L: Loads<D>,
    N: Cardinality,
{
    type Loaded = N::Of<L::With<Row>>;

    fn columns(&self) -> KeyOf {
        (R::From::NAME, self.relation.link().own)
    }

    fn load<'e, E: Executor<D> + Copy + Sync + 'e>(
        self,
        executor: E,
        keys: Vec<Option<Key>>,
    ) -> BoxFuture<'e, Result<Vec<Self::Loaded>, Error>> {
        Box::pin(async move {
            let Related { relation, select: Select { mut parts, decode, .. }, loads, .. } = self;
            let link = relation.link();
            let mut counts = vec![0; keys.len()];
            let (parents, values) = Parents::new(keys);
            // A limit for each parent takes a column behind the others.
            let number = usize::from(parts.is_cut());
            let mut columns = loads.columns();
            columns.push((link.table, link.other));
            let mut places = places::find(&mut parts, &columns, number);
            let Some(own) = places.pop() else { return Ok(Vec::new()) };
            let decoder = decoder::<D, Row, L>(parents.into(), own, places, decode);

            let mut found = Vec::new();
            for values in in_parts(values, list_length(D::SYNTAX, link.other.len())) {
                let statement = parts.clone().into_statement_of(link.table, link.other, values);
                let mut part = executor.fetch_all(Query { statement, decoder: decoder.clone() }).await?;
                if found.is_empty() {
                    found = part;
                } else {
                    found.append(&mut part);
                }
            }

            let mut keys = Vec::with_capacity(found.len());
            for child in found.iter_mut().flat_map(Found::as_mut_slice) {
                counts[child.parent] += 1;
                keys.push(mem::take(&mut child.keys));
            }
            let mut loaded = loads.load(executor, keys).await?.into_iter();
            let mut children: Vec<Vec<L::With<Row>>> = counts.into_iter().map(Vec::with_capacity).collect();
            for found in found {
                found.for_each(|Child { parent, row, .. }| {
                    children[parent].extend(loaded.next().map(|loaded| L::join(row, loaded)));
                });
            }
            children.into_iter().map(N::of).collect()
        })
    }
}

/// Reads a row once for each parent that it belongs to.
fn decoder<D: Dialect, Row: 'static, L: Loads<D>>(
    parents: Arc<Parents>,
    own: KeyPlace,
    places: Vec<KeyPlace>,
    decode: Decode<D, Row>,
) -> Decoder<D, Found<Row, L::Keys>> {
    let child = move |row: &mut D::Row<'_>, parent| {
        let keys = L::read_keys(&places, row)?;
        row.seek(0);
        Ok(Child { parent, row: decode(row)?, keys })
    };
    Decoder::with(move |row: &mut D::Row<'_>| {
        let Some(key) = own.read(row)? else { return Ok(Found::Several(Vec::new())) };
        match *parents.of(&key) {
            [parent] => child(row, parent).map(Found::One),
            [] => Err(row.mismatch("a key that is asked for", "one that only the database takes for equal".to_owned())),
            ref parents => {
                let children = parents.iter().map(|parent| child(row, *parent));
                Ok(Found::Several(children.collect::<Result<_, Error>>()?))
            }
        }
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
