//! `IN (..)`.

use super::{
    Args, CheckedOperation, Comparable, Expr, ExprIn, IntoExpr, Level, Node, NotNullLiteral, OperandOf, Operation,
    Render, Spelling, Types, Words,
};
use crate::{
    dialect::Dialect,
    query::{OfOneColumn, OfOneRow},
    render::Fragment,
    value::{DataType, NotNull, Nullness, SqlValue as _, Value},
};

macro_rules! membership {
    ($($(#[$meta:meta])* $name:ident, $list:expr, $array:expr;)*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl<A: Args> Operation<A> for $name {
            type Base = bool;
            type Aggregates = A::Aggregates;
            type Null<Any: Nullness, All: Nullness> = Any;
            const LEVEL: Level = Level::Comparison;
        }

        impl<A: Args> CheckedOperation<A> for $name {}
        impl crate::query::PlainOperation for $name {}

        impl<D: Dialect> Spelling<D> for $name {
            fn words(&self, types: Types) -> Words {
                if types.last_is_plain && D::SYNTAX.spelling.lists_are_arrays {
                    Words::Around { open: "", between: $array, close: ")" }
                } else {
                    Words::infix($list)
                }
            }
        }
    )*};
}

membership! {
    /// `IN (..)`, which is `= ANY(..)` where a list is bound as one array.
    In, " IN ", " = ANY(";
    /// `NOT IN (..)`, which is `<> ALL(..)` where a list is bound as one array.
    NotIn, " NOT IN ", " <> ALL(";
}

/// A list of values or expressions.
#[derive(Debug, Clone)]
pub struct List<V>(Vec<V>);

impl<V: IntoExpr> Expr for List<V> {
    type Base = <V::Expr as Expr>::Base;
    type Aggregates = <V::Expr as Expr>::Aggregates;
    type Quotient = crate::value::Nullable;
    const IS_PLAIN: bool = V::Expr::IS_PLAIN;
}

impl<S, I, V: IntoExpr<Expr: ExprIn<S, I>>> ExprIn<S, I> for List<V> {
    type Null = <V::Expr as ExprIn<S, I>>::Null;
}

impl<D: Dialect, V: IntoExpr<Expr: Render<D>>> Render<D> for List<V> {
    fn render(self, out: &mut Fragment) {
        let spelling = &D::SYNTAX.spelling;
        if Self::IS_PLAIN && spelling.lists_are_arrays {
            return out.value(Value::Array(&<V::Expr as Expr>::Base::TYPE, self.into_plain_values().collect()));
        }
        if self.0.is_empty() {
            return out.write(|sql| (spelling.empty_list)(sql, <V::Expr as Expr>::Base::TYPE));
        }
        out.sql("(");
        if Self::IS_PLAIN {
            let room = (D::SYNTAX.max_parameters / 4).saturating_sub(out.parameters());
            let padding = padded(self.0.len(), room) - self.0.len();
            write_values(self.into_plain_values(), padding, out);
        } else {
            for (index, value) in self.0.into_iter().enumerate() {
                out.sql(if index > 0 { ", " } else { "" });
                Render::<D>::render(value.into_expr(), out);
            }
        }
        out.sql(")");
    }
}

impl<V: IntoExpr> List<V> {
    fn into_plain_values(self) -> impl Iterator<Item = Value> {
        self.0.into_iter().filter_map(|value| value.into_expr().into_plain())
    }
}

/// Values, the last of which is repeated: lists of many lengths share one text, which the database prepares once.
fn write_values(values: impl Iterator<Item = Value>, padding: usize, out: &mut Fragment) {
    let mut last = None;
    for value in values {
        if let Some(value) = last.replace(value) {
            out.value(value);
            out.sql(", ");
        }
    }
    if let Some(last) = last {
        out.value(last.clone());
        out.padding(&last, padding);
    }
}

/// Writes that what stands before it is one of these values.
pub(crate) fn write_membership(data_type: &'static DataType, values: Vec<Value>, out: &mut Fragment) {
    let syntax = out.syntax();
    if syntax.spelling.lists_are_arrays {
        out.sql(" = ANY(");
        out.value(Value::Array(data_type, values));
    } else {
        let padding = padded(values.len(), syntax.max_parameters / 4) - values.len();
        out.sql(" IN (");
        write_values(values.into_iter(), padding, out);
    }
    out.sql(")");
}

/// The length of a list that is as long or longer: the next power of two, or the next thousand. Where that does not fit
/// into the room for it, a list stays as it is, so that what could be sent without padding mostly still can.
pub(crate) fn padded(length: usize, room: usize) -> usize {
    let padded = length.next_power_of_two().min(length.next_multiple_of(1024));
    if padded > room { length } else { padded }
}

