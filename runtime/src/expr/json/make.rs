//! Documents made in the database.

use serde_json::Value as AnyValue;

use crate::{
    expr::{
        Args, Expr, IntoExpr, Node,
        function::{function, functions},
    },
    value::Json,
};

/// A type of values that is the same in a document everywhere: text and numbers.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the same in a JSON document of every database",
    label = "expected text, an integer or a float"
)]
pub trait JsonScalar {}

macro_rules! scalars {
    ($($ty:ty),*) => { $(#[diagnostic::do_not_recommend] impl JsonScalar for $ty {})* };
}

scalars!(String, i16, i32, i64, f64);

function!(
    /// See [`json_array`].
    JsonArray = json_array(values) -> [Json<serde_json::Value>] never, each {
        SQLite | MySQL | MariaDB: "json_array",
        PostgreSQL: "jsonb_build_array",
    }
);
function!(
    /// See [`json_object`].
    JsonObject = json_object(members) -> [Json<serde_json::Value>] never, each {
        SQLite | MySQL | MariaDB: "json_object",
        PostgreSQL: "jsonb_build_object",
    }
);

/// The values of an array: a tuple of text and numbers.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of values for a JSON array",
    label = "expected a tuple of text and numbers"
)]
pub trait JsonValues: Args {}

/// The members of an object: a tuple of pairs, `("id", User::id)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of members for a JSON object",
    label = "expected a tuple of pairs: `((\"id\", User::id), ..)`"
)]
pub trait JsonMembers {
    /// Keys and values in turn.
    type Args: Args;

    /// Keys and values in turn.
    fn into_args(self) -> Self::Args;
}

macro_rules! values {
    ($($value:ident),+) => {
        functions!(@implement JsonArray ($($value),+) [Json<AnyValue>] [] never);

        #[diagnostic::do_not_recommend]
        impl<$($value: IntoExpr<Expr: Expr<Base: JsonScalar>>),+> JsonValues for ($($value,)+) {}
    };
}

values!(A);
values!(A, B);
values!(A, B, C);
values!(A, B, C, D);
values!(A, B, C, D, E);
values!(A, B, C, D, E, F);
values!(A, B, C, D, E, F, G);
values!(A, B, C, D, E, F, G, H);

macro_rules! members {
    ($($key:ident $value:ident),+) => {
        functions!(@implement JsonObject ($($key, $value),+) [Json<AnyValue>] [] never);

        #[diagnostic::do_not_recommend]
        impl<$($value: IntoExpr<Expr: Expr<Base: JsonScalar>>),+> JsonMembers for ($((&str, $value),)+) {
            type Args = ($(members!(@key $key), $value),+,);

            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn into_args(self) -> Self::Args {
                let ($(($key, $value),)+) = self;
                ($($key.to_owned(), $value),+,)
            }
        }
    };
    (@key $key:ident) => { String };
}

members!(A B);
members!(A B, C D);
members!(A B, C D, E F);
members!(A B, C D, E F, G H);

/// A JSON array of text and numbers, NULL included.
///
/// ```
/// use mizzle::{expr::json_array, prelude::*};
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
/// let query = User::query::<Sqlite>().select(json_array((User::id, User::name)));
/// assert_eq!(query.to_sql().sql, r#"SELECT json_array("users"."id", "users"."name") FROM "users""#);
/// ```
pub const fn json_array<V: JsonValues>(values: V) -> Node<JsonArray, V> {
    Node::new(JsonArray, values)
}

/// A JSON object of text and numbers, of up to four members.
///
/// ```
/// use mizzle::{expr::json_object, prelude::*};
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
/// let query = User::query::<Sqlite>().select(json_object((("id", User::id), ("name", User::name))));
/// assert_eq!(query.to_sql().sql, r#"SELECT json_object(?, "users"."id", ?, "users"."name") FROM "users""#);
/// ```
pub fn json_object<M: JsonMembers>(members: M) -> Node<JsonObject, M::Args> {
    Node::new(JsonObject, members.into_args())
}
