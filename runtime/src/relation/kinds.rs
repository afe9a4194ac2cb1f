//! The kinds of relations.

use std::marker::PhantomData;

use super::{
    Relation,
    many::{AtMostOne, CardinalityOf, Many},
};
use crate::table::{Column, ColumnId, H0, H1, H2, H3, Table};

/// The row of `T` that the foreign key `K` of `C` refers to.
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

impl<C: Table, T: Table, K: Column<Value: CardinalityOf>> Relation for BelongsTo<C, T, K> {
    type From = C;
    type To = T;
    type Scope = (T,);
    type Kind = H0;
    type Place = K::Id;
    type Cardinality = <K::Value as CardinalityOf>::Cardinality;
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