#[diagnostic::do_not_recommend]
impl<V: IntoExpr> IntoExpr for List<V> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

/// What can stand on the right of IN for values of the type `T`: an array, a slice, a `Vec`, or a query of one column.
///
/// `L` is the list as an expression.
#[diagnostic::on_unimplemented(
    message = "this is not a list of values of type `{T}`",
    label = "expected a list of `{T}`, or a query that selects one"
)]
pub trait ListOperand<T, L> {
    /// The list as an expression.
    fn into_list(self) -> L;
}

impl<O: ListOf<T, L>, T, L> ListOperand<T, L> for O {
    fn into_list(self) -> L {
        self.list()
    }
}

/// What makes a [`ListOperand`]: implemented for each type of list.
#[diagnostic::on_unimplemented(
    message = "this is not a list of values of type `{T}`",
    label = "expected a list of `{T}`, or a query that selects one"
)]
pub trait ListOf<T, L> {
    /// The list as an expression.
    fn list(self) -> L;
}

macro_rules! lists {
    ($([$($generics:tt)*] $list:ty, $items:ident => $values:expr;)*) => {$(
        impl<T, V: OperandOf<T, Base: OfOneRow + OfOneColumn + NotNullLiteral + Comparable<T>> + Clone, $($generics)*> ListOf<T, List<V>> for $list {
            fn list(self) -> List<V> {
                let $items = self;
                List($values)
            }
        }
    )*};
}

lists! {
    [const N: usize] [V; N], items => items.into();
    [] Vec<V>, items => items;
    [] &[V], items => items.to_vec();
    [] &Vec<V>, items => items.clone();
    [const N: usize] &[V; N], items => items.to_vec();
}

/// A list that holds no NULL.
pub trait WithoutNulls {}
impl<V> WithoutNulls for List<V> {}

/// The nullness of a query's column that is never NULL.
#[diagnostic::on_unimplemented(
    message = "`NOT IN` is never true once the query returns a NULL: use `not_exists(..)`",
    label = "may return NULL: select what never is, for instance with `.coalesce(..)`, or use `not_exists(..)`"
)]
pub trait NeverNull {}
#[diagnostic::do_not_recommend]
impl NeverNull for NotNull {}

/// Membership in a list. Nothing is in an empty list, and everything is not in it.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
/// let query = User::query::<Sqlite>().filter(User::id.in_([1, 2])).select(User::name);
/// assert_eq!(query.to_sql().sql, r#"SELECT "users"."name" FROM "users" WHERE "users"."id" IN (?, ?)"#);
/// ```
///
/// The database prepares a text once, so that lists of values share few: on PostgreSQL a list is one parameter,
/// `= ANY($1)`; elsewhere the last value is repeated up to a length that is a power of two.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
/// let query = User::query::<Sqlite>().filter(User::id.in_([1, 2, 3])).select(User::name);
/// assert_eq!(query.to_sql().sql, r#"SELECT "users"."name" FROM "users" WHERE "users"."id" IN (?, ?, ?, ?)"#);
/// # #[cfg(feature = "postgres")] {
/// let query = User::query::<Postgres>().filter(User::id.in_([1, 2, 3])).select(User::name);
/// assert_eq!(query.to_sql().sql, r#"SELECT "users"."name" FROM "users" WHERE "users"."id" = ANY($1)"#);
/// # }
/// ```
pub trait ListExpr: Expr {
    /// `IN (..)`
    fn in_<O: ListOperand<Self::Base, L>, L>(self, list: O) -> Node<In, (Self, L)> {
        Node::new(In, (self, list.into_list()))
    }

    /// `NOT IN (..)`: the list is never true once it holds a NULL, so a query that may return one is refused.
    fn not_in<O: ListOperand<Self::Base, L>, L: WithoutNulls>(self, list: O) -> Node<NotIn, (Self, L)> {
        Node::new(NotIn, (self, list.into_list()))
    }
}

impl<E: Expr> ListExpr for E {}

#[cfg(test)]
mod tests {
    use super::padded;

    #[test]
    fn few_lengths_are_sent() {
        let lengths = |longest: usize| {
            let mut lengths: Vec<usize> = (1..=longest).map(|length| padded(length, 16_384)).collect();
            assert!(lengths.iter().zip(1..).all(|(padded, length)| *padded >= length));
            lengths.dedup();
            lengths
        };
        assert_eq!(lengths(10), [1, 2, 4, 8, 16]);
        assert_eq!(lengths(3000), [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3072]);
        assert_eq!(lengths(16_000).len(), 11 + 15);
    }

    #[test]
    fn long_lists_leave_room_for_others() {
        assert_eq!(padded(8000, 8192), 8192);
        assert_eq!(padded(8000, 8191), 8000);
        assert_eq!(padded(3, 0), 3);
    }
}
