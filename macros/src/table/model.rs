//! What is known of a table once its attributes are found to be in order.

use proc_macro2::Ident;
use quote::format_ident;
use syn::{Attribute, Expr, Path, Type, Visibility, ext::IdentExt, parse_quote};

use super::{
    names,
    parse::{RawCheck, RawColumn, RawIndex, RawRelation, RawShape, RawTable, Reaction},
};
use crate::attr::{Attr, Slot};

/// A table.
pub(super) struct Model {
    pub(super) krate: Path,
    /// The only dialects that it is for; none: all.
    pub(super) dialects: Vec<Ident>,
    pub(super) vis: Visibility,
    pub(super) ident: Ident,
    pub(super) name: String,
    pub(super) schema: Option<String>,
    pub(super) insert: Option<Ident>,
    pub(super) update: Option<Ident>,
    pub(super) columns_struct: Option<Ident>,
    pub(super) columns: Vec<Column>,
    pub(super) primary_key: Vec<usize>,
    pub(super) uniques: Vec<Unique>,
    pub(super) indexes: Vec<Index>,
    pub(super) checks: Vec<Check>,
    /// Foreign keys, those of one column first.
    pub(super) references: Vec<Reference>,
    pub(super) relations: Vec<Relation>,
    pub(super) shapes: Vec<TableShape>,
}

/// A struct with all columns but some.
pub(super) struct TableShape {
    pub(super) ident: Ident,
    pub(super) except: Vec<Ident>,
    pub(super) derives: Vec<Path>,
}

/// A column.
pub(super) struct Column {
    pub(super) docs: Vec<Attribute>,
    pub(super) vis: Visibility,
    pub(super) ident: Ident,
    pub(super) ty: Type,
    pub(super) marker: Ident,
    pub(super) constant: Ident,
    pub(super) name: String,
    pub(super) write: Write,
    pub(super) auto_increment: bool,
    pub(super) default: Option<Expr>,
    pub(super) default_fn: Option<Expr>,
    pub(super) on_update_fn: Option<Expr>,
    pub(super) generated: Option<Generated>,
}

/// What an insert does with a column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Write {
    /// It must be set.
    Required,
    /// It can be NULL, and is if nothing is set.
    Nullable,
    /// It has a default or counts up.
    Defaulted,
    /// It cannot be set.
    Generated,
}

/// What a column is computed by.
pub(super) struct Generated {
    pub(super) expression: Expr,
    pub(super) stored: bool,
}

/// A foreign key.
pub(super) struct Reference {
    pub(super) name: Option<String>,
    /// The places of its columns.
    pub(super) columns: Vec<usize>,
    /// What they refer to.
    pub(super) targets: Vec<Path>,
    pub(super) parent: Path,
    pub(super) on_delete: Reaction,
    pub(super) on_update: Reaction,
    pub(super) accessor: Option<Ident>,
}

/// A UNIQUE constraint.
pub(super) struct Unique {
    pub(super) name: Option<String>,
    pub(super) columns: Vec<usize>,
}

/// An index.
pub(super) struct Index {
    pub(super) name: String,
    pub(super) unique: bool,
    pub(super) keys: Vec<Expr>,
    pub(super) condition: Option<Expr>,
    /// `gin` or `fulltext`.
    pub(super) using: Option<Ident>,
    pub(super) target: Target,
}

/// How an upsert names a unique index.
pub(super) enum Target {
    /// Not at all: it is not unique.
    None,
    /// By its columns.
    Columns(Vec<usize>),
    /// By a constant and the marker of its type.
    Constant { constant: Ident, marker: Ident },
}

/// A CHECK constraint.
pub(super) struct Check {
    pub(super) name: Option<String>,
    pub(super) condition: Expr,
}

/// `has_many` or `has_one`.
pub(super) struct Relation {
    pub(super) many: bool,
    pub(super) name: Ident,
    /// The table that it leads to.
    pub(super) table: Path,
    /// The columns that refer to this table: of the other one, or of the junction.
    pub(super) columns: Vec<Path>,
    pub(super) junction: Option<Junction>,
    pub(super) filter: Option<Expr>,
}

/// The table between two others.
pub(super) struct Junction {
    pub(super) table: Path,
    /// The column that refers to the table which the relation leads to.
    pub(super) far: Path,
}

impl Model {
    /// Draws the conclusions.
    pub(super) fn new(raw: RawTable) -> Self {
        let indexes = raw.indexes.iter().filter_map(|index| Index::new(&raw, &index.value, &index.key)).collect();
        Model {
            name: names::table_name(&raw),
            dialects: raw.dialects.as_ref().map(|dialects| dialects.value.clone()).unwrap_or_default(),
            primary_key: primary_key(&raw),
            uniques: uniques(&raw),
            indexes,
            references: references(&raw),
            columns: raw.columns.into_iter().map(|column| Column::new(column, &raw.ident)).collect(),
            krate: raw.krate.map_or_else(|| parse_quote!(::mizzle), |krate| krate.value),
            vis: raw.vis,
            ident: raw.ident,
            schema: raw.schema.map(|schema| schema.value.value()),
            insert: raw.insert.map(|insert| insert.value),
            update: raw.update.map(|update| update.value),
            columns_struct: raw.columns_struct.map(|columns| columns.value),
            checks: raw.checks.into_iter().map(Check::new).collect(),
            relations: raw.relations.into_iter().filter_map(Relation::new).collect(),
            shapes: raw.shapes.into_iter().map(|shape| TableShape::new(shape.value)).collect(),
        }
    }

    /// The type that has the columns as constants.
    pub(super) fn owner(&self) -> &Ident {
        self.columns_struct.as_ref().unwrap_or(&self.ident)
    }

