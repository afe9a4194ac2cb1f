//! What `.set_each(..)` takes: the key that says which row, the columns, and the rows of values.

use std::{
    collections::HashMap,
    hash::{Hash, Hasher},
    marker::PhantomData,
};

use super::{
    assign::Writable,
    conflict::{ByColumn, ByColumns},
    required::{NoneRepeats, NotAmong},
};
use crate::{
    expr::{Assign, Bind, Expr, IntoExpr, Operand},
    table::{Col, Column, Table, UniqueOn},
    value::{FieldType, SqlValue, Value},
};

/// What says which row is meant: a column, or a tuple of columns, that is unique in the table `T`; `Keys` are their
/// markers, as a tuple.
#[diagnostic::on_unimplemented(
    message = "this does not say which row of `{T}` gets which values",
    label = "expected a primary key or something unique of `{T}`: `{T}::id`, or a tuple of columns"
)]
pub trait EachKey<T, I, Keys> {
    /// Their places in the table.
    fn places() -> Vec<usize>;
}

/// A column, or a tuple of columns, that says which row is meant.
#[diagnostic::on_unimplemented(
    message = "`{C}` is not unique: it does not say which row gets which values",
    label = "neither primary key nor unique"
)]
pub trait NamesOneRow<C> {}
#[diagnostic::do_not_recommend]
impl<T: UniqueOn<(C,)>, C> NamesOneRow<C> for RowKey<C, T> {}
#[diagnostic::do_not_recommend]
impl<T: UniqueOn<K>, K> NamesOneRow<K> for RowKeys<K, T> {}

/// Stands for a column in errors: rustc shows the words of [`NamesOneRow`] only if its `Self` is not the argument itself.
#[derive(Debug)]
pub struct RowKey<C, T>(PhantomData<(C, T)>);
/// The same for a tuple of columns.
#[derive(Debug)]
pub struct RowKeys<K, T>(PhantomData<(K, T)>);

impl<T: Table, C: Column> EachKey<T, ByColumn, (C,)> for Col<C, T>
where
    RowKey<C, T>: NamesOneRow<C>,
{
    fn places() -> Vec<usize> {
        vec![C::INDEX]
    }
}

/// The columns that are set, of the table `T`: none of them twice, and none of the `Keys`.
#[diagnostic::on_unimplemented(
    message = "these are no columns of `{T}` to set",
    label = "expected `{T}::column`, or a tuple of columns"
)]
pub trait EachColumns<T, Keys> {
    /// Their places in the table.
    fn places() -> Vec<usize>;
}

impl<T: Table, C: Column<Write: Writable<C>> + NotAmong<Keys>, Keys> EachColumns<T, Keys> for Col<C, T> {
    fn places() -> Vec<usize> {
        vec![C::INDEX]
    }
}

/// The rows of `.set_each(..)`: pairs of a key of the kind `K` and values of the columns `C`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` are not rows of a key and its values",
    label = "expected something to iterate over: an array, a `Vec`, an iterator"
)]
pub trait EachRows<K, C> {
    /// The values, row after row.
    fn values(self) -> Vec<Value>;
}

impl<L: IntoIterator<Item: EachRow<K, C>>, K, C> EachRows<K, C> for L {
    fn values(self) -> Vec<Value> {
        let rows = self.into_iter();
        let mut values = Vec::with_capacity(rows.size_hint().0.min(1 << 16) * 2);
        rows.for_each(|row| row.values(&mut values));
        values
    }
}

/// A row of `.set_each(..)`: a key of the kind `K`, and the values of the columns `C`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row of a key and its values",
    label = "expected pairs: `(key, value)`, or `(key, (value, value))` for a tuple of columns"
)]
pub trait EachRow<K, C> {
    /// Adds the values of the key and then those of the columns.
    fn values(self, to: &mut Vec<Value>);
}

impl<KeyValue: EachKeyValue<K>, V: EachValue<C>, K, C> EachRow<K, C> for (KeyValue, V) {
    fn values(self, to: &mut Vec<Value>) {
        self.0.key_value(to);
        self.1.value(to);
    }
}

/// The value of a key: a plain value for a column, a tuple of values for a tuple of columns.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value of this key",
    label = "expected one value for each column of the key"
)]
pub trait EachKeyValue<K> {
    /// Adds it.
    fn key_value(self, to: &mut Vec<Value>);
}

impl<V, C: Column, T> EachKeyValue<Col<C, T>> for V
where
    V: Operand<<C::Value as FieldType>::Base> + IntoExpr<Expr: PlainExpr>,
{
    fn key_value(self, to: &mut Vec<Value>) {
        to.push(self.into_expr().plain());
    }
}

/// The values of a row: a plain value for a column, a tuple of values for a tuple of columns.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not give each column a value",
    label = "expected one value for each column that is set"
)]
pub trait EachValue<C> {
    /// Adds them.
    fn value(self, to: &mut Vec<Value>);
}

