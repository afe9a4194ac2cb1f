//! Row values: `(a, b) < (x, y)`, `(a, b) IN (..)`.

use super::{
    Args, CheckedOperation, Comparable, Expr, ExprIn, Holds, IntoExpr, Level, Node, NotNullLiteral, Operand, OperandOf,
    Operation, Render, Spelling, Types, WithoutNulls, Words, list::padded,
};
use crate::{
    dialect::Dialect,
    query::{GroupedBy, NeverNullRow, OfOneColumn, OfOneRow, RowQuery, RowsOf, Select, state},
    render::Fragment,
    value::{Nullness, SqlValue},
};

/// Two, three or four expressions that are compared together; see [`row_value`].
#[derive(Debug, Clone, Copy)]
pub struct RowValue<T>(T);

/// A tuple of expressions as one row value, to be compared with another one: by the first pair that differs.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
/// # #[derive(Table)] #[table(name = "guests")] struct Guest { #[column(primary_key)] id: i64, name: String }
/// let query = User::query::<Sqlite>().filter(row_value((User::name, User::id)).gt(("Ann", 7))).select(User::id);
/// assert_eq!(
///     query.to_sql().sql,
///     r#"SELECT "users"."id" FROM "users" WHERE ("users"."name", "users"."id") > (?, ?)"#
/// );
/// let guests = Guest::query().select((Guest::id, Guest::name));
/// let query = User::query::<Sqlite>().filter(row_value((User::id, User::name)).in_(guests)).select(User::id);
/// assert_eq!(
///     query.to_sql().sql,
///     r#"SELECT "users"."id" FROM "users" WHERE ("users"."id", "users"."name") IN (SELECT "guests"."id", "guests"."name" FROM "guests")"#
/// );
/// ```
///
/// In PostgreSQL, MySQL, MariaDB and SQLite.
pub const fn row_value<T>(values: T) -> RowValue<T> {
    RowValue(values)
}

macro_rules! operations {
    ($($(#[$meta:meta])* $name:ident;)*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name<const N: usize>;

        impl<A: Args, const N: usize> Operation<A> for $name<N> {
            type Base = bool;
            type Aggregates = A::Aggregates;
            type Null<Any: Nullness, All: Nullness> = Any;
            const LEVEL: Level = Level::Comparison;
        }

        impl<A: Args, const N: usize> CheckedOperation<A> for $name<N> {}
        impl<const N: usize> crate::query::PlainOperation for $name<N> {}
    )*};
}

operations! {
    /// `(..) = (..)`
    RowEqual;
    /// `(..) <> (..)`
    RowNotEqual;
    /// `(..) < (..)`
    RowLess;
    /// `(..) <= (..)`
    RowLessOrEqual;
    /// `(..) > (..)`
    RowGreater;
    /// `(..) >= (..)`
    RowGreaterOrEqual;
    /// `(..) IN (..)`
    RowIn;
    /// `(..) NOT IN (..)`
    RowNotIn;
}

/// What can stand on the right of IN for rows of the type `T`: a list of tuples, or a query of as many columns.
///
/// `L` is the list as an expression.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of rows of type `{T}`",
    label = "expected a list of tuples `{T}`, or a query that selects these columns"
)]
pub trait RowListOperand<T, L> {
    /// The list as an expression.
    fn into_rows(self) -> L;
}

impl<D: Dialect, S, R: RowsOf<T, C>, X, T, C> RowListOperand<T, RowQuery<Self, C>> for Select<D, S, R, X>
where
    state::State<X>: state::Complete,
{
    fn into_rows(self) -> RowQuery<Self, C> {
        RowQuery::of(self)
    }
}

/// A list of tuples.
#[derive(Debug, Clone)]
pub struct RowList<V>(Vec<V>);

