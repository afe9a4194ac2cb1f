//! The kinds of relations.

use std::marker::PhantomData;

use super::{
    Relation,
    link::{KeyColumn, Link},
    many::{AtMostOne, CardinalityOf, Many},
};
use crate::table::{Col, Column, ColumnId, H0, H1, H2, Table};

macro_rules! kinds {
    ($($(#[$meta:meta])* $name:ident<$from:ident, $to:ident, $place:ident>;)*) => {$(
        $(#[$meta])*
        pub struct $name<$from, $to, $place> {
            pub(super) link: Link,
            marker: PhantomData<fn() -> ($from, $to, $place)>,
        }

        impl<$from, $to, $place> Clone for $name<$from, $to, $place> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<$from, $to, $place> Copy for $name<$from, $to, $place> {}

        impl<$from, $to, $place> std::fmt::Debug for $name<$from, $to, $place> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({} = {})"), self.link.own.name, self.link.other.name)
            }
        }

        impl<$from, $to, $place> $name<$from, $to, $place> {
            #[doc(hidden)]
            pub fn new<Own: Column, Other: Column>(_: Col<Own, $from>, _: Col<Other, $to>) -> Self {
                let link = const { Link { own: &KeyColumn::of::<Own>(), other: &KeyColumn::of::<Other>() } };
                $name { link, marker: PhantomData }
            }
        }
    )*};
}

kinds! {
    /// The row of `T` that the foreign key `K` of `C` refers to.
    BelongsTo<C, T, K>;
    /// At most one row of `C`, whose foreign key refers to a row of `P`; `I` is its place among the relations of `P`.
    HasOne<P, C, I>;
    /// The rows of `C` whose foreign keys refer to a row of `P`; `I` is its place among the relations of `P`.
    HasMany<P, C, I>;
}

impl<C: Table, T: Table, K: Column<Value: CardinalityOf>> Relation for BelongsTo<C, T, K> {
    type From = C;
    type To = T;
    type Kind = H0;
    type Place = K::Id;
    type Cardinality = <K::Value as CardinalityOf>::Cardinality;

    fn link(self) -> Link {
        self.link
    }
}

impl<P: Table, C: Table, I: ColumnId> Relation for HasOne<P, C, I> {
    type From = P;
    type To = C;
    type Kind = H1;
    type Place = I;
    type Cardinality = AtMostOne;

    fn link(self) -> Link {
        self.link
    }
}

impl<P: Table, C: Table, I: ColumnId> Relation for HasMany<P, C, I> {
    type From = P;
    type To = C;
    type Kind = H2;
    type Place = I;
    type Cardinality = Many;

    fn link(self) -> Link {
        self.link
    }
}
