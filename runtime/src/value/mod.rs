//! Rust types as SQL values.

mod array;
mod class;
mod element;
mod json;
mod nullness;
#[cfg(feature = "postgres")]
mod postgres;
mod types;

pub use array::ArrayElement;
pub use class::{Integer, Number};
pub use element::{JsonElements, list_as_json};
pub use json::{Json, JsonText};
pub use nullness::{NotNull, Nullable, Nullness};
#[cfg(feature = "ipnetwork")]
pub use postgres::Cidr;
#[cfg(feature = "postgres")]
pub use postgres::{TsQuery, TsVector};

use crate::{Error, run::RowReader};

/// What kind of value a column holds, before a dialect gives it a name.
///
/// ```
/// use mizzle::value::{DataType, SqlValue};
/// assert_eq!(<i32 as SqlValue>::TYPE, DataType::I32);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DataType {
    /// `bool`
    Bool,
    /// An 8-bit signed integer.
    I8,
    /// A 16-bit signed integer.
    I16,
    /// A 32-bit signed integer.
    I32,
    /// A 64-bit signed integer.
    I64,
    /// An 8-bit unsigned integer.
    U8,
    /// A 16-bit unsigned integer.
    U16,
    /// A 32-bit unsigned integer.
    U32,
    /// A 64-bit unsigned integer.
    U64,
    /// A 32-bit float.
    F32,
    /// A 64-bit float.
    F64,
    /// A decimal number.
    Decimal,
    /// Text of any length.
    Text,
    /// Bytes of any length.
    Bytes,
    /// A calendar date.
    Date,
    /// A time of day.
    Time,
    /// A date and time without a zone.
    DateTime,
    /// A moment, in UTC.
    Timestamp,
    /// A UUID.
    Uuid,
    /// A JSON document.
    Json,
    /// A JSON document that is kept as it was written.
    JsonText,
    /// One of a fixed list of words; see `#[derive(SqlEnum)]`.
    Enum(&'static EnumDef),
    /// A list: an array on PostgreSQL, a JSON document elsewhere.
    Array(&'static DataType),
    /// A type that only one dialect has.
    Native(NativeType),
}

impl DataType {
    /// Whether it is a type of integers.
    pub const fn is_integer(self) -> bool {
        use DataType::{I8, I16, I32, I64, U8, U16, U32, U64};
        matches!(self, I8 | I16 | I32 | I64 | U8 | U16 | U32 | U64)
    }
}

/// Types that only PostgreSQL has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NativeType {
    /// Months, days and microseconds.
    Interval,
    /// The address of a host, perhaps with its network.
    Inet,
    /// The address of a network.
    Cidr,
    /// The address of a network card.
    MacAddr,
    /// A range of values of the type.
    Range(&'static DataType),
    /// The words of a text.
    TextWords,
    /// Words that are searched for.
    TextSearch,
}

/// The name and the variants of a `#[derive(SqlEnum)]` type.
#[derive(Debug, PartialEq, Eq)]
pub struct EnumDef {
    /// The name of the type in SQL, where the dialect has named enums.
    pub name: &'static str,
    /// The words it can hold, in the order of declaration.
    pub variants: &'static [&'static str],
}

/// A value on its way to the database: bound as a parameter, never written into the SQL text.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// NULL of a known type.
    Null(DataType),
    /// A boolean.
    Bool(bool),
    /// A 16-bit signed integer.
    I16(i16),
    /// A 32-bit signed integer.
    I32(i32),
    /// A 64-bit signed integer.
    I64(i64),
    /// A 64-bit unsigned integer.
    U64(u64),
    /// A 32-bit float.
    F32(f32),
    /// A 64-bit float.
    F64(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A calendar date.
    Date(chrono::NaiveDate),
    /// A time of day.
    Time(chrono::NaiveTime),
    /// A date and time without a zone.
    DateTime(chrono::NaiveDateTime),
    /// A moment, in UTC.
    Timestamp(chrono::DateTime<chrono::Utc>),
    /// A UUID.
    Uuid(uuid::Uuid),
    /// A decimal number.
    #[cfg(feature = "rust_decimal")]
    Decimal(rust_decimal::Decimal),
    /// JSON text.
    Json(String),
    /// JSON text that is kept as it is.
    JsonText(String),
    /// A word of an enum.
    Enum(&'static EnumDef, &'static str),
    /// Several values of one type.
    Array(&'static DataType, Vec<Value>),
    /// A value of a type that only one dialect has, in that dialect's binary form.
    Native(NativeType, Vec<u8>),
    /// A value that could not be made, and why: the statement fails with [`Error::Encode`].
    Invalid(String),
    /// The argument of this place that a prepared query will be given.
    #[doc(hidden)]
    Argument(DataType, usize),
    /// A value that is computed when the statement is sent.
    #[doc(hidden)]
    Computed(DataType, Compute),
}

/// A function that computes a value.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Compute(pub(crate) fn() -> Value);

impl PartialEq for Compute {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::fn_addr_eq(self.0, other.0)
    }
}

