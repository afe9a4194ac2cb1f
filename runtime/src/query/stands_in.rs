//! What can stand in a clause at all, by its type.

use super::{
    assign::Set,
    clause::{GroupBy, ORDER_BY, SELECT, SET, SHAPE, WHERE},
    filter::{AllOf, AnyOf},
    filters::Collected,
    group::Key,
    grouping_sets::InSets,
    order::Order,
    projection::All,
    row::Mapped,
    select::Select,
    sortable::Sorting,
    totals::{Cubed, RolledUp},
};
use crate::{
    dialect::Dialect,
    expr::for_each_expression,
    relation::{Related, Relation},
};

/// A type of what a clause is made of.
///
/// It asks for nothing but the type, and no implementation is recommended, so that rustc has no list of others to show.
/// What else a part needs is a trait with [`Fit`](Self::Fit) as a parameter (`Projection`, `FilterOf`, `SortKeys`, ..).
/// Where the type is wrong, `Fit` is unknown, which such a trait takes for [`Unfit`]: one mistake is one error.
#[diagnostic::on_unimplemented(
    message = "this cannot stand in {Clause}",
    label = "`{Self}` is nothing for {Clause}: a plain value becomes an expression by `value(..)`"
)]
pub trait StandsIn<Clause>: Sized {
    /// [`Fits`].
    type Fit;
}

/// The type stands in the clause.
#[derive(Debug)]
pub struct Fits;

/// The type does not stand in the clause, so nothing else is said of it.
#[derive(Debug)]
pub struct Unfit;

/// A clause that takes parts of this kind.
pub trait Takes<Kind> {
    /// [`Fits`], which is unknown where the clause does not take it.
    type Fit;
}

macro_rules! takes {
    ($($clause:ident: $($kind:ident)+;)*) => {$($(
        #[diagnostic::do_not_recommend]
        impl Takes<$kind> for $clause {
            type Fit = Fits;
        }
    )+)*};
}

takes! {
    WHERE: ExpressionPart MaybePart ConditionPart;
    SELECT: ExpressionPart MaybePart QueryPart RowPart;
    GroupBy: ExpressionPart GroupPart;
    ORDER_BY: ExpressionPart MaybePart QueryPart SortPart;
    SET: SetPart;
    SHAPE: ExpressionPart RelationPart;
}

macro_rules! kinds {
    ($($(#[$meta:meta])* $kind:ident { $($([$($generic:ident $(: $bound:ident)?),*] $type:ty;)+)? })*) => {$(
        $(#[$meta])*
        #[derive(Debug)]
        pub struct $kind;

        $($(
            #[diagnostic::do_not_recommend]
            impl<Clause: Takes<$kind>, $($generic $(: $bound)?),*> StandsIn<Clause> for $type {
                type Fit = <Clause as Takes<$kind>>::Fit;
            }
        )+)?
    )*};
}

kinds! {
    /// Expressions, and tuples of what the clause takes.
    ExpressionPart { [T] crate::expr::Param<T>; }
    /// What may be left out at run time.
    MaybePart { [T] Option<T>; }
    /// Queries as values.
    QueryPart { [D: Dialect, S, R, X] Select<D, S, R, X>; }
    /// Groups of conditions, and text, which has words of its own.
    ConditionPart { [T] AllOf<T>; [T] AnyOf<T>; [D, S] Collected<D, S>; [] &str; }
    /// Rows.
    RowPart { [T] All<T>; [P, F, A, R] Mapped<P, F, A, R>; }
    /// Keys of GROUP BY that are no expressions.
    GroupPart { [A] Key<A>; [K] RolledUp<K>; [K] Cubed<K>; [K, Z] InSets<K, Z>; }
    /// Keys with a direction, and lists of keys.
    SortPart { [E] Order<E>; [K] Vec<K>; [K] Sorting<K>; }
    /// Relations, and which of their rows are loaded.
    RelationPart { [D: Dialect, R: Relation, Row, X, L, N] Related<D, R, Row, X, L, N>; }
    /// Assignments, tuples of them, and structs of changes.
    SetPart { [C, V] Set<C, V>; }
}

macro_rules! expressions {
    ([$($generic:ident),*] $type:ty) => {
        #[diagnostic::do_not_recommend]
        impl<Clause: Takes<ExpressionPart>, $($generic),*> StandsIn<Clause> for $type {
            type Fit = <Clause as Takes<ExpressionPart>>::Fit;
        }
    };
}

for_each_expression!(expressions);

macro_rules! tuples {
    ($(($item:ident $column:ident $value:ident))+) => {
        expressions!([$($item),+] ($($item,)+));

        #[diagnostic::do_not_recommend]
        impl<$($column, $value),+> StandsIn<SET> for ($(Set<$column, $value>,)+) {
            type Fit = Fits;
        }
    };
}

macro_rules! all_tuples {
    (($($done:tt)*)) => {};
    (($($done:tt)*) $next:tt $($rest:tt)*) => {
        tuples!($($done)* $next);
        all_tuples!(($($done)* $next) $($rest)*);
    };
}

all_tuples!(() (A CA VA) (B CB VB) (C CC VC) (D CD VD) (E CE VE) (F CF VF) (G CG VG) (H CH VH)
    (J CJ VJ) (K CK VK) (L CL VL) (M CM VM) (N CN VN) (O CO VO) (P CP VP) (Q CQ VQ));
