//! The keys by which rows of two tables belong together.

use std::hash::{Hash, Hasher};

use crate::{
    Error,
    run::RowReader,
    table::{Col, Column, TableDef},
    value::{DataType, FieldType, SqlValue, Value},
};

/// A column that rows are found by.
#[derive(Debug, Clone, Copy)]
pub struct KeyColumn {
    pub(crate) name: &'static str,
    /// Its place in the table.
    pub(crate) index: usize,
    pub(crate) data_type: DataType,
}

impl KeyColumn {
    pub(super) const fn of<C: Column>() -> Self {
        KeyColumn { name: C::NAME, index: C::INDEX, data_type: <<C::Value as FieldType>::Base as SqlValue>::TYPE }
    }
}

/// The columns of a key, of the table `T`: one, or a tuple of up to four.
pub trait LinkColumns<T> {
    /// Them.
    const COLUMNS: &'static [KeyColumn];
}

impl<C: Column, T> LinkColumns<T> for Col<C, T> {
    const COLUMNS: &'static [KeyColumn] = &[KeyColumn::of::<C>()];
}

macro_rules! tuples {
    ($($($column:ident),+;)*) => {$(
        impl<T, $($column: Column),+> LinkColumns<T> for ($(Col<$column, T>,)+) {
            const COLUMNS: &'static [KeyColumn] = &[$(KeyColumn::of::<$column>()),+];
        }
    )*};
}

tuples! {
    A, B;
    A, B, C;
    A, B, C, D;
}

/// Columns whose values are equal in rows that belong together.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    /// Of the table that the relation is of.
    pub(crate) own: &'static [KeyColumn],
    /// The name of the table that has the others: the table that it leads to, or the junction.
    pub(crate) table: &'static str,
    /// Of that table.
    pub(crate) other: &'static [KeyColumn],
    /// How the junction leads on, if there is one.
    pub(crate) between: Option<Between>,
}

/// A junction table between the two tables of a relation.
#[derive(Debug, Clone, Copy)]
pub struct Between {
    pub(crate) table: fn() -> &'static TableDef,
    /// The column that refers to the table which the relation leads to.
    pub(crate) far: &'static KeyColumn,
    /// The column of that table.
    pub(crate) key: &'static KeyColumn,
}

impl KeyColumn {
    /// Whether its keys are [`Key::Integer`].
    pub(crate) fn is_integer(&self) -> bool {
        use DataType::{I8, I16, I32, I64, U8, U16, U32};
        matches!(self.data_type, I8 | I16 | I32 | I64 | U8 | U16 | U32)
    }
}

/// The value of a key, to be looked up by.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// Of one column of integers, which are compared and hashed as such.
    Integer(i64),
    /// Of one column of another type.
    One(Value),
    /// Of several columns.
    Several(Box<[Value]>),
}

/// Keys are as exact as their bytes are; a NaN is no key.
impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Key::Integer(n) => n.hash(state),
            Key::One(value) => hash(value, state),
            Key::Several(values) => values.iter().for_each(|value| hash(value, state)),
        }
    }
}

fn hash<H: Hasher>(value: &Value, state: &mut H) {
    match value {
        Value::I16(n) => n.hash(state),
        Value::I32(n) => n.hash(state),
        Value::I64(n) => n.hash(state),
        Value::U64(n) => n.hash(state),
        Value::Text(text) => text.hash(state),
        Value::Bytes(bytes) | Value::Native(_, bytes) => bytes.hash(state),
        Value::Uuid(uuid) => uuid.hash(state),
        Value::Bool(truth) => truth.hash(state),
        Value::Date(date) => date.hash(state),
        Value::Time(time) => time.hash(state),
        Value::DateTime(moment) => moment.hash(state),
        Value::Timestamp(moment) => moment.hash(state),
        Value::Enum(_, word) => word.hash(state),
        #[cfg(feature = "rust_decimal")]
        Value::Decimal(decimal) => decimal.hash(state),
        // Floats, whose zeros are equal but not alike, and what is no key, are all in one bucket.
        _ => {}
    }
}

impl Key {
    /// The parameter that finds it in one column of this type.
    pub(crate) fn into_value(self, data_type: &DataType) -> Option<Value> {
        match self {
            Key::Integer(n) => Some(match data_type {
                DataType::I8 | DataType::U8 | DataType::I16 => i16::try_from(n).map_or(Value::I64(n), Value::I16),
                DataType::U16 | DataType::I32 => i32::try_from(n).map_or(Value::I64(n), Value::I32),
                _ => Value::I64(n),
            }),
            Key::One(value) => Some(value),
            Key::Several(_) => None,
        }
    }

    /// The number that it is, if it is one integer.
    pub(crate) fn number(&self) -> Option<i128> {
        match self {
            Key::Integer(n) => Some((*n).into()),
            Key::One(Value::U64(n)) => Some((*n).into()),
            _ => None,
        }
    }

