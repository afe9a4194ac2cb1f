//! `sql!`: what the language lacks.

use std::marker::PhantomData;

use super::{Args, CheckedOperation, Level, Node, Operation, Spelling, Words};
use crate::{
    dialect::Dialect,
    value::{FieldType, Nullness},
};

/// SQL text with expressions in it, of the Rust type `T`: what `sql!` and `sql_function!` make.
pub struct Raw<T> {
    texts: &'static [&'static str],
    marker: PhantomData<fn() -> T>,
}

impl<T> Clone for Raw<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Raw<T> {}

impl<T> std::fmt::Debug for Raw<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Raw").field(&self.texts).finish()
    }
}

impl<T: FieldType, A: Args> Operation<A> for Raw<T> {
    type Base = T::Base;
    type Aggregates = A::Aggregates;
    type Null<Any: Nullness, All: Nullness> = <T::Null as Nullness>::Or<Any>;
    const LEVEL: Level = Level::Raw;
}

impl<T: FieldType, A: Args> CheckedOperation<A> for Raw<T> {}

impl<T> crate::query::PlainOperation for Raw<T> {}

impl<D: Dialect, T> Spelling<D> for Raw<T> {
    fn words(&self) -> Words {
        Words::Each(self.texts)
    }
}

/// What `sql!` expands to: one text before each argument and one after the last.
#[doc(hidden)]
pub const fn raw<T: FieldType, A: Args>(texts: &'static [&'static str], args: A) -> Node<Raw<T>, A> {
    Node::new(Raw { texts, marker: PhantomData }, args)
}