#[diagnostic::do_not_recommend]
impl<V> IntoExpr for RowList<V>
where
    Self: Expr,
{
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

impl<V> WithoutNulls for RowList<V> {}
impl<Q, C: NeverNullRow> WithoutNulls for RowQuery<Q, C> {}

/// A tuple of a list.
trait RowOfList<D: Dialect> {
    /// Writes it, in parentheses.
    fn write(self, out: &mut Fragment);
    /// What stands for a list without rows.
    fn write_none(out: &mut Fragment);
}

impl<D: Dialect, V: Clone> Render<D> for RowList<V>
where
    V: RowOfList<D>,
{
    fn render(self, out: &mut Fragment) {
        let Some(last) = self.0.last().cloned() else {
            return V::write_none(out);
        };
        let length = self.0.len();
        let room = (D::SYNTAX.max_parameters / 16).saturating_sub(out.parameters());
        out.sql(D::SYNTAX.spelling.row_list);
        let rows = self.0.into_iter().chain(std::iter::repeat_n(last, padded(length, room) - length));
        for (index, row) in rows.enumerate() {
            out.sql(if index > 0 { ", " } else { "" });
            row.write(out);
        }
        out.sql(")");
    }
}

macro_rules! lists {
    ([$($generics:tt)*] $list:ty, $values:tt $bases:tt, $items:ident => $rows:expr; $($value:ident $base:ident),+) => {
        #[diagnostic::do_not_recommend]
        impl<$($generics)* $($base, $value),+> RowListOperand<$bases, RowList<$values>> for $list
        where
            $($value: OperandOf<$base, Base: OfOneRow + OfOneColumn + NotNullLiteral + Comparable<$base>> + Clone),+
        {
            fn into_rows(self) -> RowList<$values> {
                let $items = self;
                RowList($rows)
            }
        }
    };
}

macro_rules! row_values {
    ($n:tt $values:tt $bases:tt $indexes:tt: $($item:ident $base:ident $index:ident $other:ident),+) => {
        impl<$($item: Expr),+> RowValue<$values> {
            row_values! { @compare $n ($($item $other),+)
                /// `=`
                eq RowEqual;
                /// `<>`
                ne RowNotEqual;
                /// `<`
                lt RowLess;
                /// `<=`
                le RowLessOrEqual;
                /// `>`
                gt RowGreater;
                /// `>=`
                ge RowGreaterOrEqual;
            }

            /// `IN (..)`: one of the tuples of a list, or of the rows of a query.
            #[expect(non_snake_case, reason = "type parameters name the variables")]
            pub fn in_<Rows: RowListOperand<($($item::Base,)+), L>, L>(self, rows: Rows) -> Node<RowIn<$n>, ($($item,)+ L)> {
                let ($($item,)+) = self.0;
                Node::new(RowIn, ($($item,)+ rows.into_rows()))
            }

            /// `NOT IN (..)`: never true once there is a NULL, so a query that may return one is refused.
            #[expect(non_snake_case, reason = "type parameters name the variables")]
            pub fn not_in<Rows: RowListOperand<($($item::Base,)+), L>, L: WithoutNulls>(
                self,
                rows: Rows,
            ) -> Node<RowNotIn<$n>, ($($item,)+ L)> {
                let ($($item,)+) = self.0;
                Node::new(RowNotIn, ($($item,)+ rows.into_rows()))
            }
        }

        row_values! { @spell $n
            RowEqual "="; RowNotEqual "<>"; RowLess "<"; RowLessOrEqual "<="; RowGreater ">"; RowGreaterOrEqual ">=";
        }
        row_values!(@spell_list RowIn $n " IN ");
        row_values!(@spell_list RowNotIn $n " NOT IN ");

        lists!([] Vec<$values>, $values $bases, rows => rows; $($item $base),+);
        lists!([] &[$values], $values $bases, rows => rows.to_vec(); $($item $base),+);
        lists!([] &Vec<$values>, $values $bases, rows => rows.clone(); $($item $base),+);
        lists!([const COUNT: usize,] [$values; COUNT], $values $bases, rows => rows.into(); $($item $base),+);
        lists!([const COUNT: usize,] &[$values; COUNT], $values $bases, rows => rows.to_vec(); $($item $base),+);

        impl<$($item: IntoExpr),+> Expr for RowList<$values> {
            type Base = bool;
            type Aggregates = row_values!(@fold Aggregates Holds $($item),+);
            type Quotient = crate::value::Nullable;
        }

        impl<Scope, $($index, $item: IntoExpr<Expr: ExprIn<Scope, $index>>),+> ExprIn<Scope, $indexes> for RowList<$values> {
            type Null = row_values!(@null Scope $($item $index),+);
        }

        impl<Db: Dialect, $($item: IntoExpr<Expr: Render<Db>>),+> RowOfList<Db> for $values {
            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn write(self, out: &mut Fragment) {
                let ($($item,)+) = self;
                let mut before = "(";
                $(
                    out.sql(std::mem::replace(&mut before, ", "));
                    Render::<Db>::render($item.into_expr(), out);
                )+
                out.sql(")");
            }

            fn write_none(out: &mut Fragment) {
                let mut before = "(SELECT ";
                $(
                    let base = <<$item::Expr as Expr>::Base as SqlValue>::TYPE;
                    let (open, close) = (Db::SYNTAX.spelling.cast)(base, base);
                    out.sql(std::mem::replace(&mut before, ", "));
                    out.sql(open);
                    out.sql("NULL");
                    out.sql(close);
                )+
                out.sql(" WHERE false)");
            }
        }

        impl<Keys, $($index, $item: IntoExpr<Expr: GroupedBy<Keys, $index>>),+> GroupedBy<Keys, $indexes> for RowList<$values> {}
    };
    (@compare $n:tt $items:tt $($(#[$meta:meta])* $method:ident $name:ident;)*) => {
        $(row_values!(@method $n $items $(#[$meta])* $method $name);)*
    };
    (@method $n:tt ($($item:ident $other:ident),+) $(#[$meta:meta])* $method:ident $name:ident) => {
        $(#[$meta])*
        #[expect(non_snake_case, reason = "type parameters name the variables")]
        pub fn $method<$($other: Operand<$item::Base>),+>(self, other: ($($other,)+)) -> Node<$name<$n>, ($($item,)+ $($other,)+)> {
            let ($($item,)+) = self.0;
            let ($($other,)+) = other;
            Node::new($name, ($($item,)+ $($other,)+))
        }
    };
    (@spell $n:tt $($name:ident $operator:literal;)*) => {
        $(row_values!(@words $name $n $operator);)*
    };
    (@words $name:ident 2 $operator:literal) => {
        row_values!(@impl $name 2 &["(", ", ", concat!(") ", $operator, " ("), ", ", ")"]);
    };
    (@words $name:ident 3 $operator:literal) => {
        row_values!(@impl $name 3 &["(", ", ", ", ", concat!(") ", $operator, " ("), ", ", ", ", ")"]);
    };
    (@words $name:ident 4 $operator:literal) => {
        row_values!(@impl $name 4 &["(", ", ", ", ", ", ", concat!(") ", $operator, " ("), ", ", ", ", ", ", ")"]);
    };
    (@spell_list $name:ident 2 $operator:literal) => {
        row_values!(@impl $name 2 &["(", ", ", concat!(")", $operator), ""]);
    };
    (@spell_list $name:ident 3 $operator:literal) => {
        row_values!(@impl $name 3 &["(", ", ", ", ", concat!(")", $operator), ""]);
    };
    (@spell_list $name:ident 4 $operator:literal) => {
        row_values!(@impl $name 4 &["(", ", ", ", ", ", ", concat!(")", $operator), ""]);
    };
    (@impl $name:ident $n:tt $words:expr) => {
        impl<D: Dialect> Spelling<D> for $name<$n> {
            fn words(&self, _: Types) -> Words {
                Words::Each($words)
            }
        }
    };
    (@fold $what:ident $trait:ident $first:ident) => { <$first::Expr as Expr>::$what };
    (@fold $what:ident $trait:ident $first:ident, $($rest:ident),+) => {
        <<$first::Expr as Expr>::$what as $trait>::Or<row_values!(@fold $what $trait $($rest),+)>
    };
    (@null $scope:ident $first:ident $index:ident) => { <$first::Expr as ExprIn<$scope, $index>>::Null };
    (@null $scope:ident $first:ident $index:ident, $($rest:ident $indexes:ident),+) => {
        <<$first::Expr as ExprIn<$scope, $index>>::Null as Nullness>::Or<row_values!(@null $scope $($rest $indexes),+)>
    };
}

row_values!(2 (A, B) (TA, TB) (IA, IB): A TA IA XA, B TB IB XB);
row_values!(3 (A, B, C) (TA, TB, TC) (IA, IB, IC): A TA IA XA, B TB IB XB, C TC IC XC);
row_values!(4 (A, B, C, D) (TA, TB, TC, TD) (IA, IB, IC, ID): A TA IA XA, B TB IB XB, C TC IC XC, D TD ID XD);
