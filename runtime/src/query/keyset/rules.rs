//! Which queries have pages by keys, and which keys make a place in them.

use super::{CursorKeys, Written};
use crate::{
    dialect::Dialect,
    query::{
        output::FromItem,
        scope::{Entry, TopLevel},
        state::{Rows, State},
    },
    table::{ColumnSet, KeyList, Source, UniqueKeys, Yes},
};

/// A truth: whether the keys of a cursor include a unique key of `T`.
#[diagnostic::on_unimplemented(
    message = "cursor keys must include a unique key of `{T}`: its rows repeat in this query",
    label = "add the primary key of `{T}`, or unique columns"
)]
pub trait HoldsKeyOf<T> {}
#[diagnostic::do_not_recommend]
impl<T> HoldsKeyOf<T> for Yes {}

/// A scope of each of whose tables the keys `K` include a unique key.
pub trait EachKeyed<K> {}

/// Something in FROM whose unique keys are known: a table or an alias. The rows of a query may repeat, even whole rows of
/// a table.
#[diagnostic::on_unimplemented(
    message = "a derived table or CTE has no cursors: its rows may repeat",
    label = "expected a query of tables",
    note = "call `.keyset(..)` on a query of tables, with the conditions of the derived one"
)]
pub trait KeyedRows: FromItem {
    /// All unique keys.
    type Keys: KeyList;
}
#[diagnostic::do_not_recommend]
impl<T: Source<Table: UniqueKeys>> KeyedRows for T {
    type Keys = <T::Table as UniqueKeys>::Keys;
}

type KeysOf<E> = <<E as Entry>::Source as KeyedRows>::Keys;
type IdOf<E> = <<E as Entry>::Source as FromItem>::Id;

macro_rules! scopes {
    ($($entry:ident),+) => {
        impl<K: ColumnSet, $($entry: Entry<Source: KeyedRows>),+> EachKeyed<K> for ($($entry,)+)
        where
            $(<KeysOf<$entry> as KeyList>::OneIn<K, IdOf<$entry>>: HoldsKeyOf<$entry::Source>),+
        {
        }
    };
}

scopes!(A);
scopes!(A, B);
scopes!(A, B, C);
scopes!(A, B, C, D);
scopes!(A, B, C, D, E);
scopes!(A, B, C, D, E, F);
scopes!(A, B, C, D, E, F, G);
scopes!(A, B, C, D, E, F, G, H);

/// A query whose rows are rows of tables.
#[diagnostic::on_unimplemented(
    message = "`.keyset(..)` comes before `.select(..)`, and rows that are grouped, made distinct or locked have no cursors",
    label = "these are not the rows of tables"
)]
pub trait Pageable {}
#[diagnostic::do_not_recommend]
impl Pageable for State<Rows> {}

/// Keys by which a query over the scope `S` in the state `X` can be paged. `C` are their values.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a key of a cursor",
    label = "expected columns or expressions, with `.asc()` or `.desc()`"
)]
pub trait ByKeys<D: Dialect, S, X, I, C> {
    /// Renders them.
    fn written(self) -> Vec<Written>;
}

impl<D: Dialect, S: EachKeyed<K> + TopLevel, X, I, C, K: CursorKeys<D, S, I, C>> ByKeys<D, S, X, I, C> for K
where
    State<X>: Pageable,
{
    fn written(self) -> Vec<Written> {
        let mut keys = Vec::new();
        self.write_all(&mut keys);
        keys
    }
}
