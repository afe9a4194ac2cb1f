//! The keys of PARTITION BY and of a window's ORDER BY.

use crate::{
    dialect::Dialect,
    expr::{Expr, ExprIn, IntoExpr, Node, Render, for_each_expression, node::operation},
    query::{GroupedBy, Order, WithoutValues},
    render::Fragment,
};

operation!(
    /// No keys.
    NoKeys -> bool, never, Atom, crate::expr::Words::prefix("")
);
operation!(
    /// `PARTITION BY ..`
    Partition -> bool, never, Atom, crate::expr::Words::Around { open: "PARTITION BY ", between: ", ", close: "" }
);
operation!(
    /// `ORDER BY ..`, inside of a window or of an aggregate.
    OrderedBy -> bool, never, Atom, crate::expr::Words::Around { open: "ORDER BY ", between: ", ", close: "" }
);

/// A sort key with a direction, as an argument.
#[derive(Debug, Clone, Copy)]
pub struct Sorted<E>(Order<E>);

impl<E: Expr> Expr for Sorted<E> {
    type Base = E::Base;
    type Aggregates = E::Aggregates;
    type Quotient = E::Quotient;
}

impl<S, I, E: ExprIn<S, I>> ExprIn<S, I> for Sorted<E> {
    type Null = E::Null;
}

impl<D: Dialect, E: Render<D>> Render<D> for Sorted<E> {
    fn render(self, out: &mut Fragment) {
        self.0.render(out);
    }
}

#[diagnostic::do_not_recommend]
impl<E: Expr> IntoExpr for Sorted<E> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

impl<K, I, E: GroupedBy<K, I>> GroupedBy<K, I> for Sorted<E> {}
#[diagnostic::do_not_recommend]
impl<E: WithoutValues> WithoutValues for Sorted<E> {}

/// A key of ORDER BY inside of a window or an aggregate: an expression, with or without a direction.
#[diagnostic::on_unimplemented(
    message = "this is not something to order by",
    label = "expected a column or an expression, with `.asc()` or `.desc()`"
)]
pub trait OrderKey<K> {
    /// The key as an argument.
    fn key(self) -> K;
}

#[diagnostic::do_not_recommend]
impl<E: Expr> OrderKey<Sorted<E>> for Order<E> {
    fn key(self) -> Sorted<E> {
        Sorted(self)
    }
}

/// One key of a window's ORDER BY, or a tuple of them; `L` are they as arguments.
#[diagnostic::on_unimplemented(
    message = "this is not something to order by",
    label = "expected a column or an expression, with `.asc()` or `.desc()`"
)]
pub trait OrderKeys<L> {
    /// The keys as arguments.
    fn keys(self) -> L;
}

#[diagnostic::do_not_recommend]
impl<E: Expr> OrderKeys<(Sorted<E>,)> for Order<E> {
    fn keys(self) -> (Sorted<E>,) {
        (Sorted(self),)
    }
}

/// One key of PARTITION BY, or a tuple of them; `L` are they as arguments.
#[diagnostic::on_unimplemented(
    message = "this is not something to partition by",
    label = "expected a column or an expression"
)]
pub trait PartitionKeys<L> {
    /// The keys as arguments.
    fn keys(self) -> L;
}

macro_rules! expressions {
    ([$($generic:ident),*] $expression:ty) => {
        #[diagnostic::do_not_recommend]
        impl<$($generic),*> OrderKey<Self> for $expression {
            fn key(self) -> Self {
                self
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($generic),*> OrderKeys<(Self,)> for $expression {
            fn keys(self) -> (Self,) {
                (self,)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($generic),*> PartitionKeys<(Self,)> for $expression {
            fn keys(self) -> (Self,) {
                (self,)
            }
        }
    };
}

for_each_expression!(expressions);

macro_rules! tuples {
    ($($key:ident $as:ident),+) => {
        #[diagnostic::do_not_recommend]
        impl<$($key: OrderKey<$as>, $as),+> OrderKeys<($($as,)+)> for ($($key,)+) {
            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn keys(self) -> ($($as,)+) {
                let ($($key,)+) = self;
                ($($key.key(),)+)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($key: PartitionKeys<($key,)>),+> PartitionKeys<Self> for ($($key,)+) {
            fn keys(self) -> Self {
                self
            }
        }
    };
}

tuples!(A KA);
tuples!(A KA, B KB);
tuples!(A KA, B KB, C KC);
tuples!(A KA, B KB, C KC, D KD);
tuples!(A KA, B KB, C KC, D KD, E KE);
tuples!(A KA, B KB, C KC, D KD, E KE, F KF);

/// Makes a list of keys.
pub(super) fn list<O, K>(operation: O, keys: K) -> Node<O, K> {
    Node::new(operation, keys)
}
