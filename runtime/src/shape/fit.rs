//! What the type of a field must be.
//!
//! What a field becomes is a parameter that only the last of these traits gives: where one fails, it is unknown, and what
//! depends on it is no second error.

use super::{RelatedField, Shape, Value};
use crate::{
    dialect::Dialect,
    query::{Never, Nowhere, Undecided},
    relation::{AtMostOne, ExactlyOne, Many},
    value::FieldType,
};

/// A value that is selected for a field of the type `V`, which becomes `F`.
#[diagnostic::on_unimplemented(
    message = "this field is `{V}`, what it selects is `{Self}`",
    label = "expected `{Self}`, found `{V}`"
)]
pub trait FitsShape<V, F> {
    /// What it becomes.
    const PART: F;
}
#[diagnostic::do_not_recommend]
impl<V: FieldType> FitsShape<V, Value<V>> for V {
    const PART: Value<V> = Value::NEW;
}
/// A second implementor keeps rustc from reporting how the types differ instead of our words.
#[diagnostic::do_not_recommend]
impl<V> FitsShape<V, Value<V>> for Undecided<V> {
    const PART: Value<V> = Value::NEW;
}

/// How many rows a relation leads to, which a field of the type `V` holds; `T` is one of them. It makes `F` of `P`.
pub trait HoldsRows<V, T, P, F>: crate::relation::Cardinality {
    /// They are the same.
    fn field(part: P) -> F;
}

impl<V: VecOf<T, P, F>, T, P, F> HoldsRows<V, T, P, F> for Many {
    fn field(part: P) -> F {
        V::field(part)
    }
}

impl<V: OptionOf<T, P, F>, T, P, F> HoldsRows<V, T, P, F> for AtMostOne {
    fn field(part: P) -> F {
        V::field(part)
    }
}

impl<V: OneOf<T, P, F>, T, P, F> HoldsRows<V, T, P, F> for ExactlyOne {
    fn field(part: P) -> F {
        V::field(part)
    }
}

/// The same of rows that become the shape `S`, in the dialect `D`.
pub trait HoldsShapes<D, V, S>: crate::relation::Cardinality {}
impl<D, V: VecOf<S, (), ()>, S> HoldsShapes<D, V, S> for Many {}
impl<D, V: OptionOf<S, (), ()>, S> HoldsShapes<D, V, S> for AtMostOne {}
impl<D, V: OneShape<D, S>, S> HoldsShapes<D, V, S> for ExactlyOne {}

/// A shape, `S` itself.
#[diagnostic::on_unimplemented(
    message = "this relation leads to one row: the field is that row or a shape of it, not `{Self}`",
    label = "there is always one: expected the table, or a `#[derive(Shape)]` of it"
)]
pub trait OneShape<D, S> {}
#[diagnostic::do_not_recommend]
impl<D: Dialect, S: Shape<D>> OneShape<D, S> for S {}
/// A second implementor keeps `S` unknown where it is no shape, so that what is missing of it is no second error.
#[diagnostic::do_not_recommend]
impl<D, V: Never> OneShape<D, Nowhere> for V {}

macro_rules! holders {
    ($($(#[$meta:meta])* $name:ident: $holder:ty;)*) => {$(
        $(#[$meta])*
        pub trait $name<T, P, F> {
            /// They are the same.
            fn field(part: P) -> F;
        }

        #[diagnostic::do_not_recommend]
        impl<T, P> $name<T, P, P> for $holder {
            fn field(part: P) -> P {
                part
            }
        }
    )*};
}

holders! {
    /// A `Vec` of `T`.
    #[diagnostic::on_unimplemented(
        message = "this relation leads to any number of rows: the field is a `Vec` of them, not `{Self}`",
        label = "expected a `Vec`"
    )]
    VecOf: Vec<T>;
    /// An `Option` of `T`.
    #[diagnostic::on_unimplemented(
        message = "this relation leads to one row or none: the field is an `Option` of it, not `{Self}`",
        label = "expected an `Option`"
    )]
    OptionOf: Option<T>;
    /// A `T`.
    #[diagnostic::on_unimplemented(
        message = "this relation leads to one row: the field is `{T}`, not `{Self}`",
        label = "expected `{T}`"
    )]
    OneOf: T;
}

/// What a row of the table `T` can become in a field: a shape of it, or `T` itself. It makes `F` of the relation `L`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a shape of `{T}`",
    label = "this relation leads to `{T}`: expected that, or a shape of it"
)]
pub trait RowOf<D: Dialect, T, L, F>: Sized {
    /// The relation, of rows that become this.
    fn rows(relation: L) -> F;
}

#[diagnostic::do_not_recommend]
impl<D: Dialect, T, L, F, S: Shape<D, Table: TableOfShape<T, L, F>>> RowOf<D, T, L, F> for S {
    fn rows(relation: L) -> F {
        <S::Table as TableOfShape<T, L, F>>::rows(relation)
    }
}

/// The table `T`, which a shape is of.
pub trait TableOfShape<T, L, F> {
    /// The relation.
    fn rows(relation: L) -> F;
}

impl<T, L> TableOfShape<T, L, RelatedField<L>> for T {
    fn rows(relation: L) -> RelatedField<L> {
        RelatedField(relation)
    }
}

/// A second implementor keeps rustc from reporting how the tables differ instead of our words.
impl<T: Never, L> TableOfShape<Nowhere, L, RelatedField<L>> for T {
    fn rows(relation: L) -> RelatedField<L> {
        RelatedField(relation)
    }
}
