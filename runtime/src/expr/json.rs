//! JSON documents: what is at a path of them, changing them, making them.

mod make;
mod path;

pub use make::{JsonArray, JsonMembers, JsonObject, JsonScalar, JsonValues, json_array, json_object};
#[cfg(feature = "postgres")]
pub(crate) use path::array_path;
pub(crate) use path::dollar_path;
pub use path::{IntoPath, IntoStep, JsonPath, PathStep};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as AnyValue;

use super::{
    Comparable, Expr, Node, Operand, Textual, Types, Words,
    function::{function, functions},
};
use crate::value::{DataType, Json, JsonText};

/// A type of values that is a JSON document.
#[diagnostic::on_unimplemented(
    message = "this needs a JSON document, `{Self}` is none",
    label = "expected `Json<..>`, found `{Self}`"
)]
pub trait Document {}
#[diagnostic::do_not_recommend]
impl<T> Document for Json<T> {}
#[diagnostic::do_not_recommend]
impl<T> Document for JsonText<T> {}

/// A type of documents that PostgreSQL can change: `jsonb`.
#[diagnostic::on_unimplemented(
    message = "changing a document needs `Json<..>`, this is `{Self}`",
    label = "expected `Json<..>`, found `{Self}`"
)]
pub trait Changeable {}
#[diagnostic::do_not_recommend]
impl<T> Changeable for Json<T> {}

/// Stands for all types of documents.
#[derive(Debug)]
pub struct AnyDocument;

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned + Send + 'static> Comparable<AnyDocument> for Json<T> {}

/// Texts around a document, which PostgreSQL takes as `jsonb`.
macro_rules! jsonb {
    ($open:literal, $($rest:literal),+) => { jsonb!(@ $open; $($rest),+) };
    (@ $open:literal; $close:literal) => {
        |types: Types| match types.first {
            Some(DataType::JsonText) => Words::Each(&[concat!($open, "("), concat!(")::jsonb", $close)]),
            _ => Words::Each(&[$open, $close]),
        }
    };
    (@ $open:literal; $between:literal, $close:literal) => {
        |types: Types| match types.first {
            Some(DataType::JsonText) => Words::Each(&[concat!($open, "("), concat!(")::jsonb", $between), $close]),
            _ => Words::Each(&[$open, $between, $close]),
        }
    };
}

function!(
    /// See [`JsonExpr::at`].
    JsonAt = at(self, path) -> [Json<serde_json::Value>] always, each {
        SQLite: ["((", ") -> ", ")"],
        PostgreSQL: (jsonb!("((", ") #> ", ")")),
        MySQL | MariaDB: "json_extract",
    }
);
function!(
    /// See [`JsonExpr::has_path`].
    JsonHasPath = has_path(self, path) -> bool never, each {
        SQLite: ["(json_type(", ", ", ") IS NOT NULL)"],
        PostgreSQL: (jsonb!("((", ") #> ", " IS NOT NULL)")),
        MySQL | MariaDB: ["(json_contains_path(", ", 'one', ", ") IS TRUE)"],
    }
);
function!(
    /// See [`JsonExpr::json_set`].
    JsonSet = json_set(self, path, value) -> same any, each {
        SQLite: ["json_set(", ", ", ", json(", "))"],
        PostgreSQL: "jsonb_set",
        MySQL: "json_set",
        MariaDB: ["json_set(", ", ", ", json_compact(", "))"],
    }
);
function!(
    /// See [`JsonExpr::json_remove`].
    JsonRemove = json_remove(self, path) -> same any, each {
        SQLite | MySQL | MariaDB: "json_remove",
        PostgreSQL: ["((", ") #- ", ")"],
    }
);
functions!(@implement JsonAt (SelfArg, P) [Json<AnyValue>] [] always);
functions!(@implement JsonHasPath (SelfArg, P) [bool] [] never);
functions!(@operation JsonSet (SelfArg, P, V) same any);
functions!(@operation JsonRemove (SelfArg, P) same any);

