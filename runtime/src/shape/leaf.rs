//! Fields that are read from the row.

use std::marker::PhantomData;

use super::Fields;
use crate::{
    Error,
    dialect::Dialect,
    relation::{Above, KeyOf, KeyPlace, Levels, Together, Way},
    run::{BoxFuture, Executor},
    table::Table,
    value::FieldType,
};

macro_rules! leaves {
    ($($(#[$meta:meta])* $leaf:ident<$value:ident: $($bound:path),+> by $read:expr;)*) => {$(
        $(#[$meta])*
        pub struct $leaf<$value>(PhantomData<fn() -> $value>);

        impl<$value> $leaf<$value> {
            /// It.
            pub const NEW: Self = $leaf(PhantomData);
        }

        impl<$value> Clone for $leaf<$value> {
            fn clone(&self) -> Self {
                $leaf::NEW
            }
        }

        #[diagnostic::do_not_recommend]
        impl<D: Dialect, $value: $($bound +)+ Send + 'static> Fields<D> for $leaf<$value> {
            type Values = $value;
            type Row = $value;
            type Keys = ();
            type Loaded = ();

            fn add_columns(&self, _: &mut Vec<KeyOf>) {}

            fn read(row: &mut D::Row<'_>) -> Result<$value, Error> {
                let read: fn(&mut D::Row<'_>) -> Result<$value, Error> = $read;
                read(row)
            }

            fn read_keys(_: &mut std::slice::Iter<'_, KeyPlace>, _: &mut D::Row<'_>) -> Result<(), Error> {
                Ok(())
            }

            fn load<'e, E: Executor<D> + Copy + Sync + 'e>(
                self,
                _: E,
                keys: Vec<()>, _: Way
            ) -> BoxFuture<'e, Result<Vec<()>, Error>> {
                Box::pin(std::future::ready(Ok(keys)))
            }

            fn add_to(&self, _: &mut Together<D>, _: &Above, _: &mut usize) {}

            fn take(self, _: &mut Levels<'_, '_, D>, keys: Vec<()>) -> Result<Vec<()>, Error> {
                Ok(keys)
            }

            fn nothing() -> Option<()> {
                Some(())
            }

            fn join(row: $value, (): ()) -> $value {
                row
            }
        }
    )*};
}

leaves! {
    /// A column or expression of the type `V`.
    Value<V: FieldType> by |row| V::read(row);
    /// A row of the table `T`.
    WholeRow<T: Table> by |row| T::read(row);
    /// A field with a mistake that the derive reports.
    #[doc(hidden)]
    Unread<V: Sized> by |_| Err(Error::RowNotFound);
}
