//! JSON documents.

use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{ArrayElement, DataType, SqlValue, Value, ValueIn};
use crate::{
    Error,
    expr::{AssignOf, Bind, IntoExpr, Literal, OperandOf},
    run::RowReader,
};

macro_rules! documents {
    ($($(#[$meta:meta])* $name:ident as $kind:ident;)*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name<T>(pub T);

        impl<T> $name<T> {
            /// The document itself.
            pub fn into_inner(self) -> T {
                self.0
            }
        }

        impl<T> Deref for $name<T> {
            type Target = T;

            fn deref(&self) -> &T {
                &self.0
            }
        }

        impl<T> DerefMut for $name<T> {
            fn deref_mut(&mut self) -> &mut T {
                &mut self.0
            }
        }

        impl<T> From<T> for $name<T> {
            fn from(document: T) -> Self {
                $name(document)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T: Serialize + DeserializeOwned + Send + 'static> SqlValue for $name<T> {
            const TYPE: DataType = DataType::$kind;

            fn into_value(self) -> Value {
                write(&self.0).map_or_else(Value::Invalid, Value::$kind)
            }

            fn read<R: RowReader>(row: &mut R) -> Result<Option<Self>, Error> {
                Ok(parse(row)?.map($name))
            }
        }

        #[diagnostic::do_not_recommend]
        impl<D, T> ValueIn<D> for $name<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: Serialize + DeserializeOwned + Send + 'static> ArrayElement for $name<T> {}

        #[diagnostic::do_not_recommend]
        impl<T: Serialize + DeserializeOwned + Send + 'static> IntoExpr for $name<T> {
            type Expr = Bind<Self>;

            fn into_expr(self) -> Bind<Self> {
                Bind::new(self)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T, V: Serialize + DeserializeOwned + Send + 'static> OperandOf<T> for $name<V> {
            type Base = Self;
        }

        #[diagnostic::do_not_recommend]
        impl<T, V: Serialize + DeserializeOwned + Send + 'static> AssignOf<T> for $name<V> {
            type Base = Self;
        }

        #[diagnostic::do_not_recommend]
        impl<T: Serialize + DeserializeOwned + Send + 'static> Literal for $name<T> {}
    )*};
}

documents! {
    /// A column that holds a JSON document, as a Rust type of your own: `jsonb` on PostgreSQL.
    ///
    /// ```
    /// use mizzle::Json;
    /// use serde::{Deserialize, Serialize};
    ///
    /// #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    /// struct Settings {
    ///     theme: String,
    /// }
    ///
    /// let settings = Json(Settings { theme: "dark".into() });
    /// assert_eq!(settings.theme, "dark");
    /// ```
    ///
    /// A value that serde cannot write as JSON (a map whose keys are no text) fails the statement that it is bound
    /// to, with [`Error::Encode`].
    Json as Json;
    /// A JSON document that PostgreSQL keeps as it was written (`json`), in which case it does not compare; elsewhere
    /// the same as [`Json`].
    ///
    /// ```
    /// use mizzle::value::JsonText;
    ///
    /// let as_written = JsonText(vec![1, 2]);
    /// assert_eq!(as_written.len(), 2);
    /// ```
    JsonText as JsonText;
}

fn write<T: Serialize>(document: &T) -> Result<String, String> {
    serde_json::to_string(document)
        .map_err(|error| format!("`{}` cannot be written as JSON: {error}", std::any::type_name::<T>()))
}

fn parse<T: DeserializeOwned, R: RowReader>(row: &mut R) -> Result<Option<T>, Error> {
    let Some(parsed) = row.json()?.map(serde_json::from_str) else {
        return Ok(None);
    };
    // serde's own words would quote the document.
    parsed.map(Some).map_err(|error: serde_json::Error| {
        let found = format!("JSON that does not fit at line {}, column {}", error.line(), error.column());
        row.mismatch(std::any::type_name::<T>(), found)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_document_becomes_text() {
        assert_eq!(SqlValue::into_value(Json(vec![1, 2])), Value::Json("[1,2]".to_owned()));
    }

    #[test]
    fn what_cannot_be_written_is_kept_as_an_error() {
        let keys_are_lists = BTreeMap::from([(vec![1], 2)]);
        let Value::Invalid(reason) = SqlValue::into_value(Json(keys_are_lists)) else {
            panic!("a map with such keys is no JSON");
        };
        assert!(reason.contains("cannot be written as JSON"), "{reason}");
    }

    #[test]
    fn serde_does_not_see_the_wrapper() {
        let text = serde_json::to_string(&Json(vec![1])).expect("a list can be written");
        assert_eq!(text, "[1]");
        assert_eq!(serde_json::from_str::<Json<Vec<i32>>>(&text).expect("a list can be read"), Json(vec![1]));
    }
}
