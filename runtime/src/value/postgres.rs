//! Types that only PostgreSQL has: intervals, addresses, ranges.

mod interval;
#[cfg(any(feature = "ipnetwork", feature = "mac_address"))]
mod network;
mod range;
mod search;

#[cfg(feature = "ipnetwork")]
pub use network::Cidr;
pub use search::{TsQuery, TsVector};

/// Types whose binary form mizzle writes and reads itself: the kind, the form of a value, and a value of the form.
macro_rules! native {
    ($($ty:ty as $kind:expr, |$value:ident| $write:expr, |$bytes:ident| $read:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl $crate::value::SqlValue for $ty {
            const TYPE: $crate::value::DataType = $crate::value::DataType::Native($kind);

            fn into_value(self) -> $crate::value::Value {
                let $value = self;
                match $write {
                    Ok(bytes) => $crate::value::Value::Native($kind, bytes),
                    Err(reason) => $crate::value::Value::Invalid(reason),
                }
            }

            fn read<R: $crate::run::RowReader>(row: &mut R) -> Result<Option<Self>, $crate::Error> {
                let Some($bytes) = row.native($kind)? else {
                    return Ok(None);
                };
                let Some(value) = $read else {
                    return Err(row.mismatch(std::any::type_name::<$ty>(), "a value that it cannot hold".to_owned()));
                };
                Ok(Some(value))
            }
        }

        $crate::value::postgres::only_in_postgres!($ty);
        $crate::__operand!($ty);
    )*};
}
pub(super) use native;

/// Only PostgreSQL has the type.
macro_rules! only_in_postgres {
    ($ty:ty) => {
        // A second implementor keeps rustc from taking the only database for the one that is meant.
        #[diagnostic::do_not_recommend]
        impl $crate::value::ValueIn<$crate::query::Nowhere> for $ty {}
        #[diagnostic::do_not_recommend]
        impl $crate::value::ValueIn<$crate::dialect::names::PostgreSQL> for $ty {}
        #[diagnostic::do_not_recommend]
        impl $crate::value::ArrayElement for $ty {}
    };
}
pub(super) use only_in_postgres;
