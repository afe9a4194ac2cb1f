//! The parameters of prepared queries.

use crate::{
    expr::Param,
    value::{FieldType, Value},
};

/// The parameters of a prepared query: a [`Param`], a tuple of them, or `()`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a prepared query takes",
    label = "expected `Param<T>`, a tuple of these, or `()`"
)]
pub trait Params {
    /// Their values.
    type Values;

    /// All of them.
    fn params() -> Self;

    /// The values, to be bound.
    fn bind(values: Self::Values) -> Vec<Value>;
}

impl<T: FieldType> Params for Param<T> {
    type Values = T;

    fn params() -> Self {
        Param::at(0)
    }

    fn bind(value: T) -> Vec<Value> {
        vec![value.into_value()]
    }
}

impl Params for () {
    type Values = ();

    fn params() -> Self {}

    fn bind((): ()) -> Vec<Value> {
        Vec::new()
    }
}

macro_rules! tuples {
    ($($param:ident $at:literal),+) => {
        impl<$($param: FieldType),+> Params for ($(Param<$param>,)+) {
            type Values = ($($param,)+);

            fn params() -> Self {
                ($(Param::<$param>::at($at),)+)
            }

            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn bind(($($param,)+): Self::Values) -> Vec<Value> {
                vec![$($param.into_value()),+]
            }
        }
    };
}

tuples!(A 0);
tuples!(A 0, B 1);
tuples!(A 0, B 1, C 2);
tuples!(A 0, B 1, C 2, D 3);
tuples!(A 0, B 1, C 2, D 3, E 4);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
