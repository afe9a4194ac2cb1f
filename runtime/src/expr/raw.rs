//! `sql!`: what the language lacks.

use std::marker::PhantomData;

use super::{
    Args, Bind, CheckedOperation, Constant, Expr, ExprIn, IntoExpr, JsonPath, Level, Node, Operation, Param, Render,
    Spelling, Types, Words,
};
use crate::{
    dialect::Dialect,
    query::{
        Excluded, Exists, GroupedBy, QueryItems, Select,
        state::{OneGroup, Selected},
    },
    relation::Rel,
    render::Fragment,
    table::{Col, No, Source},
    value::{FieldType, NotNull, Nullness, SqlValue as _},
};

macro_rules! raw {
    ($($(#[$meta:meta])* $name:ident, $level:ident;)*) => {$(
        $(#[$meta])*
        pub struct $name<T, const TEXT: u64> {
            texts: &'static [&'static str],
            marker: PhantomData<fn() -> T>,
        }

        impl<T, const TEXT: u64> Clone for $name<T, TEXT> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T, const TEXT: u64> Copy for $name<T, TEXT> {}

        impl<T, const TEXT: u64> std::fmt::Debug for $name<T, TEXT> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.texts).finish()
            }
        }

        impl<T: FieldType, A: Args, const TEXT: u64> Operation<A> for $name<T, TEXT> {
            type Base = T::Base;
            type Aggregates = A::Aggregates;
            type Null<Any: Nullness, All: Nullness> = <T::Null as Nullness>::Or<Any>;
            const LEVEL: Level = Level::$level;
        }

        impl<T: FieldType, A: Args + RawArgs, const TEXT: u64> CheckedOperation<A> for $name<T, TEXT> {}

        impl<T, const TEXT: u64> crate::query::PlainOperation for $name<T, TEXT> {}

        impl<D: Dialect, T, const TEXT: u64> Spelling<D> for $name<T, TEXT> {
            fn words(&self, _: Types) -> Words {
                Words::Each(self.texts)
            }
        }
    )*};
}

raw! {
    /// SQL text with expressions in it, of the Rust type `T`: what `sql!` and `sql_function!` make.
    ///
    /// `TEXT` is a hash of the text, so that two texts are two types: what is grouped by one cannot be selected by the
    /// other.
    Raw, Raw;
    /// The end of such a text, where it has more arguments than a tuple.
    RawEnd, Atom;
}

/// An expression that can stand in braces: anything but a query that may return several rows or columns.
pub trait RawExpr {}

/// A query that is one value of the type `C`.
pub trait RawValue<C> {}

macro_rules! raw_expressions {
    ($([$($generics:tt)*] $expression:ty;)*) => {
        $(
            #[diagnostic::do_not_recommend]
            impl<$($generics)*> RawExpr for $expression {}
        )*
    };
}

raw_expressions! {
    [C, A] Col<C, A>;
    [O, A] Node<O, A>;
    [T] Bind<T>;
    [T] Param<T>;
    [T, const N: i64] Constant<T, N>;
    [V] ListItems<V>;
    [] JsonPath;
    [T] TableName<T>;
    [Q] Exists<Q>;
    [Q, C] QueryItems<Q, C>;
    [D: Dialect, S, R] Select<D, S, R, Selected<OneGroup>>;
    [C] Excluded<C>;
    [R] Rel<R>;
}

/// Arguments each of which can stand in braces.
pub trait RawArgs {}
impl RawArgs for () {}

macro_rules! args {
    ($($arg:ident)+) => {
        impl<$($arg: IntoExpr<Expr: RawExpr>),+> RawArgs for ($($arg,)+) {}
    };
}

args!(A);
args!(A B);
args!(A B C);
args!(A B C D);
args!(A B C D E);
args!(A B C D E F);
args!(A B C D E F G);
args!(A B C D E F G H);

