//! Lists of values: arrays on PostgreSQL, JSON documents elsewhere.

use super::{DataType, SqlValue, Value, ValueIn};
use crate::{
    Error,
    expr::{AssignOf, Bind, IntoExpr, Literal, OperandOf},
    run::RowReader,
};

/// A type of values that can be the elements of a list: all but `u8`, whose lists are bytes, `u64`,
/// which few databases have, and lists themselves.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an element of a list",
    label = "not the type of an element",
    note = "a list of documents is a document: `Json<Vec<{Self}>>`"
)]
pub trait ArrayElement: SqlValue {}

/// A list in a column: an array on PostgreSQL (`text[]`), a JSON array elsewhere. No element is NULL.
///
/// ```
/// use mizzle::prelude::*;
/// #[derive(Table)]
/// #[table(name = "posts")]
/// struct Post {
///     #[column(primary_key)]
///     id: i64,
///     tags: Vec<String>,
/// }
/// let update = Post::update::<Sqlite>().set(Post::tags.set(vec!["rust".to_owned()])).filter(Post::id.eq(1));
/// ```
#[diagnostic::do_not_recommend]
impl<T: ArrayElement> SqlValue for Vec<T> {
    const TYPE: DataType = DataType::Array(&T::TYPE);

    fn into_value(self) -> Value {
        let values: Vec<Value> = self.into_iter().map(SqlValue::into_value).collect();
        if values.iter().any(|value| matches!(value, Value::Null(_))) {
            return Value::Invalid("an element of a list cannot be NULL".to_owned());
        }
        Value::Array(&T::TYPE, values)
    }

    fn read<R: RowReader>(row: &mut R) -> Result<Option<Self>, Error> {
        row.array()
    }
}

impl<D, T: ArrayElement + ValueIn<D>> ValueIn<D> for Vec<T> {}

impl<T: ArrayElement> IntoExpr for Vec<T> {
    type Expr = Bind<Self>;

    fn into_expr(self) -> Bind<Self> {
        Bind::new(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T, E: ArrayElement> OperandOf<T> for Vec<E> {
    type Base = Self;
}

#[diagnostic::do_not_recommend]
impl<T, E: ArrayElement> AssignOf<T> for Vec<E> {
    type Base = Self;
}

#[diagnostic::do_not_recommend]
impl<T: ArrayElement> Literal for Vec<T> {}
