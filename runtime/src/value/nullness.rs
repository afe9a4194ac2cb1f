//! Whether an expression can be NULL, as a type.

use super::{FieldType, SqlValue};
use crate::{Error, run::RowReader};

/// Whether an expression can be NULL, as a type: [`NotNull`] or [`Nullable`].
pub trait Nullness: 'static {
    /// Whether it is [`Nullable`].
    const IS_NULLABLE: bool;
    /// `T`, or `Option<T>`.
    type Of<T: SqlValue>: FieldType<Base = T>;
    /// Nullable if either side is.
    type Or<N: Nullness>: Nullness;
    /// Nullable only if both sides are.
    type And<N: Nullness>: Nullness;

    /// Reads the next column of a row as `T` or `Option<T>`.
    ///
    /// # Errors
    /// As [`FieldType::read`].
    fn read<T: SqlValue, R: RowReader>(row: &mut R) -> Result<Self::Of<T>, Error> {
        <Self::Of<T> as FieldType>::read(row)
    }
}

/// Never NULL.
#[derive(Debug, Clone, Copy)]
pub struct NotNull;

/// NULL or a value: an `Option` in Rust.
#[derive(Debug, Clone, Copy)]
pub struct Nullable;

impl Nullness for NotNull {
    const IS_NULLABLE: bool = false;
    type Of<T: SqlValue> = T;
    type Or<N: Nullness> = N;
    type And<N: Nullness> = NotNull;
}

impl Nullness for Nullable {
    const IS_NULLABLE: bool = true;
    type Of<T: SqlValue> = Option<T>;
    type Or<N: Nullness> = Nullable;
    type And<N: Nullness> = N;
}
