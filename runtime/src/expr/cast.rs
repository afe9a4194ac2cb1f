//! `CAST(.. AS ..)`.

use std::marker::PhantomData;

use super::{Args, CheckedOperation, Expr, Level, Node, Operation, Spelling, Types, Words};
use crate::{
    dialect::Dialect,
    value::{Nullness, SqlValue},
};

/// `CAST(.. AS type)`
pub struct Cast<T>(PhantomData<fn() -> T>);

impl<T> Clone for Cast<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Cast<T> {}

impl<T: SqlValue> std::fmt::Debug for Cast<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Cast({:?})", T::TYPE)
    }
}

impl<T: SqlValue, A: Args> Operation<A> for Cast<T> {
    type Base = T;
    type Aggregates = A::Aggregates;
    type Null<Any: Nullness, All: Nullness> = Any;
    const LEVEL: Level = Level::Atom;
}

impl<T: SqlValue, A: Args> CheckedOperation<A> for Cast<T> {}

impl<T> crate::query::PlainOperation for Cast<T> {}

impl<D: Dialect, T: SqlValue> Spelling<D> for Cast<T> {
    fn words(&self, types: Types) -> Words {
        let (open, close) = (D::SYNTAX.spelling.cast)(types.first.unwrap_or(T::TYPE), T::TYPE);
        Words::Around { open, between: "", close }
    }
}

/// A type of values that others can be converted to in SQL.
#[diagnostic::on_unimplemented(message = "SQL cannot convert `{From}` to `{Self}`", label = "no such conversion")]
pub trait CastTo<From>: SqlValue {}

macro_rules! casts {
    ($($from:ty => $($to:ty),+;)*) => { $($(impl CastTo<$from> for $to {})+)* };
}

casts! {
    bool => i16, i32, i64;
    i16 => i16, i32, i64, f32, f64, String;
    i32 => i16, i32, i64, f32, f64, String;
    i64 => i16, i32, i64, f32, f64, String;
    f32 => i16, i32, i64, f32, f64, String;
    f64 => i16, i32, i64, f32, f64, String;
    String => i16, i32, i64, f32, f64, String;
}

#[cfg(feature = "rust_decimal")]
casts! {
    i16 => rust_decimal::Decimal;
    i32 => rust_decimal::Decimal;
    i64 => rust_decimal::Decimal;
    f64 => rust_decimal::Decimal;
    rust_decimal::Decimal => i32, i64, f64, String, rust_decimal::Decimal;
}

/// Conversion to another type.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64 }
/// let query = User::query::<Sqlite>().select(User::id.cast::<String>());
/// assert_eq!(query.to_sql().sql, r#"SELECT CAST("users"."id" AS TEXT) FROM "users""#);
/// ```
pub trait CastExpr: Expr {
    /// `CAST(.. AS type)`: converts in the database, by its rules.
    fn cast<T: CastTo<Self::Base>>(self) -> Node<Cast<T>, (Self,)> {
        Node::new(Cast(PhantomData), (self,))
    }
}

impl<E: Expr> CastExpr for E {}
