//! What is known of a table, as static data: written by the derive, read by everything that makes or compares schemas.

use super::texts::Texts;
use crate::{
    dialect::DialectKind,
    hash,
    value::{DataType, FieldType, Nullness, SqlValue, Value, ValueEverywhere},
};

/// Renders an attribute's expression for a dialect; `None` if that dialect cannot say it.
pub type SqlText = fn(DialectKind) -> Option<String>;

/// Renders the keys of an index for a dialect; `None` if that dialect cannot say one of them.
pub type IndexKeys = fn(DialectKind) -> Option<Vec<IndexKeyDef>>;

/// A key of an index: what is no column stands in parentheses, with the direction after them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexKeyDef {
    /// The column or the expression, and its direction.
    pub sql: String,
    /// The kind of its values.
    pub data_type: DataType,
}

/// A table.
#[derive(Debug)]
pub struct TableDef {
    /// The name of the struct.
    pub rust_name: &'static str,
    /// The schema, where one was named.
    pub schema: Option<&'static str>,
    /// The name in SQL.
    pub name: &'static str,
    /// The columns, in the order of declaration.
    pub columns: &'static [ColumnDef],
    /// The names of the primary key's columns.
    pub primary_key: &'static [&'static str],
    /// UNIQUE constraints, those of a single column included.
    pub uniques: &'static [UniqueDef],
    /// Indexes.
    pub indexes: &'static [IndexDef],
    /// CHECK constraints.
    pub checks: &'static [CheckDef],
    /// Foreign keys.
    pub foreign_keys: &'static [ForeignKeyDef],
    /// Relations, as accessors name them.
    pub relations: &'static [RelationDef],
    #[doc(hidden)]
    pub texts: Texts,
}

/// A column.
#[derive(Debug)]
pub struct ColumnDef {
    /// The name in SQL.
    pub name: &'static str,
    /// The kind of value.
    pub data_type: DataType,
    /// Whether it can be NULL.
    pub nullable: bool,
    /// Whether it counts up by itself.
    pub auto_increment: bool,
    /// The default, where the database has one.
    pub default: Option<DefaultDef>,
    /// The default that mizzle computes, where the insert sets nothing.
    pub default_fn: Option<fn() -> Value>,
    /// What mizzle writes on each update that does not set the column.
    pub on_update_fn: Option<fn() -> Value>,
    /// The expression that the database computes it by.
    pub generated: Option<GeneratedDef>,
}

/// A default in the database.
#[derive(Debug, Clone, Copy)]
pub struct DefaultDef(pub SqlText);

/// A generated column's expression.
#[derive(Debug, Clone, Copy)]
pub struct GeneratedDef {
    /// The expression.
    pub expression: SqlText,
    /// Whether it is stored, or computed when read.
    pub stored: bool,
}

/// A UNIQUE constraint.
#[derive(Debug)]
pub struct UniqueDef {
    /// The constraint's name, where one was given.
    pub name: Option<&'static str>,
    /// The columns' names in SQL.
    pub columns: &'static [&'static str],
}

/// An index.
#[derive(Debug)]
pub struct IndexDef {
    /// The name in SQL.
    pub name: &'static str,
    /// Whether it is unique.
    pub unique: bool,
    /// The keys.
    pub keys: IndexKeys,
    /// The condition of a partial index.
    pub condition: Option<SqlText>,
    /// What it is made of.
    pub using: IndexMethod,
}

/// What an index is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IndexMethod {
    /// A tree, in the order of its keys.
    #[default]
    Tree,
    /// The parts of values, each with the rows that have it: `USING gin`. PostgreSQL has it.
    Gin,
    /// The words of texts: `FULLTEXT`. MySQL and MariaDB have it.
    FullText,
}

/// A CHECK constraint.
#[derive(Debug)]
pub struct CheckDef {
    /// The constraint's name, where one was given.
    pub name: Option<&'static str>,
    /// The condition.
    pub condition: SqlText,
}

/// A foreign key.
#[derive(Debug)]
pub struct ForeignKeyDef {
    /// The constraint's name, where one was given.
    pub name: Option<&'static str>,
    /// The columns of this table.
    pub columns: &'static [&'static str],
    /// The table that it refers to.
    pub table: fn() -> &'static TableDef,
    /// The columns that it refers to.
    pub references: fn() -> Vec<&'static str>,
    /// What happens when the row that it refers to is deleted.
    pub on_delete: Action,
    /// What happens when the key that it refers to changes.
    pub on_update: Action,
}

/// What a foreign key does when its target goes away or changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Action {
    /// Refuse, at the end of the statement (or transaction).
    #[default]
    NoAction,
    /// Refuse at once.
    Restrict,
    /// Delete or change along.
    Cascade,
    /// Set the key to NULL.
    SetNull,
    /// Set the key to its default.
    SetDefault,
}

/// A relation, as its accessor names it.
#[derive(Debug)]
pub struct RelationDef {
    /// The accessor's name.
    pub name: &'static str,
    /// What it leads to.
    pub kind: RelationKind,
    /// The other table.
    pub table: fn() -> &'static TableDef,
    /// The table between, if the relation goes through one.
    pub through: Option<JunctionDef>,
    /// Whether a condition leaves out some of the rows.
    pub is_filtered: bool,
}