    /// Of these columns.
    pub(crate) fn of(mut values: Vec<Value>) -> Self {
        match values.pop() {
            Some(value) if values.is_empty() => match value {
                Value::I16(n) => Key::Integer(n.into()),
                Value::I32(n) => Key::Integer(n.into()),
                Value::I64(n) => Key::Integer(n),
                value => Key::One(value),
            },
            last => {
                values.extend(last);
                Key::Several(values.into())
            }
        }
    }

    /// The parameters that find it in columns of these types.
    pub(crate) fn into_values<'a>(self, types: impl IntoIterator<Item = &'a DataType>) -> Vec<Value> {
        match self {
            Key::Several(values) => values.into_vec(),
            one => types.into_iter().next().and_then(|data_type| one.into_value(data_type)).into_iter().collect(),
        }
    }

    /// Reads the columns of a key; `None` if one of them is NULL. `seek` goes to each of them.
    pub(crate) fn read<R: RowReader>(
        row: &mut R,
        columns: &[KeyColumn],
        seek: impl Fn(&mut R, usize),
    ) -> Result<Option<Self>, Error> {
        if let [column] = columns {
            seek(row, 0);
            return read_one(row, column.data_type);
        }
        let mut values = Vec::with_capacity(columns.len());
        for (place, column) in columns.iter().enumerate() {
            seek(row, place);
            match read_value(row, column.data_type)? {
                Some(value) => values.push(value),
                None => return Ok(None),
            }
        }
        Ok(Some(Key::Several(values.into())))
    }
}

/// Reads the next column of a row as a key.
#[inline]
fn read_one<R: RowReader>(row: &mut R, data_type: DataType) -> Result<Option<Key>, Error> {
    fn integer<T: SqlValue + Into<i64>, R: RowReader>(row: &mut R) -> Result<Option<Key>, Error> {
        Ok(T::read(row)?.map(|n| Key::Integer(n.into())))
    }
    match data_type {
        DataType::I64 => integer::<i64, R>(row),
        DataType::I32 => integer::<i32, R>(row),
        DataType::I16 => integer::<i16, R>(row),
        DataType::I8 => integer::<i8, R>(row),
        DataType::U32 => integer::<u32, R>(row),
        DataType::U16 => integer::<u16, R>(row),
        DataType::U8 => integer::<u8, R>(row),
        _ => Ok(read_value(row, data_type)?.map(Key::One)),
    }
}

/// Reads the next column of a row as the value that a parameter of this type would be.
fn read_value<R: RowReader>(row: &mut R, data_type: DataType) -> Result<Option<Value>, Error> {
    fn as_value<T: SqlValue, R: RowReader>(row: &mut R) -> Result<Option<Value>, Error> {
        Ok(<T as SqlValue>::read(row)?.map(SqlValue::into_value))
    }
    match data_type {
        DataType::Bool => as_value::<bool, R>(row),
        DataType::I8 => as_value::<i8, R>(row),
        DataType::I16 => as_value::<i16, R>(row),
        DataType::I32 => as_value::<i32, R>(row),
        DataType::I64 => as_value::<i64, R>(row),
        DataType::U8 => as_value::<u8, R>(row),
        DataType::U16 => as_value::<u16, R>(row),
        DataType::U32 => as_value::<u32, R>(row),
        DataType::U64 => as_value::<u64, R>(row),
        DataType::F32 => as_value::<f32, R>(row),
        DataType::F64 => as_value::<f64, R>(row),
        #[cfg(feature = "rust_decimal")]
        DataType::Decimal => as_value::<rust_decimal::Decimal, R>(row),
        DataType::Text => as_value::<String, R>(row),
        DataType::Bytes => as_value::<Vec<u8>, R>(row),
        DataType::Date => as_value::<chrono::NaiveDate, R>(row),
        DataType::Time => as_value::<chrono::NaiveTime, R>(row),
        DataType::DateTime => as_value::<chrono::NaiveDateTime, R>(row),
        DataType::Timestamp => as_value::<chrono::DateTime<chrono::Utc>, R>(row),
        DataType::Uuid => as_value::<uuid::Uuid, R>(row),
        DataType::Enum(def) => {
            let Some(found) = row.text()? else { return Ok(None) };
            let word = def.variants.iter().find(|word| **word == found).copied();
            let found = found.to_owned();
            word.map(|word| Some(Value::Enum(def, word))).ok_or_else(|| row.mismatch(def.name, found))
        }
        DataType::Native(native) => Ok(row.native(native)?.map(|bytes| Value::Native(native, bytes.to_vec()))),
        other => Err(row.mismatch("a key", format!("{other:?}"))),
    }
}