functions! {
    /// What is known of the functions on JSON.
    JSON [JsonAt JsonHasPath JsonSet JsonRemove JsonArray JsonObject];

    /// Functions on JSON documents; [`JsonExpr`] has those that take a path.
    #[expect(clippy::wrong_self_convention, reason = "expressions are made by value")]
    pub trait JsonFunctions {
        /// Its text, if it is one; a number as text. NULL if it is `null` or not there. What it is of `true` and `false`
        /// differs: SQLite makes 1 and 0 of them.
        fn as_text(self) where [Self::Base: Document] -> String always, AsText each {
            SQLite: ["CAST((", ") ->> '$' AS TEXT)"],
            PostgreSQL: (jsonb!("((", ") #>> '{}')")),
            MySQL: ["json_unquote(nullif(", ", CAST('null' AS JSON)))"],
            MariaDB: ["json_unquote(nullif(", ", 'null'))"],
        };
        /// Its integer, if it is one. NULL if it is `null` or not there; of anything else an error on PostgreSQL, elsewhere 0.
        fn as_i64(self) where [Self::Base: Document] -> i64 always, AsI64 each {
            SQLite: ["CAST((", ") ->> '$' AS INTEGER)"],
            PostgreSQL: (jsonb!("CAST((", ") #>> '{}' AS bigint)")),
            MySQL: ["CAST(json_unquote(nullif(", ", CAST('null' AS JSON))) AS SIGNED)"],
            MariaDB: ["CAST(json_unquote(nullif(", ", 'null')) AS SIGNED)"],
        };
        /// Its number, if it is one. NULL if it is `null` or not there; of anything else an error on PostgreSQL, elsewhere 0.
        fn as_f64(self) where [Self::Base: Document] -> f64 always, AsF64 each {
            SQLite: ["CAST((", ") ->> '$' AS REAL)"],
            PostgreSQL: (jsonb!("CAST((", ") #>> '{}' AS double precision)")),
            MySQL: ["CAST(json_unquote(nullif(", ", CAST('null' AS JSON))) AS DOUBLE)"],
            MariaDB: ["CAST(json_unquote(nullif(", ", 'null')) AS DOUBLE)"],
        };
        /// Whether it is `true`. NULL if it is `null` or not there; use it on booleans only.
        fn as_bool(self) where [Self::Base: Document] -> bool always, AsBool each {
            SQLite: ["((", ") ->> '$')"],
            PostgreSQL: (jsonb!("CAST((", ") #>> '{}' AS boolean)")),
            MySQL: ["(json_unquote(nullif(", ", CAST('null' AS JSON))) = 'true')"],
            MariaDB: ["(json_unquote(nullif(", ", 'null')) = 'true')"],
        };
        /// The number of elements of an array. Use it on arrays only.
        fn json_length(self) where [Self::Base: Document] -> i64 any, JsonLength each {
            SQLite: "json_array_length",
            PostgreSQL: (jsonb!("jsonb_array_length(", ")")),
            MySQL | MariaDB: "json_length",
        };
        /// Whether all of `other` is in it, by the rules of `@>`.
        fn json_contains[O: Operand<AnyDocument>](self, other: O) where [Self::Base: Document]
            -> bool any, JsonContains only {
            PostgreSQL: (jsonb!("((", ") @> ", ")")),
            MySQL | MariaDB: "json_contains",
        };
        /// Whether an object has the key, or an array the text.
        fn has_key[K: Operand<String>](self, key: K) where [Self::Base: Document] -> bool any,
            HasKey only { PostgreSQL: (jsonb!("((", ") ? ", ")")) };
        /// Whether an object has one of the keys.
        fn has_any_key[K: Operand<Vec<String>>](self, keys: K) where [Self::Base: Document] -> bool any,
            HasAnyKey only { PostgreSQL: (jsonb!("((", ") ?| ", ")")) };
        /// Whether an object has all of the keys.
        fn has_all_keys[K: Operand<Vec<String>>](self, keys: K) where [Self::Base: Document] -> bool any,
            HasAllKeys only { PostgreSQL: (jsonb!("((", ") ?& ", ")")) };
        /// With what `patch` says, by RFC 7396: members replaced, added, and removed where they are `null`.
        fn json_merge_patch[P: Operand<AnyDocument>](self, patch: P) where [Self::Base: Changeable] -> same any,
            JsonMergePatch only { SQLite: "json_patch", MySQL | MariaDB: "json_merge_patch" };
        /// Two objects as one, two arrays one after the other: `||`.
        fn json_concat[O: Operand<AnyDocument>](self, other: O) where [Self::Base: Changeable] -> same any,
            JsonConcat only { PostgreSQL: ["((", ") || (", "))"] };
        /// What it is, in PostgreSQL's words: `object`, `array`, `string`, `number`, `boolean`, `null`.
        fn json_typeof(self) where [Self::Base: Document] -> String any,
            JsonTypeof only { PostgreSQL: (jsonb!("jsonb_typeof(", ")")) };
        /// What it is, in SQLite's words: `object`, `array`, `text`, `integer`, `real`, `true`, `false`, `null`.
        fn json_type(self) where [Self::Base: Document] -> String any, JsonType only { SQLite: "json_type" };
        /// Whether a text is JSON.
        fn is_json(self) where [Self::Base: Textual]
            -> bool any, IsJson only { SQLite | MySQL | MariaDB: "json_valid" };
    }
}

/// Parts of JSON documents, by their path: a key, the place of an element counted from 0, or a tuple of these.
///
/// ```
/// use mizzle::prelude::*;
/// # use serde::{Deserialize, Serialize};
/// # #[derive(Serialize, Deserialize)] struct Settings { theme: String }
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, settings: Json<Settings> }
/// let dark = User::query::<Sqlite>().filter(User::settings.at("theme").as_text().eq("dark")).select(User::id);
/// assert_eq!(
///     dark.to_sql().sql,
///     r#"SELECT "users"."id" FROM "users" WHERE CAST(((("users"."settings") -> ?)) ->> '$' AS TEXT) = ?"#
/// );
/// let first = User::query::<Sqlite>().select(User::settings.at(("addresses", 0, "city")).as_text());
/// ```
pub trait JsonExpr: Expr {
    /// What is at a path of it, NULL if there is nothing: `.as_text()` and the like make a value of it.
    fn at<P: IntoPath>(self, path: P) -> Node<JsonAt, (Self, JsonPath)>
    where
        Self::Base: Document,
    {
        Node::new(JsonAt, (self, path.into_path()))
    }

    /// Whether there is something at a path of it, `null` included: false of NULL.
    fn has_path<P: IntoPath>(self, path: P) -> Node<JsonHasPath, (Self, JsonPath)>
    where
        Self::Base: Document,
    {
        Node::new(JsonHasPath, (self, path.into_path()))
    }

    /// With a value at a path, in place of what is there; only the last step of the path may be missing.
    fn json_set<P: IntoPath, V: Operand<AnyDocument>>(self, path: P, value: V) -> Node<JsonSet, (Self, JsonPath, V)>
    where
        Self::Base: Changeable,
    {
        Node::new(JsonSet, (self, path.into_path(), value))
    }

    /// Without what is at a path.
    fn json_remove<P: IntoPath>(self, path: P) -> Node<JsonRemove, (Self, JsonPath)>
    where
        Self::Base: Changeable,
    {
        Node::new(JsonRemove, (self, path.into_path()))
    }
}

impl<E: Expr> JsonExpr for E {}
