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

impl<E: Expr> IntoExpr for Sorted<E> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

impl<K, I, E: GroupedBy<K, I>> GroupedBy<K, I> for Sorted<E> {}
impl<E: WithoutValues> WithoutValues for Sorted<E> {}

/// A key of a window's ORDER BY: an expression, with or without a direction.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not something to order by",
    label = "expected a column or an expression, with `.asc()` or `.desc()`"
)]
pub trait OrderKey {
    /// The key as an argument.
    type Key: IntoExpr;

    /// The key as an argument.
    fn key(self) -> Self::Key;
}

impl<E: Expr> OrderKey for Order<E> {
    type Key = Sorted<E>;

    fn key(self) -> Sorted<E> {
        Sorted(self)
    }
}

/// One key of a window's ORDER BY, or a tuple of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not something to order by",
    label = "expected a column or an expression, with `.asc()` or `.desc()`"
)]
pub trait OrderKeys {
    /// The keys as arguments.
    type Keys;

    /// The keys as arguments.
    fn keys(self) -> Self::Keys;
}

impl<E: Expr> OrderKeys for Order<E> {
    type Keys = (Sorted<E>,);

    fn keys(self) -> Self::Keys {
        (Sorted(self),)
    }
}

/// One key of PARTITION BY, or a tuple of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not something to partition by",
    label = "expected a column or an expression"
)]
pub trait PartitionKeys {
    /// The keys as arguments.
    type Keys;

    /// The keys as arguments.
    fn keys(self) -> Self::Keys;
}

macro_rules! expressions {
    ([$($generic:ident),*] $expression:ty) => {
        impl<$($generic),*> OrderKey for $expression
        where
            Self: IntoExpr,
        {
            type Key = Self;

            fn key(self) -> Self {
                self
            }
        }

        impl<$($generic),*> OrderKeys for $expression
        where
            Self: IntoExpr,
        {
            type Keys = (Self,);

            fn keys(self) -> (Self,) {
                (self,)
            }
        }

        impl<$($generic),*> PartitionKeys for $expression
        where
            Self: IntoExpr,
        {
            type Keys = (Self,);

            fn keys(self) -> (Self,) {
                (self,)
            }
        }
    };
}

for_each_expression!(expressions);

macro_rules! tuples {
    ($($key:ident),+) => {
        impl<$($key: OrderKey),+> OrderKeys for ($($key,)+) {
            type Keys = ($($key::Key,)+);

            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn keys(self) -> Self::Keys {
                let ($($key,)+) = self;
                ($($key.key(),)+)
            }
        }

        impl<$($key: PartitionKeys<Keys = ($key,)>),+> PartitionKeys for ($($key,)+) {
            type Keys = Self;

            fn keys(self) -> Self {
                self
            }
        }
    };
}

tuples!(A);
tuples!(A, B);
tuples!(A, B, C);
tuples!(A, B, C, D);
tuples!(A, B, C, D, E);
tuples!(A, B, C, D, E, F);

/// Makes a list of keys.
pub(super) fn list<O, K>(operation: O, keys: K) -> Node<O, K> {
    Node::new(operation, keys)
}
