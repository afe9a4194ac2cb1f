//! Pages by the values of keys: cursors.

mod condition;
mod cursor;
mod encode;
mod key;
mod page;
mod rules;
mod start;
mod steady;

pub use cursor::Cursor;
pub use key::{CursorKey, CursorKeys, CursorValues, NeverNullKey, OfRows, Single, Written};
pub(crate) use page::PagePlan;
pub use page::{KeysetPage, Page};
pub use rules::{ByKeys, EachKeyed, HoldsKeyOf, KeyedRows, Pageable};
pub use start::{Position, StartOf, StartsAt};
pub use steady::{SteadyArgs, SteadyKey, SteadyOperation};

use std::marker::PhantomData;

use super::{
    clause::SELECT,
    filter::Filter,
    parts::Parts,
    projection::{HoldsTogether, Projection},
    scope::ScopeRow,
    select::{Select, read_scope},
    stands_in::StandsIn,
    state::{Rows, Selected},
    tail::Clause,
};
use crate::{Error, dialect::Dialect, run::Decode, value::Value};

/// A query that is read page by page, each of which begins where another one ended. See [`Select::keyset`].
///
/// `C` are the values of the keys.
#[must_use = "say how many rows a page has: `.page(20)`"]
pub struct Keyset<D: Dialect, S, R, C, X = Rows> {
    parts: Box<Parts>,
    decode: Decode<D, (R, C)>,
    /// The same without the keys.
    read: Decode<D, R>,
    keys: Vec<Written>,
    /// Where the page begins; or why there is none.
    start: Result<Start, &'static str>,
    marker: PhantomData<fn() -> (S, X)>,
}

/// Where a page begins.
#[derive(Debug, Clone, Default)]
enum Start {
    #[default]
    First,
    After(Vec<Value>),
    Before(Vec<Value>),
}

impl<D: Dialect, S, R, C, X> Clone for Keyset<D, S, R, C, X> {
    fn clone(&self) -> Self {
        Keyset {
            parts: self.parts.clone(),
            decode: self.decode,
            read: self.read,
            keys: self.keys.clone(),
            start: self.start.clone(),
            marker: PhantomData,
        }
    }
}

impl<D: Dialect, S, R, C, X> std::fmt::Debug for Keyset<D, S, R, C, X> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keyset").field("parts", &self.parts).field("start", &self.start).finish_non_exhaustive()
    }
}

fn read_whole<D: Dialect, S: ScopeRow, C: CursorValues>(row: &mut D::Row<'_>) -> Result<(S::Row, C), Error> {
    Ok((S::read(row)?, C::read(row)?))
}

fn read_keys<D: Dialect, C: CursorValues>(row: &mut D::Row<'_>) -> Result<((), C), Error> {
    Ok(((), C::read(row)?))
}

fn read_selected<D: Dialect, S, P: Projection<D, S, I, R, H, Fit>, I, R, H, Fit, C: CursorValues>(
    row: &mut D::Row<'_>,
) -> Result<(R, C), Error> {
    Ok((P::read(row)?, C::read(row)?))
}

impl<D: Dialect, S: ScopeRow, R, X> Select<D, S, R, X> {
    /// Pages whose places are values of these keys, not numbers of rows: deep pages are as fast as the first one if an
    /// index has the keys, and rows that come and go do not move the others.
    ///
    /// The keys are columns or expressions with `.asc()` or `.desc()`, which are never NULL, and must include a unique key
    /// of each table of the query. Rows are sorted by them: a query that is sorted or cut otherwise is an [`Error::Cursor`].
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table, Debug)] #[table(name = "users", index(name = "users_by_name", on = (User::name, User::id)))]
    /// # struct User { #[column(primary_key)] id: i64, name: String }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = SqlitePool::connect("sqlite::memory:").await?;
    /// # schema! { User }.create_tables(&db).await?;
    /// # for (id, name) in [(1, "Ann"), (2, "Bob"), (3, "Ann"), (4, "Cid")] {
    /// #     User::insert().values((User::id.set(id), User::name.set(name))).execute(&db).await?;
    /// # }
    /// let users = || User::query().keyset((User::name.asc(), User::id.asc()));
    ///
    /// let first = users().page(3).fetch(&db).await?;
    /// assert_eq!(first.rows.iter().map(|user| user.id).collect::<Vec<_>>(), [1, 3, 2]);
    /// assert_eq!(first.next, Some(("Bob".to_owned(), 2)));
    ///
    /// let second = users().after(first.next).page(3).fetch(&db).await?;
    /// assert_eq!(second.rows.iter().map(|user| user.id).collect::<Vec<_>>(), [4]);
    /// assert_eq!(second.next, None);
    ///
    /// let back = users().before(second.previous).page(3).fetch(&db).await?;
    /// assert_eq!(back.rows.len(), 3);
    ///
    /// // As a text that goes into a URL.
    /// let text = back.next_cursor().ok_or("no next page")?.to_string();
    /// let cursor: Cursor = text.parse()?;
    /// assert_eq!(users().after(cursor).page(3).fetch(&db).await?.rows[0].id, 4);
    /// # Ok(()) }
    /// ```
    ///
    /// An index that has the keys in the same order and directions is walked from the place on, whole or reversed; MySQL
    /// reads one of mixed directions only forward, and sorts pages [`before`](Keyset::before) a place then.
    ///
    /// What else is selected comes after the keys: `.keyset(..).select((User::id, User::name.upper()))`.
    pub fn keyset<K: ByKeys<D, S, X, I, C>, I, C: CursorValues>(self, keys: K) -> Keyset<D, S, S::Row, C> {
        Keyset::of(self.parts, keys.written(), read_whole::<D, S, C>, read_scope::<D, S>)
    }
}

