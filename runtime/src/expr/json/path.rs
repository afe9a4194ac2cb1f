//! Paths into JSON documents, as values.

use crate::{
    dialect::Dialect,
    expr::{Expr, ExprIn, IntoExpr, Render},
    query::GroupedBy,
    render::Fragment,
    table::No,
    value::{NotNull, Value},
};

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathStep {
    /// The member of an object.
    Key(String),
    /// The element of an array, counted from 0.
    Place(usize),
}

/// A path into a JSON document; bound, in the form that the database has for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonPath(Vec<PathStep>);

/// `$."key"[0]`, the path of most databases.
pub(crate) fn dollar_path(steps: &[PathStep]) -> Value {
    let mut path = String::from("$");
    for step in steps {
        match step {
            PathStep::Key(key) => {
                path.push('.');
                // The key in quotes, escaped as JSON escapes it.
                path.push_str(&serde_json::Value::from(key.as_str()).to_string());
            }
            PathStep::Place(place) => {
                path.push('[');
                path.push_str(&place.to_string());
                path.push(']');
            }
        }
    }
    Value::Text(path)
}

/// The steps as an array of texts, the path of PostgreSQL.
#[cfg(feature = "postgres")]
pub(crate) fn array_path(steps: &[PathStep]) -> Value {
    let text = |step: &PathStep| match step {
        PathStep::Key(key) => Value::Text(key.clone()),
        PathStep::Place(place) => Value::Text(place.to_string()),
    };
    Value::Array(&crate::value::DataType::Text, steps.iter().map(text).collect())
}

impl Expr for JsonPath {
    type Base = String;
    type Aggregates = No;
    type Quotient = NotNull;
}

impl<S> ExprIn<S, ()> for JsonPath {
    type Null = NotNull;
}

impl<D: Dialect> Render<D> for JsonPath {
    fn render(self, out: &mut Fragment) {
        out.value((D::SYNTAX.spelling.json_path)(&self.0));
    }
}

#[diagnostic::do_not_recommend]
impl IntoExpr for JsonPath {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

impl<K> GroupedBy<K, ()> for JsonPath {}

/// What can be a path into a JSON document: a key, the place of an element, a tuple of these, or a list of steps.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a path into a JSON document",
    label = "expected a key, the place of an element, or a tuple of these"
)]
pub trait IntoPath {
    /// The path.
    fn into_path(self) -> JsonPath;
}

/// What can be one step of a path.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a step of a path into a JSON document",
    label = "expected a key or the place of an element"
)]
pub trait IntoStep {
    /// The step.
    fn into_step(self) -> PathStep;
}

macro_rules! steps {
    ($($ty:ty, |$step:ident| $into:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl IntoStep for $ty {
            fn into_step(self) -> PathStep {
                let $step = self;
                $into
            }
        }

        #[diagnostic::do_not_recommend]
        impl IntoPath for $ty {
            fn into_path(self) -> JsonPath {
                JsonPath(vec![self.into_step()])
            }
        }
    )*};
}

steps! {
    &str, |key| PathStep::Key(key.to_owned());
    String, |key| PathStep::Key(key);
    &String, |key| PathStep::Key(key.clone());
    usize, |place| PathStep::Place(place);
    PathStep, |step| step;
}

#[diagnostic::do_not_recommend]
impl IntoPath for Vec<PathStep> {
    fn into_path(self) -> JsonPath {
        JsonPath(self)
    }
}

macro_rules! tuples {
    ($($step:ident),+) => {
        #[diagnostic::do_not_recommend]
        impl<$($step: IntoStep),+> IntoPath for ($($step,)+) {
            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn into_path(self) -> JsonPath {
                let ($($step,)+) = self;
                JsonPath(vec![$($step.into_step()),+])
            }
        }
    };
}

tuples!(A);
tuples!(A, B);
tuples!(A, B, C);
tuples!(A, B, C, D);
tuples!(A, B, C, D, E);
tuples!(A, B, C, D, E, F);

#[cfg(test)]
mod tests {
    use super::{IntoPath, dollar_path};
    use crate::value::Value;

    #[test]
    fn keys_are_escaped() {
        let path = ("a \"b\\", 2, "ö").into_path();
        assert_eq!(dollar_path(&path.0), Value::Text(r#"$."a \"b\\"[2]."ö""#.to_owned()));
    }
}