    /// The columns that an insert or update may set.
    pub(super) fn writable(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.write != Write::Generated)
    }

    /// The columns that an insert must set.
    pub(super) fn required(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.write == Write::Required)
    }
}

impl Column {
    fn new(raw: RawColumn, table: &Ident) -> Self {
        let write = write(&raw);
        let stored = raw.generated.is_some();
        Column {
            // The field's place, so that rustc's notes about the marker point at the field.
            marker: format_ident!("{}_{}", table, raw.ident, span = raw.ident.span()),
            constant: names::constant(&raw).clone(),
            name: raw.sql_name(),
            write,
            auto_increment: raw.auto_increment.is_some(),
            default: raw.default.map(|default| default.value),
            default_fn: raw.default_fn.map(|function| function.value),
            on_update_fn: raw.on_update_fn.map(|function| function.value),
            generated: raw
                .generated
                .or(raw.generated_virtual)
                .map(|generated| Generated { expression: generated.value, stored }),
            docs: raw.docs,
            vis: raw.vis,
            ident: raw.ident,
            ty: raw.ty,
        }
    }
}

impl Index {
    fn new(table: &RawTable, raw: &RawIndex, key: &Ident) -> Option<Self> {
        let name = names::index_name(table, raw)?;
        let target = match names::plain_columns(table, raw) {
            _ if !raw.unique => Target::None,
            Some(columns) if raw.condition.is_none() => Target::Columns(columns),
            _ => {
                let constant = names::index_constant(&name, key.span());
                let marker = format_ident!("{}_{}", table.ident, constant, span = key.span());
                Target::Constant { constant, marker }
            }
        };
        let condition = raw.condition.as_ref().map(|condition| condition.value.clone());
        let using = raw.using.as_ref().map(|using| using.value.clone());
        Some(Index { name, unique: raw.unique, keys: raw.on.clone(), condition, using, target })
    }
}

impl Check {
    fn new(raw: RawCheck) -> Self {
        Check { name: raw.name.map(|name| name.value.value()), condition: raw.condition }
    }
}

impl TableShape {
    fn new(raw: RawShape) -> Self {
        TableShape {
            ident: raw.ident,
            except: raw.except.map(|except| except.value).unwrap_or_default(),
            derives: raw.derives.map_or_else(|| vec![parse_quote!(Debug), parse_quote!(Clone)], |paths| paths.value),
        }
    }
}

impl Relation {
    fn new(raw: RawRelation) -> Option<Self> {
        let RawRelation { many, name, target, through, filter } = raw;
        let filter = filter.map(|filter| filter.value);
        let first = target.first()?.clone();
        let through = through.and_then(|through| <[Path; 2]>::try_from(through.value).ok());
        Some(match through {
            Some([column, far]) => {
                let junction = Some(Junction { table: owner_of(&column), far });
                Relation { many, name, table: first, columns: vec![column], junction, filter }
            }
            None => Relation { many, name, table: owner_of(&first), columns: target, junction: None, filter },
        })
    }
}

fn write(column: &RawColumn) -> Write {
    if column.generated.is_some() || column.generated_virtual.is_some() {
        Write::Generated
    } else if column.auto_increment.is_some() || column.default.is_some() || column.default_fn.is_some() {
        Write::Defaulted
    } else if column.is_nullable() {
        Write::Nullable
    } else {
        Write::Required
    }
}

fn primary_key(raw: &RawTable) -> Vec<usize> {
    match &raw.primary_key {
        Some(key) => positions(raw, &key.value),
        None => (0..raw.columns.len()).filter(|&i| raw.columns[i].primary_key.is_some()).collect(),
    }
}

fn uniques(raw: &RawTable) -> Vec<Unique> {
    let of_columns = raw.columns.iter().enumerate().filter(|(_, column)| column.unique.is_some());
    let of_columns = of_columns.map(|(i, _)| Unique { name: None, columns: vec![i] });
    let of_table = raw.uniques.iter().map(|unique| Unique {
        name: unique.value.name.as_ref().map(|name| name.value.value()),
        columns: positions(raw, &unique.value.columns),
    });
    of_columns.chain(of_table).collect()
}

fn references(raw: &RawTable) -> Vec<Reference> {
    let action = |slot: &Slot<Reaction>| slot.as_ref().map_or(Reaction::NoAction, |action| action.value);
    let of_columns = raw.columns.iter().enumerate().filter_map(|(place, column)| {
        let target = &column.references.as_ref()?.value;
        Some(Reference {
            name: None,
            columns: vec![place],
            parent: owner_of(target),
            targets: vec![target.clone()],
            on_delete: action(&column.on_delete),
            on_update: action(&column.on_update),
            accessor: names::accessor(column),
        })
    });
    let of_table = raw.foreign_keys.iter().filter_map(|Attr { value: key, .. }| {
        Some(Reference {
            name: key.name.as_ref().map(|name| name.value.value()),
            columns: positions(raw, &key.columns),
            parent: owner_of(key.references.first()?),
            targets: key.references.clone(),
            on_delete: action(&key.on_delete),
            on_update: action(&key.on_update),
            accessor: key.relation.as_ref().map(|relation| relation.value.clone()),
        })
    });
    of_columns.chain(of_table).collect()
}

fn positions(raw: &RawTable, fields: &[Ident]) -> Vec<usize> {
    let position = |field: &Ident| raw.columns.iter().position(|column| column.ident.unraw() == field.unraw());
    fields.iter().filter_map(position).collect()
}

/// `User` of `User::id`.
pub(super) fn owner_of(column: &Path) -> Path {
    let mut owner = column.clone();
    owner.segments.pop();
    owner.segments.pop_punct();
    owner
}
