//! One relation on its way: the rows that it leads to, for all parents at once.

use std::{mem, sync::Arc};

use super::{
    super::link::{Key, KeyColumn, Link},
    KeysOf, Levels, Loads, Related, Together,
    at_once::LevelRow,
    children::{Child, Found, Parents},
    places::{self, KeyOf, KeyPlace},
};
use crate::{
    Error,
    dialect::{Dialect, Syntax},
    query::{Parts, Select},
    relation::{Cardinality, Relation},
    run::{BoxFuture, Decode, Decoder, Executor, Query, RowReader as _},
    table::{Source, Table as _, TableDef},
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

    /// Whether no row of it, and of what is below it, belongs to several parents, where that would have to be read several
    /// times; `one` if there is one parent.
    fn is_apart(&self, one: bool) -> bool;

    /// Adds it to one statement, with its keys from a level above.
    fn add_to(&self, together: &mut Together<D>, keys: KeysOf<'_>);

    /// Takes what that statement found, for rows with these keys.
    ///
    /// # Errors
    /// As `load`.
    fn take(self, levels: &mut Levels, keys: Vec<Option<Key>>) -> Result<Vec<Self::Loaded>, Error>;
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
            let count = keys.len();
            let (parents, values) = Parents::new(keys);
            let Some((own, places)) = find_keys::<D, L>(&mut parts, &loads, link) else { return Ok(Vec::new()) };
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

            let keys = keys_of(&mut found);
            let loaded = loads.load(executor, keys).await?;
            children::<D, Row, L, N>(count, found, loaded)
        })
    }

    fn is_apart(&self, one: bool) -> bool {
        let link = self.relation.link();
        let is_key = |table: &TableDef, columns: &[KeyColumn]| {
            table.primary_key.iter().copied().eq(columns.iter().map(|column| column.name))
        };
        // Different parents have different keys.
        let is_apart = one || is_key(R::From::def(), link.own);
        is_apart
            && match link.between {
                None => self.loads.are_apart(one && is_key(R::To::def(), link.other)),
                // One row may come several times, and with it what belongs to it.
                Some(_) => self.loads.columns().is_empty(),
            }
    }

    fn add_to(&self, together: &mut Together<D>, keys: KeysOf<'_>) {
        let Related { relation, select: Select { parts, decode, .. }, loads, .. } = self;
        let (mut parts, link) = (parts.clone(), relation.link());
        let Some((own, places)) = find_keys::<D, L>(&mut parts, loads, link) else { return };
        parts.only(|out| keys.write(link.table, link.other, out));
        let rows = parts.into_numbered(Some((link.table, link.other)));
        let level = together.add::<Row, L>(rows, Some(own), places, *decode);
        loads.add_to(together, &level);
    }

    fn take(self, levels: &mut Levels, keys: Vec<Option<Key>>) -> Result<Vec<Self::Loaded>, Error> {
        let count = keys.len();
        let (parents, _) = Parents::new(keys);
        let other = self.relation.link().other;
        let mut found = Vec::new();
        for LevelRow { key, row, keys } in levels.take() {
            let Some(key) = key else { continue };
            let Some(&parent) = parents.of(&key).first() else {
                return Err(Error::decode(other[0].index, other[0].name, WANTED, FOREIGN.to_owned()));
            };
            found.push(Found::One(Child { parent, row, keys }));
        }
        let keys = keys_of(&mut found);
        let loaded = self.loads.take(levels, keys)?;
        children::<D, Row, L, N>(count, found, loaded)
    }
}

/// What is said of a key that only the database takes for equal to one that is asked for.
const WANTED: &str = "a key that is asked for";
const FOREIGN: &str = "one that only the database takes for equal";

/// Sees to it that the rows have the key that they are found by, and those of their own relations; says where.
fn find_keys<D: Dialect, L: Loads<D>>(parts: &mut Parts, loads: &L, link: &Link) -> Option<(KeyPlace, Vec<KeyPlace>)> {
    // A limit for each parent takes a column behind the others.
    let number = usize::from(parts.is_cut());
    let mut columns = loads.columns();
    columns.push((link.table, link.other));
    let mut places = places::find(parts, &columns, number);
    places.pop().map(|own| (own, places))
}

/// Takes the keys of the rows' own relations out of them.
fn keys_of<R, K: Default>(found: &mut [Found<R, K>]) -> Vec<K> {
    let mut keys = Vec::with_capacity(found.len());
    keys.extend(found.iter_mut().flat_map(Found::as_mut_slice).map(|child| mem::take(&mut child.keys)));
    keys
}

/// The rows of each of so many parents, with what is loaded for them.
fn children<D: Dialect, Row: Send + 'static, L: Loads<D>, N: Cardinality>(
    parents: usize,
    mut found: Vec<Found<Row, L::Keys>>,
    loaded: Vec<L::Loaded>,
) -> Result<Vec<N::Of<L::With<Row>>>, Error> {
    let mut counts = vec![0; parents];
    for child in found.iter_mut().flat_map(Found::as_mut_slice) {
        counts[child.parent] += 1;
    }
    let mut children: Vec<Vec<L::With<Row>>> = counts.into_iter().map(Vec::with_capacity).collect();
    let mut loaded = loaded.into_iter();
    for found in found {
        found.for_each(|Child { parent, row, .. }| {
            children[parent].extend(loaded.next().map(|loaded| L::join(row, loaded)));
        });
    }
    children.into_iter().map(N::of).collect()
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
            [] => Err(row.mismatch(WANTED, FOREIGN.to_owned())),
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
