//! `sql!`: what the language lacks.

use std::marker::PhantomData;

use super::{Args, CheckedOperation, Level, Node, Operation, Spelling, Types, Words};
use crate::{
    dialect::Dialect,
    value::{FieldType, Nullness},
};

/// SQL text with expressions in it, of the Rust type `T`: what `sql!` and `sql_function!` make.
///
/// `TEXT` is a hash of the text, so that two texts are two types: what is grouped by one cannot be selected by the other.
pub struct Raw<T, const TEXT: u64> {
    texts: &'static [&'static str],
    marker: PhantomData<fn() -> T>,
}

impl<T, const TEXT: u64> Clone for Raw<T, TEXT> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, const TEXT: u64> Copy for Raw<T, TEXT> {}

impl<T, const TEXT: u64> std::fmt::Debug for Raw<T, TEXT> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Raw").field(&self.texts).finish()
    }
}

impl<T: FieldType, A: Args, const TEXT: u64> Operation<A> for Raw<T, TEXT> {
    type Base = T::Base;
    type Aggregates = A::Aggregates;
    type Null<Any: Nullness, All: Nullness> = <T::Null as Nullness>::Or<Any>;
    const LEVEL: Level = Level::Raw;
}

impl<T: FieldType, A: Args, const TEXT: u64> CheckedOperation<A> for Raw<T, TEXT> {}

impl<T, const TEXT: u64> crate::query::PlainOperation for Raw<T, TEXT> {}

impl<D: Dialect, T, const TEXT: u64> Spelling<D> for Raw<T, TEXT> {
    fn words(&self, _: Types) -> Words {
        Words::Each(self.texts)
    }
}

/// What `sql!` expands to: one text before each argument and one after the last.
#[doc(hidden)]
pub const fn raw<T: FieldType, const TEXT: u64, A: Args>(
    texts: &'static [&'static str],
    args: A,
) -> Node<Raw<T, TEXT>, A> {
    Node::new(Raw { texts, marker: PhantomData }, args)
}