impl<V, C: Column, T> EachValue<Col<C, T>> for V
where
    V: AssignEach<C::Value> + IntoExpr<Expr: PlainExpr>,
{
    fn value(self, to: &mut Vec<Value>) {
        to.push(self.into_expr().plain());
    }
}

/// What one row of many can set a column to: what `.set(..)` takes, and borrowed text that may be missing.
pub trait AssignEach<T> {}
impl<V: Assign<T>, T> AssignEach<T> for V {}
impl AssignEach<Option<String>> for Option<&str> {}

/// A plain value.
#[diagnostic::on_unimplemented(
    message = "each row takes plain values, not expressions",
    label = "holds an expression: what is said once for all rows goes to `.set(..)`"
)]
pub trait PlainExpr: Expr {
    /// The value.
    fn plain(self) -> Value;
}

#[diagnostic::do_not_recommend]
impl<T: SqlValue> PlainExpr for Bind<T> {
    fn plain(self) -> Value {
        self.into_value()
    }
}

/// No columns: one mistake is one error.
#[diagnostic::do_not_recommend]
impl EachValue<()> for () {
    fn value(self, _: &mut Vec<Value>) {}
}

/// The values of a key, to be found among others.
#[derive(PartialEq)]
struct FoundKey<'a>(&'a [Value]);

impl Eq for FoundKey<'_> {}

impl Hash for FoundKey<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for value in self.0 {
            match value {
                Value::I32(number) => number.hash(state),
                Value::I64(number) => number.hash(state),
                Value::Text(text) => text.hash(state),
                Value::Uuid(uuid) => uuid.hash(state),
                other => format!("{other:?}").hash(state),
            }
        }
    }
}

/// Makes rows impossible to send if a key is there twice. Of the `width` values of a row, so many are its key.
pub(super) fn refuse_repeated_keys(values: &mut [Value], keys: usize, width: usize) {
    let mut found = HashMap::with_capacity(values.len() / width);
    let repeated = values.chunks(width).enumerate().find_map(|(row, values)| {
        let before = found.insert(FoundKey(&values[..keys]), row)?;
        Some(format!("rows {before} and {row} of `set_each`, counted from 0, have the same key"))
    });
    if let Some(reason) = repeated {
        values[0] = Value::Invalid(reason);
    }
}

macro_rules! keys {
    ($($column:ident $value:ident $at:tt),+) => {
        #[diagnostic::do_not_recommend]
        impl<Tbl: Table, $($column: Column),+> EachKey<Tbl, ByColumns, ($($column,)+)> for ($(Col<$column, Tbl>,)+)
        where
            RowKeys<($($column,)+), Tbl>: NamesOneRow<($($column,)+)>,
        {
            fn places() -> Vec<usize> {
                vec![$($column::INDEX),+]
            }
        }

        impl<Tbl, $($column: Column, $value: EachKeyValue<Col<$column, Tbl>>),+>
            EachKeyValue<($(Col<$column, Tbl>,)+)> for ($($value,)+)
        {
            fn key_value(self, to: &mut Vec<Value>) {
                $(self.$at.key_value(to);)+
            }
        }
    };
}

keys!(A VA 0, B VB 1);
keys!(A VA 0, B VB 1, C VC 2);
keys!(A VA 0, B VB 1, C VC 2, D VD 3);

macro_rules! columns {
    ($(#[$meta:meta])* $($column:ident $value:ident $at:tt),+) => {
        $(#[$meta])*
        impl<Tbl: Table, Keys, $($column: Column<Write: Writable<$column>> + NotAmong<Keys>),+> EachColumns<Tbl, Keys>
            for ($(Col<$column, Tbl>,)+)
        where
            ($($column,)+): NoneRepeats,
        {
            fn places() -> Vec<usize> {
                vec![$($column::INDEX),+]
            }
        }

        $(#[$meta])*
        impl<Tbl, $($column: Column, $value: EachValue<Col<$column, Tbl>>),+> EachValue<($(Col<$column, Tbl>,)+)>
            for ($($value,)+)
        {
            fn value(self, to: &mut Vec<Value>) {
                $(self.$at.value(to);)+
            }
        }
    };
}

// rustc lists the others, and there is a limit to what a person reads.
columns!(#[diagnostic::do_not_recommend] A VA 0);
columns!(A VA 0, B VB 1);
columns!(A VA 0, B VB 1, C VC 2);
columns!(A VA 0, B VB 1, C VC 2, D VD 3);
columns!(A VA 0, B VB 1, C VC 2, D VD 3, E VE 4);
columns!(A VA 0, B VB 1, C VC 2, D VD 3, E VE 4, F VF 5);
columns!(A VA 0, B VB 1, C VC 2, D VD 3, E VE 4, F VF 5, G VG 6);
columns!(#[diagnostic::do_not_recommend] A VA 0, B VB 1, C VC 2, D VD 3, E VE 4, F VF 5, G VG 6, H VH 7);
