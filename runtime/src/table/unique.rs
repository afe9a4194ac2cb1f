//! The unique keys of a table as types, so that columns can be searched for one of them while compiling.

use super::{Column, ColumnId, Flag, No, SourceId, Yes};

/// The unique keys of a table, those over plain columns: written by the derive.
#[diagnostic::on_unimplemented(
    message = "the rows of `{Self}` have no unique key",
    label = "no primary key or unique column is known of `{Self}`"
)]
pub trait UniqueKeys {
    /// The columns of the primary key: `(A, (B, ()))`, or `()` without one.
    type Primary: KeyColumns;
    /// All unique keys, the primary one first: `(Key, (Key, ()))`.
    type Keys: KeyList;
}

/// Columns among which those of a key are looked for.
pub trait ColumnSet {
    /// Whether the column `C` of the table or alias `S` is one of them.
    type Has<S: SourceId, C: ColumnId>: Flag;
}

/// The columns of a key, as a list.
pub trait KeyColumns {
    /// Whether there are any.
    type Some: Flag;
    /// Whether there is more than one.
    type Several: Flag;
    /// Whether all of them are in the set `K`, as columns of the table or alias `S`.
    type AllIn<K: ColumnSet, S: SourceId>: Flag;
}

impl KeyColumns for () {
    type Some = No;
    type Several = No;
    type AllIn<K: ColumnSet, S: SourceId> = Yes;
}

impl<C: Column, R: KeyColumns> KeyColumns for (C, R) {
    type Some = Yes;
    type Several = R::Some;
    type AllIn<K: ColumnSet, S: SourceId> = <K::Has<S, C::Id> as Flag>::And<R::AllIn<K, S>>;
}

/// Keys, as a list.
pub trait KeyList {
    /// Whether one of them is in the set `K`, as columns of the table or alias `S`.
    type OneIn<K: ColumnSet, S: SourceId>: Flag;
    /// Whether one of them is the set `K`, which has two columns.
    type PairIn<K: ColumnSet, S: SourceId>: Flag;
}

impl KeyList for () {
    type OneIn<K: ColumnSet, S: SourceId> = No;
    type PairIn<K: ColumnSet, S: SourceId> = No;
}

impl<C: KeyColumns, R: KeyList> KeyList for (C, R) {
    type OneIn<K: ColumnSet, S: SourceId> = <C::AllIn<K, S> as Flag>::Or<R::OneIn<K, S>>;
    type PairIn<K: ColumnSet, S: SourceId> = <<C::Several as Flag>::And<C::AllIn<K, S>> as Flag>::Or<R::PairIn<K, S>>;
}
