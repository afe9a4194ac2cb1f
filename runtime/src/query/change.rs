//! Assignments that say how a column changes: `.add_assign(1)`, `.toggle()`, `.set_default()`.

use std::marker::PhantomData;

use super::assign::{Set, Writable};
use crate::{
    dialect::Dialect,
    expr::{
        Assign, Concat, DividedBy, Expr, ExprIn, IntoExpr, Minus, Node, Not, Operand, Plus, Render, Textual, Times,
    },
    render::Fragment,
    table::{Col, Column, ColumnDef, No, Optional, Table},
    value::{Compute, FieldType, Nullable, SqlValue, Value},
};

type Base<C> = <<C as Column>::Value as FieldType>::Base;

macro_rules! arithmetic {
    ($($(#[$meta:meta])* $name:ident $op:ident;)*) => {
        impl<C: Column> Col<C, C::Table> {
            $(
                $(#[$meta])*
                pub fn $name<V>(self, number: V) -> Set<C, Node<$op, (Self, V)>>
                where
                    C::Write: Writable<C>,
                {
                    Set::new(Node::new($op, (self, number)))
                }
            )*
        }
    };
}

arithmetic! {
    /// Adds to the column: `views = views + 1`. What is NULL stays NULL.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, views: i64 }
    /// let update = Post::update::<Sqlite>().set(Post::views.add_assign(1)).filter(Post::id.eq(7));
    /// assert_eq!(
    ///     update.to_sql().sql,
    ///     r#"UPDATE "posts" SET "views" = "posts"."views" + ? WHERE "posts"."id" = ?"#
    /// );
    /// ```
    add_assign Plus;
    /// Subtracts from the column. What is NULL stays NULL.
    sub_assign Minus;
    /// Multiplies the column. What is NULL stays NULL.
    mul_assign Times;
    /// Divides the column. What is NULL stays NULL.
    div_assign DividedBy;
}

impl<C: Column> Col<C, C::Table> {
    /// Adds text at the end of the column. What is NULL stays NULL.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, title: String }
    /// let update = Post::update::<Sqlite>().set(Post::title.append("!")).filter(Post::id.eq(7));
    /// assert_eq!(
    ///     update.to_sql().sql,
    ///     r#"UPDATE "posts" SET "title" = "posts"."title" || ? WHERE "posts"."id" = ?"#
    /// );
    /// ```
    pub fn append<V: Operand<String>>(self, text: V) -> Set<C, Node<Concat, (Self, V)>>
    where
        C::Write: Writable<C>,
        Base<C>: Textual,
    {
        Set::new(Node::new(Concat, (self, text)))
    }

    /// Makes true of false and false of true. What is NULL stays NULL.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, is_active: bool }
    /// let update = User::update::<Sqlite>().set(User::is_active.toggle()).filter(User::id.eq(7));
    /// assert_eq!(
    ///     update.to_sql().sql,
    ///     r#"UPDATE "users" SET "is_active" = NOT "users"."is_active" WHERE "users"."id" = ?"#
    /// );
    /// ```
    pub fn toggle(self) -> Set<C, Node<Not, (Self,)>>
    where
        C::Write: Writable<C>,
    {
        Set::new(Node::new(Not, (self,)))
    }

    /// Sets the column to what an insert that leaves it out would write: its default, or NULL.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, #[column(default = true)] is_active: bool }
    /// let update = User::update::<Sqlite>().set(User::is_active.set_default()).filter(User::id.eq(7));
    /// // SQLite has no `DEFAULT` here.
    /// assert_eq!(update.to_sql().sql, r#"UPDATE "users" SET "is_active" = 1 WHERE "users"."id" = ?"#);
    /// ```
    pub fn set_default(self) -> Set<C, DefaultOf<C>>
    where
        C::Write: HasDefault<C>,
    {
        Set::new(DefaultOf(PhantomData))
    }

    /// Sets a column that can be NULL to a value or an expression, or to NULL where there is none.
    ///
    /// `.set(..)` takes an `Option` of the column's own type; this takes one of whatever `.set(..)` takes: borrowed text, an
    /// expression.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, city: Option<String> }
    /// let city: Option<&str> = None;
    /// let update = User::update::<Sqlite>().set(User::city.set_nullable(city)).filter(User::id.eq(7));
    /// assert_eq!(update.to_sql().sql, r#"UPDATE "users" SET "city" = ? WHERE "users"."id" = ?"#);
    /// ```
    pub fn set_nullable<V: Assign<C::Value>>(self, value: Option<V>) -> Set<C, OrNull<V::Expr>>
    where
        C::Write: Writable<C>,
    {
        Set::new(OrNull(value.map(V::into_expr)))
    }
}

/// A column that can be left to its default.
#[diagnostic::on_unimplemented(message = "`{C}` has no default", label = "no default, so it must be given a value")]
pub trait HasDefault<C> {}
#[diagnostic::do_not_recommend]
impl<C> HasDefault<C> for Optional {}
/// A second implementor keeps rustc from naming the first in the error.
#[diagnostic::do_not_recommend]
impl<C> HasDefault<C> for super::scope::Nowhere {}

/// What a column is if nothing else is written.
pub struct DefaultOf<C>(PhantomData<fn() -> C>);

impl<C> Clone for DefaultOf<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for DefaultOf<C> {}

impl<C: Column> std::fmt::Debug for DefaultOf<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DEFAULT of {}", C::NAME)
    }
}

impl<C: Column<Table: Table>> DefaultOf<C> {
    fn column() -> &'static ColumnDef {
        &C::Table::def().columns[C::INDEX]
    }
}

impl<C: Column> Expr for DefaultOf<C> {
    type Base = Base<C>;
    type Aggregates = No;
    type Quotient = Nullable;
}

impl<S, C: Column> ExprIn<S, ()> for DefaultOf<C> {
    type Null = <C::Value as FieldType>::Null;
}

impl<D: Dialect, C: Column<Table: Table>> Render<D> for DefaultOf<C> {
    fn render(self, out: &mut Fragment) {
        if D::SYNTAX.writes.default_value {
            return out.sql("DEFAULT");
        }
        let default = Self::column().default.and_then(|default| (default.0)(D::KIND));
        out.text(default.as_deref().unwrap_or("NULL"));
    }

    fn into_plain(self) -> Result<Value, Self> {
        let column = Self::column();
        column.default_fn.map(|value| Value::Computed(column.data_type, Compute(value))).ok_or(self)
    }
}

#[diagnostic::do_not_recommend]
impl<C: Column> IntoExpr for DefaultOf<C> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

/// An expression, or NULL where there is none.
#[derive(Debug, Clone)]
pub struct OrNull<E>(Option<E>);

impl<E: Expr> Expr for OrNull<E> {
    type Base = E::Base;
    type Aggregates = E::Aggregates;
    type Quotient = Nullable;
}

impl<S, I, E: ExprIn<S, I>> ExprIn<S, I> for OrNull<E> {
    type Null = Nullable;
}

impl<D: Dialect, E: Expr + Render<D>> Render<D> for OrNull<E> {
    fn render(self, out: &mut Fragment) {
        match self.0 {
            Some(expression) => expression.render(out),
            None => out.value(Value::Null(E::Base::TYPE)),
        }
    }

    fn into_plain(self) -> Result<Value, Self> {
        match self.0 {
            Some(expression) => Render::<D>::into_plain(expression).map_err(|expression| OrNull(Some(expression))),
            None => Ok(Value::Null(E::Base::TYPE)),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<E: Expr> IntoExpr for OrNull<E> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}
