//! Classes of types, for functions that take any type of one.

use super::SqlValue;

/// A type of numbers, as the bound of a function of your own.
///
/// ```
/// use mizzle::{prelude::*, value::Number};
/// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, views: i64, price: Option<f64> }
/// sql_function! { fn doubled<T: Number>(x: T, times: T) -> T = "{x} * 2 * {times}" }
///
/// let query = Post::query::<Sqlite>().select((doubled(Post::views, 3), doubled(Post::price, 0.5)));
/// assert_eq!(query.to_sql().sql, r#"SELECT "posts"."views" * 2 * ?, "posts"."price" * 2 * ? FROM "posts""#);
/// ```
#[diagnostic::on_unimplemented(message = "this needs numbers, `{Self}` is none", label = "`{Self}` is not a number")]
pub trait Number: SqlValue + crate::expr::Summable + crate::expr::Numeric {}

/// A type of integers, as the bound of a function of your own: see [`Number`].
#[diagnostic::on_unimplemented(message = "this needs integers, `{Self}` is none", label = "`{Self}` is no integer")]
pub trait Integer: Number + crate::expr::Whole {}

macro_rules! numbers {
    ($($(#[$meta:meta])* $ty:ty),*) => { $($(#[$meta])* #[diagnostic::do_not_recommend] impl Number for $ty {})* };
}

macro_rules! integers {
    ($($ty:ty),*) => { numbers!($($ty),*); $(#[diagnostic::do_not_recommend] impl Integer for $ty {})* };
}

integers!(i8, i16, i32, i64, u8, u16, u32, u64);
numbers!(
    f32,
    f64,
    #[cfg(feature = "rust_decimal")]
    rust_decimal::Decimal
);
