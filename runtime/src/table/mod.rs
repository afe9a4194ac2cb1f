//! Tables and their columns.

mod alias;
mod attribute;
mod column;
mod def;
mod id;
mod index;
mod insert;
mod texts;
mod unique;

pub use alias::Alias;
pub use attribute::IndexKey;
#[doc(hidden)]
pub use attribute::{Probe, Supported, Unsupported, client_value, condition, default, generated, index_key};
pub use column::{Col, Column, Counted, Generated, Optional, RefersTo, Required, WriteRule, refers_to};
pub use def::{
    Action, CheckDef, ColumnDef, DefaultDef, ForeignKeyDef, GeneratedDef, IndexDef, IndexKeyDef, IndexKeys,
    IndexMethod, JunctionDef, RelationDef, RelationKind, SqlText, TableDef, UniqueDef,
};
pub use id::*;
pub use index::{IndexTarget, UniqueIndex};
pub use insert::{Cells, InsertRow};
pub use unique::{ColumnSet, KeyColumns, KeyList, UniqueKeys};

use crate::{
    Error,
    dialect::{Dialect, PartialIndexes},
    query::{All, Delete, InsertInto, Key, Select, Update},
    run::RowReader,
    value::{FieldType, ValueIn},
};

/// Something that can stand in FROM: a table, or an alias of one.
pub trait Source: Sized + 'static {
    /// The table whose columns and rows it has.
    type Table: Table;
    /// Its identity as a type, so that the same source twice in one query is refused.
    type Id: SourceId;
    /// The name that its columns are qualified with: the alias, or the table's own.
    const NAME: &'static str;
    /// The alias, if it is one.
    const ALIAS: Option<&'static str> = None;
}

/// A table: written by `#[derive(Table)]` or `table!`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table",
    label = "not a table",
    note = "annotate it with `#[derive(Table)]`"
)]
pub trait Table: Source<Table = Self> + Send {
    /// The columns that an insert must set, as a tuple of their markers.
    type Required;
    /// The columns, qualified by `A`: what an alias derefs to.
    type Columns<A: 'static>: 'static;

    /// The columns, qualified by `A`.
    fn columns<A: 'static>() -> &'static Self::Columns<A>;

    /// Everything that is known of the table.
    fn def() -> &'static TableDef;

    /// Reads one row: all columns, in the order of declaration.
    ///
    /// # Errors
    /// [`Error::Decode`] if a column holds another kind of value than its field.
    fn read<R: RowReader>(row: &mut R) -> Result<Self, Error>;

    /// Reads the row of an outer join: `None` where the join found nothing.
    ///
    /// # Errors
    /// As [`Table::read`].
    fn read_optional<R: RowReader>(row: &mut R) -> Result<Option<Self>, Error> {
        let columns = Self::def().columns;
        let absent = match columns.iter().position(|column| !column.nullable) {
            Some(required) => row.is_null(required),
            None => (0..columns.len()).all(|column| row.is_null(column)),
        };
        if absent {
            row.skip(columns.len());
            return Ok(None);
        }
        Self::read(row).map(Some)
    }

    /// `SELECT .. FROM` this table.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// let query = User::query::<Sqlite>().filter(User::id.gt(3));
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"SELECT "users"."id", "users"."name" FROM "users" WHERE "users"."id" > ?"#
    /// );
    /// ```
    fn query<D: Dialect>() -> Select<D, (Self,), Self>
    where
        Self: TableIn<D::Name>,
    {
        Select::from_source()
    }

    /// `INSERT INTO` this table.
    fn insert<D: Dialect>() -> InsertInto<D, Self>
    where
        Self: TableIn<D::Name>,
    {
        InsertInto::new()
    }

    /// `UPDATE` this table.
    fn update<D: Dialect>() -> Update<D, Self>
    where
        Self: TableIn<D::Name>,
    {
        Update::new()
    }

    /// `DELETE FROM` this table.
    fn delete<D: Dialect>() -> Delete<D, Self>
    where
        Self: TableIn<D::Name>,
    {
        Delete::new()
    }

    /// All columns, to be selected beside other things.
    fn all() -> All<Self> {
        All::new()
    }

    /// The whole row, to group by.
    fn key() -> Key<Self> {
        Key::new()
    }
}

/// A table that is for the dialect `D`: for all of them, unless `#[table(dialect = ..)]` says which.
#[diagnostic::on_unimplemented(
    message = "table `{Self}` is not for {D}",
    label = "`#[table(dialect = ..)]` says which databases it is for"
)]
pub trait TableIn<D> {}

/// A table with a column that counts up: written by the derive.
#[diagnostic::on_unimplemented(
    message = "table `{Self}` has no column that counts up",
    label = "there is no id to return: `#[column(primary_key, auto_increment)]` makes one"
)]
pub trait CountsUp {}

/// Checks that an alias is one of a table.
#[doc(hidden)]
pub const fn is_table<T: Table>() {}

/// Checks that the dialect `D` has the type of a field.
#[doc(hidden)]
pub const fn value_in<D: Dialect, T: FieldType<Base: ValueIn<D::Name>>>() {}

/// Checks that the database `D` has indexes of some rows.
#[doc(hidden)]
pub const fn partial_index<D: PartialIndexes>() {}

/// Checks that the table `T`, which a foreign key refers to, is for the database `D` too.
#[doc(hidden)]
pub const fn table_in<T: ColumnsOf<Table: TableIn<D>>, D>() {}

/// The struct that carries a table's column constants: the table itself, or what `#[table(columns = ..)]` names.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table",
    label = "not a table",
    note = "annotate it with `#[derive(Table)]`"
)]
pub trait ColumnsOf {
    /// The table.
    type Table: Table;
}

impl<T: Table> ColumnsOf for T {
    type Table = T;
}

/// A set of columns (a tuple of markers, or the marker of an index) that is unique in this table.
#[diagnostic::on_unimplemented(
    message = "`{K}` is not unique: no constraint can conflict on it",
    label = "neither primary key nor unique"
)]
pub trait UniqueOn<K> {}
