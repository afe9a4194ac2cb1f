//! The expressions of attributes: defaults, checks, generated columns, index keys.
//!
//! The derive cannot know which dialects there are, nor which of them can say an expression. The macros here ask
//! the compiler: an expression that implements `Render<D>` is found by a method on [`Probe`], one that does not by
//! a method on `&Probe`.

use std::marker::PhantomData;

use super::{Column, Table};
use crate::{
    dialect::Dialect,
    expr::{Assign, Expr, ExprIn, Logical, Render, for_each_expression},
    query::{AllowedIn, FitsColumn, NotAggregated, Order, WHERE},
    render::Fragment,
    value::{DataType, FieldType, SqlValue, Value},
};

/// An expression, to be rendered for the dialect `D` if that has it.
#[doc(hidden)]
#[derive(Debug)]
pub struct Probe<D, E>(pub E, pub PhantomData<fn() -> D>);

#[doc(hidden)]
pub trait Supported {
    fn definition(self) -> Option<String>;
}

impl<D: Dialect, E: Render<D>> Supported for Probe<D, E> {
    fn definition(self) -> Option<String> {
        let mut out = Fragment::definition(D::SYNTAX);
        self.0.render(&mut out);
        out.into_definition()
    }
}

#[doc(hidden)]
pub trait Unsupported {
    fn definition(self) -> Option<String>;
}

impl<D, E> Unsupported for &Probe<D, E> {
    fn definition(self) -> Option<String> {
        None
    }
}

/// A key of an index: an expression over the table's own columns, with or without a direction.
#[doc(hidden)]
pub fn index_key<T: Table, K: IndexKey<T, I>, I>(key: K) -> Key<K> {
    Key { key, data_type: K::TYPE }
}

/// A key of an index: what is no column stands in parentheses.
#[doc(hidden)]
#[derive(Debug)]
pub struct Key<K> {
    key: K,
    /// The kind of its values.
    pub data_type: DataType,
}

impl<D: Dialect, E> Render<D> for Key<Order<E>>
where
    Key<E>: Render<D>,
{
    fn render(self, out: &mut Fragment) {
        let data_type = self.data_type;
        Render::<D>::render(self.key.map(|key| Key { key, data_type }), out);
    }
}

/// A key of an index of the table `T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a key of this index",
    label = "expected a column or an expression of `{T}`"
)]
pub trait IndexKey<T, I> {
    /// The kind of its values.
    const TYPE: DataType;
}

impl<T: Table, I, E: ExprIn<(T,), I, Aggregates: NotAggregated>> IndexKey<T, I> for Order<E> {
    const TYPE: DataType = E::Base::TYPE;
}

macro_rules! expressions {
    ([$($generic:ident),*] $expression:ty) => {
        impl<Db: Dialect, $($generic),*> Render<Db> for Key<$expression>
        where
            $expression: Expr + Render<Db>,
        {
            fn render(self, out: &mut Fragment) {
                let (open, close) = if <$expression as Expr>::IS_COLUMN { ("", "") } else { ("(", ")") };
                out.sql(open);
                Render::<Db>::render(self.key, out);
                out.sql(close);
            }
        }

        impl<Tbl: Table, At, $($generic),*> IndexKey<Tbl, At> for $expression
        where
            Self: ExprIn<(Tbl,), At, Aggregates: NotAggregated>,
        {
            const TYPE: DataType = <<Self as Expr>::Base as SqlValue>::TYPE;
        }
    };
}

for_each_expression!(expressions);

/// The condition of a CHECK or of a partial index: over the table's own columns, without aggregates.
#[doc(hidden)]
pub fn condition<T: Table, E, I>(expression: E) -> E
where
    E: ExprIn<(T,), I>,
    E::Base: Logical,
    E::Aggregates: AllowedIn<WHERE>,
{
    expression
}

/// The expression of a generated column: over the table's own columns, of the column's type.
#[doc(hidden)]
pub fn generated<T: Table, C: Column, E: Assign<C::Value>, I>(expression: E) -> E::Expr
where
    E::Expr: ExprIn<(T,), I, Aggregates: AllowedIn<WHERE>, Null: FitsColumn<<C::Value as FieldType>::Null, C>>,
{
    expression.into_expr()
}

/// The default of a column: of its type, and without columns.
#[doc(hidden)]
pub fn default<C: Column, E: Assign<C::Value>, I>(expression: E) -> E::Expr
where
    E::Expr: ExprIn<(), I, Aggregates: AllowedIn<WHERE>, Null: FitsColumn<<C::Value as FieldType>::Null, C>>,
{
    expression.into_expr()
}

/// A value that mizzle computes for a column.
#[doc(hidden)]
pub fn client_value<C: Column>(value: C::Value) -> Value {
    value.into_value()
}

/// Renders an expression for each dialect; `None` for one that cannot say it.
#[doc(hidden)]
#[macro_export]
macro_rules! __definition {
    ($expression:expr) => {
        |dialect| {
            use $crate::__private::{Supported as _, Unsupported as _};
            $crate::__in_dialect!(Sqlite, dialect, $expression);
            $crate::__in_postgres!(dialect, $expression);
            $crate::__in_mysql!(dialect, $expression);
            ::core::option::Option::None
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __in_dialect {
    ($name:ident, $dialect:ident, $expression:expr) => {
        if $dialect == $crate::dialect::DialectKind::$name {
            return $crate::__private::Probe::<$crate::dialect::$name, _>($expression, ::core::marker::PhantomData)
                .definition();
        }
    };
}

// The dialects that are compiled in: a macro that expands in the user's crate could not ask for our features.

#[doc(hidden)]
#[macro_export]
#[cfg(feature = "postgres")]
macro_rules! __in_postgres {
    ($dialect:ident, $expression:expr) => {
        $crate::__in_dialect!(Postgres, $dialect, $expression);
    };
}

#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "postgres"))]
macro_rules! __in_postgres {
    ($dialect:ident, $expression:expr) => {};
}

#[doc(hidden)]
#[macro_export]
#[cfg(feature = "mysql")]
macro_rules! __in_mysql {
    ($dialect:ident, $expression:expr) => {
        $crate::__in_dialect!(MySql, $dialect, $expression);
        $crate::__in_dialect!(MariaDb, $dialect, $expression);
    };
}

#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "mysql"))]
macro_rules! __in_mysql {
    ($dialect:ident, $expression:expr) => {};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __condition {
    ($table:ty, $expression:expr) => {
        $crate::__definition!($crate::__private::condition::<$table, _, _>($expression))
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __generated {
    ($table:ty, $column:ty, $expression:expr) => {
        $crate::__definition!($crate::__private::generated::<$table, $column, _, _>($expression))
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __default {
    ($column:ty, $expression:expr) => {
        $crate::__definition!($crate::__private::default::<$column, _, _>($expression))
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __keys {
    ($table:ty, $($key:expr),+ $(,)?) => {
        |dialect| {
            ::core::option::Option::Some(::std::vec![$({
                let key = $crate::__private::index_key::<$table, _, _>($key);
                let data_type = key.data_type;
                $crate::__private::IndexKeyDef { sql: $crate::__definition!(key)(dialect)?, data_type }
            }),+])
        }
    };
}