impl Value {
    /// Whether it, or an element of it, is computed when it is sent.
    pub(crate) fn is_computed(&self) -> bool {
        match self {
            Value::Computed(..) => true,
            Value::Array(_, values) => values.iter().any(Value::is_computed),
            _ => false,
        }
    }

    /// Computes what is computed when it is sent: many rows are an array for each column.
    pub(crate) fn compute(&mut self) {
        match self {
            Value::Computed(_, compute) => *self = (compute.0)(),
            Value::Array(_, values) => values.iter_mut().for_each(Value::compute),
            _ => {}
        }
    }

    /// Says that this value is not there yet.
    pub(crate) fn is_missing() -> Error {
        Error::encode("a parameter of a prepared query has no value: only `prepare(..)` can use it")
    }
}

/// A Rust type that one SQL value fits into, NULL aside.
///
/// Implemented for the integers, floats, `bool`, `String`, `Vec<u8>`, the chrono types, `Uuid` and
/// [`Json<T>`](crate::Json); derive it for a newtype with `#[derive(SqlValue)]` and for an enum with
/// `#[derive(SqlEnum)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the type of a column",
    label = "not an SQL value",
    note = "use a type that mizzle knows, or `#[derive(SqlValue)]` on a newtype, `#[derive(SqlEnum)]` on an enum, `Json<{Self}>` for a document"
)]
pub trait SqlValue: Sized + Send + 'static {
    /// The kind of value.
    const TYPE: DataType;

    /// Turns it into a parameter.
    fn into_value(self) -> Value;

    /// Reads the next column of a row; `None` is NULL.
    ///
    /// # Errors
    /// [`Error::Decode`] if the column holds something else.
    fn read<R: RowReader>(row: &mut R) -> Result<Option<Self>, Error>;
}

/// A type of values that the dialect `D` has.
///
/// Most types exist everywhere. A table with a column of one that does not says so: `#[table(dialect = Postgres)]`.
#[diagnostic::on_unimplemented(message = "{D} has no type for `{Self}`", label = "not a type of {D}")]
pub trait ValueIn<D> {}

/// A type of values that every dialect has.
#[diagnostic::on_unimplemented(
    message = "not every database has a type for `{Self}`",
    label = "say which databases the table is for, of those that have it: `#[table(dialect = ..)]`"
)]
pub trait ValueEverywhere {}
#[diagnostic::do_not_recommend]
impl<T: ValueIn<EveryDialect>> ValueEverywhere for T {}

/// Stands for all dialects at once.
#[derive(Debug)]
pub struct EveryDialect;

/// The type of a field: an [`SqlValue`], or an `Option` of one for a column that can be NULL.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot be the type of a column", label = "not an SQL value")]
pub trait FieldType: Sized + Send + 'static {
    /// The type without the `Option`.
    type Base: SqlValue;
    /// Whether it is an `Option`.
    type Null: Nullness;

    /// Turns it into a parameter.
    fn into_value(self) -> Value;

    /// Reads the next column of a row.
    ///
    /// # Errors
    /// [`Error::Decode`] if the column holds something else, or NULL where there can be none.
    fn read<R: RowReader>(row: &mut R) -> Result<Self, Error>;
}

impl<T: SqlValue> FieldType for T {
    type Base = T;
    type Null = NotNull;

    fn into_value(self) -> Value {
        SqlValue::into_value(self)
    }

    fn read<R: RowReader>(row: &mut R) -> Result<Self, Error> {
        match T::read(row)? {
            Some(value) => Ok(value),
            None => Err(row.unexpected_null(std::any::type_name::<T>())),
        }
    }
}

impl<T: SqlValue> FieldType for Option<T> {
    type Base = T;
    type Null = Nullable;

    fn into_value(self) -> Value {
        self.map_or(Value::Null(T::TYPE), SqlValue::into_value)
    }

    fn read<R: RowReader>(row: &mut R) -> Result<Self, Error> {
        T::read(row)
    }
}
