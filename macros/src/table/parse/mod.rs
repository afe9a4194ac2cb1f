//! Attributes as they were written, with their places: nothing is judged here.

mod column;
mod shape;
mod table;

use proc_macro2::Ident;
use syn::{Attribute, Data, DeriveInput, Expr, Fields, FieldsNamed, LitStr, Path, Type, Visibility, ext::IdentExt};

use crate::{
    attr::{Attr, Slot},
    errors::Errors,
    types,
};

pub(super) use column::{COLUMN_KEYS, Reaction};
pub(super) use shape::RawShape;
pub(super) use table::TABLE_KEYS;

/// A column's identity as a type has two hexadecimal digits.
const MAX_COLUMNS: usize = 256;

/// A struct and its `#[table(..)]`.
pub(super) struct RawTable {
    pub(super) vis: Visibility,
    pub(super) ident: Ident,
    pub(super) name: Slot<LitStr>,
    pub(super) schema: Slot<LitStr>,
    pub(super) insert: Slot<Ident>,
    pub(super) update: Slot<Ident>,
    pub(super) columns_struct: Slot<Ident>,
    pub(super) krate: Slot<Path>,
    pub(super) dialects: Slot<Vec<Ident>>,
    pub(super) primary_key: Slot<Vec<Ident>>,
    pub(super) uniques: Vec<Attr<RawUnique>>,
    pub(super) indexes: Vec<Attr<RawIndex>>,
    pub(super) checks: Vec<RawCheck>,
    pub(super) foreign_keys: Vec<Attr<RawForeignKey>>,
    pub(super) relations: Vec<RawRelation>,
    pub(super) shapes: Vec<Attr<RawShape>>,
    pub(super) columns: Vec<RawColumn>,
}

/// A field and its `#[column(..)]`.
pub(super) struct RawColumn {
    pub(super) docs: Vec<Attribute>,
    pub(super) vis: Visibility,
    pub(super) ident: Ident,
    pub(super) ty: Type,
    pub(super) primary_key: Slot<()>,
    pub(super) auto_increment: Slot<()>,
    pub(super) unique: Slot<()>,
    pub(super) name: Slot<LitStr>,
    pub(super) default: Slot<Expr>,
    pub(super) default_fn: Slot<Expr>,
    pub(super) on_update_fn: Slot<Expr>,
    pub(super) generated: Slot<Expr>,
    pub(super) generated_virtual: Slot<Expr>,
    pub(super) references: Slot<Path>,
    pub(super) on_delete: Slot<Reaction>,
    pub(super) on_update: Slot<Reaction>,
    pub(super) relation: Slot<Ident>,
    pub(super) constant: Slot<Ident>,
}

/// `unique(a, b)` or `unique(name = "..", columns(a, b))`.
pub(super) struct RawUnique {
    pub(super) name: Slot<LitStr>,
    pub(super) columns: Vec<Ident>,
}

/// `index(..)` or `unique_index(..)`, by its key.
pub(super) struct RawIndex {
    pub(super) unique: bool,
    pub(super) name: Slot<LitStr>,
    pub(super) on: Vec<Expr>,
    pub(super) condition: Slot<Expr>,
    /// `gin` or `fulltext`.
    pub(super) using: Slot<Ident>,
}

/// `check(name = "..", CONDITION)`.
pub(super) struct RawCheck {
    pub(super) name: Slot<LitStr>,
    pub(super) condition: Expr,
}

/// `foreign_key(columns(shop, number), references(Order::shop, Order::number), ..)`.
pub(super) struct RawForeignKey {
    pub(super) name: Slot<LitStr>,
    pub(super) columns: Vec<Ident>,
    pub(super) references: Vec<Path>,
    pub(super) on_delete: Slot<Reaction>,
    pub(super) on_update: Slot<Reaction>,
    pub(super) relation: Slot<Ident>,
}

/// One `posts = Post::author_id` of `has_many(..)` or `has_one(..)`, or `posts(Post::author_id, filter = ..)`, or
/// `groups(Group, through(Membership::user_id, Membership::group_id))`.
pub(super) struct RawRelation {
    pub(super) many: bool,
    pub(super) name: Ident,
    /// The columns that refer to this table, or the table that it leads to by a junction.
    pub(super) target: Vec<Path>,
    pub(super) through: Slot<Vec<Path>>,
    pub(super) filter: Slot<Expr>,
}

impl RawColumn {
    /// The field's name, without `r#`.
    pub(super) fn field(&self) -> String {
        self.ident.unraw().to_string()
    }

    /// The name in SQL.
    pub(super) fn sql_name(&self) -> String {
        self.name.as_ref().map_or_else(|| self.field(), |name| name.value.value())
    }

    /// Whether it can be NULL.
    pub(super) fn is_nullable(&self) -> bool {
        types::is_option(&self.ty)
    }
}

/// Reads a struct; `None` if it is nothing that could be a table.
pub(super) fn parse(input: DeriveInput, errors: &mut Errors) -> Option<RawTable> {
    let fields = named_fields(&input, errors)?;
    let columns = fields.named.iter().filter_map(|field| column::parse(field, errors)).collect();
    Some(table::parse(&input, columns, errors))
}

fn named_fields<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Option<&'a FieldsNamed> {
    let ident = &input.ident;
    if !input.generics.params.is_empty() {
        let reason = format!("a table cannot be generic: `{ident}` stands for one table in the database");
        errors.at(&input.generics, reason);
        return None;
    }
    let kind = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) if fields.named.is_empty() => {
                errors.at(ident, format!("a table needs at least one column: `{ident}` has no fields"));
                return None;
            }
            Fields::Named(fields) if fields.named.len() > MAX_COLUMNS => {
                errors.at(
                    ident,
                    format!("a table has at most {MAX_COLUMNS} columns: `{ident}` has {}", fields.named.len()),
                );
                return None;
            }
            Fields::Named(fields) => return Some(fields),
            Fields::Unnamed(_) => "a tuple struct",
            Fields::Unit => "a unit struct",
        },
        Data::Enum(_) => "an enum",
        Data::Union(_) => "a union",
    };
    errors.at(ident, format!("a table is a struct with named fields: `{ident}` is {kind}"));
    None
}
