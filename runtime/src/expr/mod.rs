//! Expressions: each is a small type, checked against the query that it is used in.
//!
//! # Functions of your own
//!
//! [`sql_function!`](macro@crate::sql_function) declares one that SQL has and mizzle has not. One that is made of others
//! is a Rust function. It takes an expression of the class it needs ([`Textual`], [`Summable`], [`HasDate`], ..), and
//! its result is a [`Node`] of the operation and its arguments:
//!
//! ```
//! use mizzle::{expr::{Expr, IntoExpr, Lower, Node, Textual, Trim}, prelude::*};
//! # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
//!
//! /// What names are compared by.
//! fn folded<E: Expr<Base: Textual> + IntoExpr<Expr = E>>(name: E) -> Node<Lower, (Node<Trim, (E,)>,)> {
//!     name.trim().lower()
//! }
//!
//! let query = User::query::<Sqlite>().filter(folded(User::name).eq("ann")).select(User::id);
//! assert_eq!(query.to_sql().sql, r#"SELECT "users"."id" FROM "users" WHERE lower(trim("users"."name")) = ?"#);
//! ```
//!
//! One that goes on with a query takes and returns a [`Select`](crate::query::Select) of any scope:
//!
//! ```
//! use mizzle::prelude::*;
//! # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
//! fn third_page<D: Dialect, S, R, X>(query: Select<D, S, R, X>) -> Select<D, S, R, X> {
//!     query.limit(20).offset(40)
//! }
//! let users = third_page(User::query::<Sqlite>().order_by(User::id));
//! ```

mod aggregate;
mod arithmetic;
mod array;
mod bind;
mod case;
mod cast;
mod column;
mod compare;
mod constant;
mod function;
mod greatest;
mod holds;
mod json;
mod level;
mod list;
mod logic;
mod node;
mod null;
mod number;
mod operand;
mod param;
mod quantified;
mod raw;
mod regex;
mod row_value;
mod search;
mod system;
mod text;
mod time;
mod window;

pub use aggregate::*;
pub use arithmetic::*;
pub use array::*;
pub use bind::{Bind, Literal, value};
pub use case::{Case, CaseValue, End, Otherwise, Then, case, case_when};
pub use cast::{Cast, CastExpr, CastTo};
pub use compare::*;
pub use constant::{Constant, ConstantType, constant};
pub use function::{FUNCTIONS, Function, HasFunction, NamedFunction, Spelled};
pub use greatest::{Certain, Greatest, GreatestExpr, Known, Least};
pub use holds::*;
#[cfg(feature = "postgres")]
pub(crate) use json::array_path;
pub(crate) use json::dollar_path;
pub use json::*;
pub use level::Level;
pub use list::{In, List, ListExpr, ListOf, ListOperand, NeverNull, NotIn, WithoutNulls};
pub(crate) use list::{padded as padded_length, write_membership};
pub use logic::*;
pub(crate) use node::expression_operators;
pub use node::{Args, CheckedOperation, Node, Operation, RenderArgs, Spelling, Types, Words};
pub use null::*;
pub use number::*;
pub use operand::{
    Assign, AssignOf, Comparable, IntoExpr, NotNullLiteral, NotNullStored, NullLiteral, NullableOperand, Operand,
    OperandOf, SameOrNull, Storable, TakesOption, Unreachable,
};
pub use param::{Param, ParamList};
pub use quantified::*;
pub use raw::{
    ListItems, Raw, RawArgs, RawEnd, RawExpr, RawList, RawValue, TableName, raw, raw_end, raw_list, raw_table,
};
pub use regex::*;
pub use row_value::*;
pub use search::*;
pub use system::*;
pub use text::*;
pub use time::*;
pub use window::*;

use crate::{
    dialect::Dialect,
    render::Fragment,
    value::{Nullness, SqlValue, Value},
};

/// An expression of SQL.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an SQL expression",
    label = "not an expression",
    note = "a plain Rust value becomes one with `value(..)`"
)]
pub trait Expr: Sized {
    /// The type of its value, NULL aside.
    type Base: SqlValue;
    /// Whether it holds an aggregate or a window function.
    type Aggregates: Holds;
    /// Whether a division by it can be NULL: by anything but a plain value, which is not zero unless you say so.
    type Quotient: Nullness;
    /// How tightly it binds, for parentheses.
    const LEVEL: Level = Level::Atom;
    /// Whether it is a column, which stands in the keys of an index as it is.
    const IS_COLUMN: bool = false;
    /// Whether it is a plain value that can be the element of an array, or a list of such values.
    #[doc(hidden)]
    const IS_PLAIN: bool = false;

    /// The value, if it is a plain one.
    #[doc(hidden)]
    fn into_plain(self) -> Option<Value> {
        None
    }

    /// The same, where nothing around a plain value says its type.
    #[doc(hidden)]
    #[must_use]
    fn with_type(self) -> Self {
        self
    }
}

/// An expression that can be used in the scope `S`: all of its tables are there.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot be used in this query", label = "not usable here")]
pub trait ExprIn<S, I>: Expr {
    /// Whether it can be NULL there.
    type Null: Nullness;
}

/// An expression that the dialect `D` can say.
#[diagnostic::on_unimplemented(message = "`{Self}` is not supported by {D}", label = "not supported by {D}")]
pub trait Render<D: Dialect>: Sized {
    /// Writes it.
    fn render(self, out: &mut Fragment);

    /// The value, of an expression that is nothing but a bound value.
    ///
    /// # Errors
    /// The expression itself, of any other.
    #[doc(hidden)]
    fn into_plain(self) -> Result<Value, Self> {
        Err(self)
    }
}

/// The Rust type of an expression in a scope: `T`, or `Option<T>` where it can be NULL.
pub type Output<E, S, I> = <<E as ExprIn<S, I>>::Null as Nullness>::Of<<E as Expr>::Base>;

/// Calls a macro with each type of expression: its generics in brackets, then the type.
macro_rules! for_each_expression {
    ($macro:ident) => {
        $crate::expr::for_each_value!($macro);
        $macro!([R] $crate::relation::Rel<R>);
    };
}
pub(crate) use for_each_expression;

/// The same without relations.
macro_rules! for_each_value {
    ($macro:ident) => {
        $macro!([C, A] $crate::table::Col<C, A>);
        $macro!([O, A] $crate::expr::Node<O, A>);
        $macro!([T] $crate::expr::Bind<T>);
        $macro!([Q] $crate::query::Exists<Q>);
        $macro!([Q, C] $crate::query::Scalar<Q, C>);
        $macro!([C] $crate::query::Excluded<C>);
    };
}
pub(crate) use for_each_value;
