//! The kinds of relations.

use std::marker::PhantomData;

use super::{
    Relation,
    many::{AtMostOne, Cardinality, CardinalityOf, Many, OfKey},
};
use crate::{
    table::{Column, ColumnId, Digit, H0, H1, H2, H3, H4, Table},
    value::{FieldType, NotNull, Nullness},
};

/// The row of `T` that the foreign key `K` of `C` refers to: one column, or a [`CompositeKey`].
#[derive(Debug)]
pub struct BelongsTo<C, T, K>(PhantomData<fn() -> (C, T, K)>);

/// At most one row of `C`, whose foreign key refers to a row of `P`; `I` is its place among the relations of `P`.
#[derive(Debug)]
pub struct HasOne<P, C, I>(PhantomData<fn() -> (P, C, I)>);

/// The rows of `C` whose foreign keys refer to a row of `P`; `I` is its place among the relations of `P`.
#[derive(Debug)]
pub struct HasMany<P, C, I>(PhantomData<fn() -> (P, C, I)>);

/// The rows of `T` that rows of the junction table `J` link with a row of `P`; `I` is its place among the relations of
/// `P`.
#[derive(Debug)]
pub struct HasManyThrough<P, J, T, I>(PhantomData<fn() -> (P, J, T, I)>);

/// A foreign key of the columns `K`; `I` is its place among those of several columns.
#[derive(Debug)]
pub struct CompositeKey<K, I>(PhantomData<fn() -> (K, I)>);

/// A foreign key.
pub trait ForeignKey: 'static {
    /// Of one column or of several, as a type that can be compared.
    type Kind: Digit;
    /// Its place among those.
    type Place: ColumnId;
    /// How many rows it refers to.
    type Cardinality: Cardinality;
}

impl<K: Column<Value: CardinalityOf>> ForeignKey for K {
    type Kind = H0;
    type Place = K::Id;
    type Cardinality = <K::Value as CardinalityOf>::Cardinality;
}

impl<K: KeyNullness<Null: OfKey> + 'static, I: ColumnId> ForeignKey for CompositeKey<K, I> {
    type Kind = H4;
    type Place = I;
    type Cardinality = <K::Null as OfKey>::Cardinality;
}

/// Whether one of several columns can be NULL.
pub trait KeyNullness {
    /// Whether it can.
    type Null: Nullness;
}

type Null<C> = <<C as Column>::Value as FieldType>::Null;

impl KeyNullness for () {
    type Null = NotNull;
}

/// Columns are listed as `(A, (B, ()))`.
impl<A: Column, B: KeyNullness> KeyNullness for (A, B) {
    type Null = <Null<A> as Nullness>::Or<B::Null>;
}

impl<C: Table, T: Table, K: ForeignKey> Relation for BelongsTo<C, T, K> {
    type From = C;
    type To = T;
    type Scope = (T,);
    type Kind = K::Kind;
    type Place = K::Place;
    type Cardinality = K::Cardinality;
}

impl<P: Table, C: Table, I: ColumnId> Relation for HasOne<P, C, I> {
    type From = P;
    type To = C;
    type Scope = (C,);
    type Kind = H1;
    type Place = I;
    type Cardinality = AtMostOne;
}

impl<P: Table, C: Table, I: ColumnId> Relation for HasMany<P, C, I> {
    type From = P;
    type To = C;
    type Scope = (C,);
    type Kind = H2;
    type Place = I;
    type Cardinality = Many;
}

impl<P: Table, J: Table, T: Table, I: ColumnId> Relation for HasManyThrough<P, J, T, I> {
    type From = P;
    type To = T;
    type Scope = (T, J);
    type Kind = H3;
    type Place = I;
    type Cardinality = Many;
}