impl<D: Dialect, S, C: CursorValues, X> Keyset<D, S, (), C, X> {
    /// Pages of which nothing but the keys is read.
    pub(crate) fn of_keys(parts: Box<Parts>, keys: Vec<Written>) -> Self {
        Keyset::of(parts, keys, read_keys::<D, C>, |_| Ok(()))
    }
}

impl<D: Dialect, S, R, C: CursorValues, X> Keyset<D, S, R, C, X> {
    fn of(parts: Box<Parts>, keys: Vec<Written>, decode: Decode<D, (R, C)>, read: Decode<D, R>) -> Self {
        let start = if parts.limit.is_some() || parts.offset.is_some() {
            Err("a query with `.limit(..)` or `.offset(..)` has no cursors")
        } else if !parts.tail.is_empty(Clause::Order) {
            Err("a query with `.order_by(..)` has no cursors: their keys are its order")
        } else if keys.iter().any(Written::is_document) {
            Err("a JSON document cannot be a key of a cursor")
        } else {
            Ok(Start::First)
        };
        Keyset { parts, decode, read, keys, start, marker: PhantomData }
    }

    /// The same, of which nothing but the keys is read, and what reads the rest.
    pub(crate) fn without_rows<X2>(self) -> (Keyset<D, S, (), C, X2>, Decode<D, R>) {
        let Keyset { parts, read, keys, start, .. } = self;
        (Keyset { parts, decode: read_keys::<D, C>, read: |_| Ok(()), keys, start, marker: PhantomData }, read)
    }

    /// Adds a condition, as [`Select::filter`] does.
    pub fn filter<F: Filter<D, S, I>, I>(mut self, filter: F) -> Self {
        self.parts.add_conditions(Clause::Filter, |conditions| filter.add_to(conditions));
        self
    }

    /// Selects columns and expressions instead of whole rows, as [`Select::select`] does.
    pub fn select<P, I, R2, H>(mut self, selection: P) -> Keyset<D, S, R2, C, Selected<Rows>>
    where
        X: SelectsOnce,
        P: StandsIn<SELECT> + Projection<D, S, I, R2, H, P::Fit>,
        H: HoldsTogether<All: OfRows>,
    {
        selection.render(self.parts.selection());
        Keyset {
            parts: self.parts,
            decode: read_selected::<D, S, P, I, R2, H, P::Fit, C>,
            read: P::read,
            keys: self.keys,
            start: self.start,
            marker: PhantomData,
        }
    }

    /// The rows after this place: what [`Page::next`] was, a [`Cursor`], or an `Option` of one.
    pub fn after<P: StartsAt<C>>(self, place: P) -> Self {
        self.start_at(place.position(), Start::After)
    }

    /// The rows before this place: what [`Page::previous`] was, a [`Cursor`], or an `Option` of one. They are the last
    /// ones before it, in the same order as always.
    pub fn before<P: StartsAt<C>>(self, place: P) -> Self {
        self.start_at(place.position(), Start::Before)
    }

    fn start_at(mut self, position: Position, start: fn(Vec<Value>) -> Start) -> Self {
        let values = match position {
            Position::Unknown => return self,
            Position::Values(values) => Ok(values),
            Position::Cursor(cursor) => cursor.values(&self.keys),
        };
        self.start = match (self.start, values) {
            (Err(reason), _) | (_, Err(reason)) => Err(reason),
            (Ok(Start::First), Ok(values)) => Ok(start(values)),
            (Ok(_), Ok(_)) => Err("a page is after a cursor or before one, not both"),
        };
        self
    }

    /// How many rows the page has, at most.
    pub fn page(self, rows: u64) -> KeysetPage<D, R, C> {
        KeysetPage::new(self.parts, self.decode, self.keys, self.start, rows)
    }
}

/// A query that selects nothing in particular yet.
#[diagnostic::on_unimplemented(message = "this query already has a `.select(..)`", label = "selects a second time")]
pub trait SelectsOnce {}
#[diagnostic::do_not_recommend]
impl SelectsOnce for Rows {}
