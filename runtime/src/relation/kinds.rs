//! The kinds of relations.

use std::marker::PhantomData;

use crate::table::{Col, Column};

macro_rules! kinds {
    ($($(#[$meta:meta])* $name:ident<$from:ident, $to:ident $(, $null:ident)?>;)*) => {$(
        $(#[$meta])*
        pub struct $name<$from, $to $(, $null)?> {
            pub(crate) own: &'static str,
            pub(crate) other: &'static str,
            marker: PhantomData<fn() -> ($from, $to $(, $null)?)>,
        }

        impl<$from, $to $(, $null)?> Clone for $name<$from, $to $(, $null)?> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<$from, $to $(, $null)?> Copy for $name<$from, $to $(, $null)?> {}

        impl<$from, $to $(, $null)?> std::fmt::Debug for $name<$from, $to $(, $null)?> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({} = {})"), self.own, self.other)
            }
        }

        impl<$from, $to $(, $null)?> $name<$from, $to $(, $null)?> {
            #[doc(hidden)]
            pub fn new<K: Column>(own: &'static str, _: Col<K, $to>) -> Self {
                $name { own, other: K::NAME, marker: PhantomData }
            }
        }
    )*};
}

kinds! {
    /// The row of `T` that the foreign key of `C` refers to; `N` says whether the key can be NULL.
    BelongsTo<C, T, N>;
    /// At most one row of `C`, whose foreign key refers to a row of `P`.
    HasOne<P, C>;
    /// The rows of `C` whose foreign keys refer to a row of `P`.
    HasMany<P, C>;
}
