//! What a page can begin at: the values of the keys, or a cursor.

use super::{Cursor, CursorValues};
use crate::{
    expr::Param,
    value::{SqlValue, Value},
};

/// Where a page begins, as it is given.
#[derive(Debug)]
pub enum Position {
    /// At the first row.
    Unknown,
    /// At these values of the keys.
    Values(Vec<Value>),
    /// Where this cursor points.
    Cursor(Cursor),
}

/// What a page can begin at, if the values of its keys are `C`: these, a [`Cursor`], an `Option` of one, or as many
/// parameters ([`Param`]) of a prepared page.
#[diagnostic::on_unimplemented(
    message = "this is not a place in this query, whose keys are `{C}`",
    label = "expected `{C}`, an `Option` of it, or a `Cursor`"
)]
pub trait StartsAt<C> {
    /// The place.
    fn position(self) -> Position;
}

impl<T: StartOf<C>, C> StartsAt<C> for T {
    fn position(self) -> Position {
        self.place()
    }
}

/// What makes something [`StartsAt`].
#[diagnostic::on_unimplemented(
    message = "this is not a place in this query, whose keys are `{C}`",
    label = "expected `{C}`, an `Option` of it, or a `Cursor`"
)]
pub trait StartOf<C> {
    /// The place.
    fn place(self) -> Position;
}

#[diagnostic::do_not_recommend]
impl<T: SqlValue + Clone> StartOf<T> for T {
    fn place(self) -> Position {
        Position::Values(self.into_values())
    }
}

#[diagnostic::do_not_recommend]
impl<C> StartOf<C> for Cursor {
    fn place(self) -> Position {
        Position::Cursor(self)
    }
}

#[diagnostic::do_not_recommend]
impl<C> StartOf<C> for &Cursor {
    fn place(self) -> Position {
        Position::Cursor(self.clone())
    }
}

#[diagnostic::do_not_recommend]
impl<C, T: StartOf<C>> StartOf<C> for Option<T> {
    fn place(self) -> Position {
        self.map_or(Position::Unknown, T::place)
    }
}

/// The value that a prepared page is given.
fn argument<T: SqlValue>(param: Param<T>) -> Value {
    Value::Argument(T::TYPE, param.place())
}

#[diagnostic::do_not_recommend]
impl<T: SqlValue> StartOf<T> for Param<T> {
    fn place(self) -> Position {
        Position::Values(vec![argument(self)])
    }
}

macro_rules! tuples {
    ($($value:ident),+) => {
        #[diagnostic::do_not_recommend]
        impl<$($value: SqlValue),+> StartOf<($($value,)+)> for ($(Param<$value>,)+) {
            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn place(self) -> Position {
                let ($($value,)+) = self;
                Position::Values(vec![$(argument($value)),+])
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($value: SqlValue + Clone),+> StartOf<($($value,)+)> for ($($value,)+) {
            fn place(self) -> Position {
                Position::Values(self.into_values())
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