impl RelationDef {
    /// A relation that leads to all rows of another table by its key.
    pub const fn new(name: &'static str, kind: RelationKind, table: fn() -> &'static TableDef) -> Self {
        RelationDef { name, kind, table, through: None, is_filtered: false }
    }

    /// One that goes through another table.
    #[must_use]
    pub const fn through(mut self, table: fn() -> &'static TableDef, columns: fn() -> [&'static str; 2]) -> Self {
        self.through = Some(JunctionDef { table, columns });
        self
    }

    /// One with a condition.
    #[must_use]
    pub const fn filtered(mut self) -> Self {
        self.is_filtered = true;
        self
    }
}

/// The table between the two tables of a relation: each of its rows links one row of each.
#[derive(Debug)]
pub struct JunctionDef {
    /// The table.
    pub table: fn() -> &'static TableDef,
    /// The columns that refer to the table which the relation is of, and to the one that it leads to.
    pub columns: fn() -> [&'static str; 2],
}

/// What a relation leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelationKind {
    /// The row that this one's foreign key refers to.
    BelongsTo,
    /// At most one row whose foreign key refers to this one.
    HasOne,
    /// The rows whose foreign keys refer to this one.
    HasMany,
}

impl TableDef {
    /// A table with these columns and nothing else yet.
    pub const fn new(rust_name: &'static str, name: &'static str, columns: &'static [ColumnDef]) -> Self {
        TableDef {
            rust_name,
            schema: None,
            name,
            columns,
            primary_key: &[],
            uniques: &[],
            indexes: &[],
            checks: &[],
            foreign_keys: &[],
            relations: &[],
            texts: Texts::new(),
        }
    }

    /// The columns that tell its rows apart: those of the primary key, or of a unique one that is never NULL. None, if there
    /// is no such key.
    pub(crate) fn row_key(&self) -> &'static [&'static str] {
        let is_required = |name: &&str| self.columns.iter().any(|column| column.name == *name && !column.nullable);
        let uniques = self.uniques.iter().map(|unique| unique.columns);
        let mut keys = std::iter::once(self.primary_key).chain(uniques);
        keys.find(|key| !key.is_empty() && key.iter().all(is_required)).unwrap_or_default()
    }
}

/// The names of constraints: those that were given, or made of the table and the columns as PostgreSQL makes them.
impl TableDef {
    /// The name of a UNIQUE constraint of this table.
    pub fn unique_name(&self, unique: &UniqueDef) -> String {
        unique.name.map_or_else(|| self.constraint_name(unique.columns, "key"), str::to_owned)
    }

    /// The name of a foreign key of this table.
    pub fn foreign_key_name(&self, key: &ForeignKeyDef) -> String {
        key.name.map_or_else(|| self.constraint_name(key.columns, "fkey"), str::to_owned)
    }

    /// The name of the CHECK constraint in this place of [`checks`](Self::checks).
    pub fn check_name(&self, position: usize) -> String {
        let given = self.checks.get(position).and_then(|check| check.name);
        let number = if position > 0 { format!("check_{}", position + 1) } else { "check".to_owned() };
        given.map_or_else(|| self.constraint_name(&[], &number), str::to_owned)
    }

    fn constraint_name(&self, columns: &[&str], kind: &str) -> String {
        let mut name = self.name.to_owned();
        for part in columns.iter().chain([&kind]) {
            name.push('_');
            name.push_str(part);
        }
        // PostgreSQL cuts names off after 63 bytes, MySQL refuses them after 64 characters. Two long names of one table
        // may begin with the same.
        if name.len() > MAX_NAME {
            let rest = format!("_{:016x}", hash::and(hash::EMPTY, name.as_bytes()));
            let mut end = MAX_NAME - rest.len();
            while !name.is_char_boundary(end) {
                end -= 1;
            }
            name.truncate(end);
            name.push_str(&rest);
        }
        name
    }
}

/// How many bytes a name can have in all databases.
const MAX_NAME: usize = 63;

impl ColumnDef {
    /// A column of the type `T` and nothing else yet.
    pub const fn new<T: FieldType<Base: ValueEverywhere>>(name: &'static str) -> Self {
        Self::in_some_dialects::<T>(name)
    }

    /// A column of a type that not every dialect has.
    pub const fn in_some_dialects<T: FieldType>(name: &'static str) -> Self {
        ColumnDef {
            name,
            data_type: <T::Base as SqlValue>::TYPE,
            nullable: <T::Null as Nullness>::IS_NULLABLE,
            auto_increment: false,
            default: None,
            default_fn: None,
            on_update_fn: None,
            generated: None,
        }
    }

    /// Counts up by itself.
    pub const fn auto_increment(mut self) -> Self {
        self.auto_increment = true;
        self
    }

    /// Has a default in the database.
    pub const fn default(mut self, expression: SqlText) -> Self {
        self.default = Some(DefaultDef(expression));
        self
    }

    /// Has a default that mizzle computes.
    pub const fn default_fn(mut self, value: fn() -> Value) -> Self {
        self.default_fn = Some(value);
        self
    }

    /// Is written anew on each update.
    pub const fn on_update_fn(mut self, value: fn() -> Value) -> Self {
        self.on_update_fn = Some(value);
        self
    }

    /// Is computed by the database.
    pub const fn generated(mut self, expression: SqlText, stored: bool) -> Self {
        self.generated = Some(GeneratedDef { expression, stored });
        self
    }
}