/// What `sql!` expands to: one text before each argument and one after the last.
#[doc(hidden)]
pub const fn raw<T: FieldType, const TEXT: u64, A: Args>(
    texts: &'static [&'static str],
    args: A,
) -> Node<Raw<T, TEXT>, A> {
    Node::new(Raw { texts, marker: PhantomData }, args)
}

/// The last argument of a long text: more arguments.
#[doc(hidden)]
pub const fn raw_end<T: FieldType, const TEXT: u64, A: Args>(
    texts: &'static [&'static str],
    args: A,
) -> Node<RawEnd<T, TEXT>, A> {
    Node::new(RawEnd { texts, marker: PhantomData }, args)
}

/// A table's name in raw SQL: `{User}`.
pub struct TableName<T>(PhantomData<fn() -> T>);

impl<T> Clone for TableName<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for TableName<T> {}

impl<T: Source> std::fmt::Debug for TableName<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("TableName").field(&T::NAME).finish()
    }
}

/// What `{User}` becomes.
#[doc(hidden)]
pub const fn raw_table<T: Source>() -> TableName<T> {
    TableName(PhantomData)
}

impl<T> Expr for TableName<T> {
    type Base = String;
    type Aggregates = No;
    type Quotient = NotNull;
}

impl<S, T> ExprIn<S, ()> for TableName<T> {
    type Null = NotNull;
}

impl<D: Dialect, T: Source> Render<D> for TableName<T> {
    fn render(self, out: &mut Fragment) {
        crate::query::table_reference::<T>(out);
    }
}

#[diagnostic::do_not_recommend]
impl<T> IntoExpr for TableName<T> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

impl<K, T> GroupedBy<K, ()> for TableName<T> {}

/// The values of a list, between the parentheses of `IN ({ids})`.
#[derive(Debug, Clone)]
pub struct ListItems<V>(Vec<V>);

/// What can stand in `IN ({ids})`: an array, a slice or a `Vec` of values, or a query of one column.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of values for `IN ({{..}})`",
    label = "expected an array, a slice, a `Vec`, or a query of one column"
)]
pub trait RawList<I> {
    /// The values.
    fn into_items(self) -> I;
}

macro_rules! lists {
    ($([$($generics:tt)*] $list:ty, $items:ident => $values:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<V: IntoExpr + Clone, $($generics)*> RawList<ListItems<V>> for $list {
            fn into_items(self) -> ListItems<V> {
                let $items = self;
                ListItems($values)
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

/// What `IN ({ids})` becomes.
#[doc(hidden)]
pub fn raw_list<L: RawList<I>, I>(list: L) -> I {
    list.into_items()
}

impl<V: IntoExpr> Expr for ListItems<V> {
    type Base = <V::Expr as Expr>::Base;
    type Aggregates = <V::Expr as Expr>::Aggregates;
    type Quotient = crate::value::Nullable;
}

impl<S, I, V: IntoExpr<Expr: ExprIn<S, I>>> ExprIn<S, I> for ListItems<V> {
    type Null = <V::Expr as ExprIn<S, I>>::Null;
}

impl<D: Dialect, V: IntoExpr<Expr: Render<D>>> Render<D> for ListItems<V> {
    fn render(self, out: &mut Fragment) {
        if self.0.is_empty() {
            // It brings its own parentheses, which stand in the text around it already.
            let mut none = String::new();
            (D::SYNTAX.spelling.empty_list)(&mut none, <V::Expr as Expr>::Base::TYPE);
            return out.text(none.trim_start_matches('(').strip_suffix(')').unwrap_or_default());
        }
        for (index, value) in self.0.into_iter().enumerate() {
            out.sql(if index > 0 { ", " } else { "" });
            Render::<D>::render(value.into_expr(), out);
        }
    }
}

#[diagnostic::do_not_recommend]
impl<V: IntoExpr> IntoExpr for ListItems<V> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

impl<K, V: IntoExpr<Expr: GroupedBy<K, I>>, I> GroupedBy<K, I> for ListItems<V> {}
