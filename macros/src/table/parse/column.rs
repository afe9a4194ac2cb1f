//! `#[column(..)]`.

use proc_macro2::Ident;
use syn::{
    Field,
    ext::IdentExt,
    parse::{Parse, ParseStream},
};

use super::{RawColumn, TABLE_KEYS};
use crate::{
    attr::{each_item, flag, set, unknown},
    errors::Errors,
    suggest::did_you_mean,
};

/// What `#[column(..)]` takes.
pub(in crate::table) const COLUMN_KEYS: [&str; 14] = [
    "primary_key",
    "auto_increment",
    "unique",
    "name",
    "default",
    "default_fn",
    "on_update_fn",
    "generated",
    "generated_virtual",
    "references",
    "on_delete",
    "on_update",
    "relation",
    "constant",
];

/// What a foreign key does when its target goes away or changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::table) enum Reaction {
    NoAction,
    Restrict,
    Cascade,
    SetNull,
    SetDefault,
}

impl Reaction {
    const ALL: [(&str, Reaction); 5] = [
        ("cascade", Reaction::Cascade),
        ("restrict", Reaction::Restrict),
        ("set_null", Reaction::SetNull),
        ("set_default", Reaction::SetDefault),
        ("no_action", Reaction::NoAction),
    ];
}

impl Parse for Reaction {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let word = input.call(Ident::parse_any)?;
        let name = word.to_string();
        Reaction::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, action)| action).ok_or_else(|| {
            let hint = did_you_mean(&name, &Reaction::ALL.map(|(known, _)| known));
            syn::Error::new_spanned(word, format!("unknown action `{name}`{hint}"))
        })
    }
}

/// Reads a field.
pub(super) fn parse(field: &Field, errors: &mut Errors) -> Option<RawColumn> {
    let mut column = RawColumn {
        docs: field.attrs.iter().filter(|attribute| attribute.path().is_ident("doc")).cloned().collect(),
        vis: field.vis.clone(),
        ident: field.ident.clone()?,
        ty: field.ty.clone(),
        primary_key: None,
        auto_increment: None,
        unique: None,
        name: None,
        default: None,
        default_fn: None,
        on_update_fn: None,
        generated: None,
        generated_virtual: None,
        references: None,
        on_delete: None,
        on_update: None,
        relation: None,
        constant: None,
    };
    each_item(&field.attrs, "column", errors, |key, input| item(&mut column, key, input));
    Some(column)
}

fn item(column: &mut RawColumn, key: &Ident, input: ParseStream) -> syn::Result<()> {
    match key.to_string().as_str() {
        "primary_key" => flag(&mut column.primary_key, key, input),
        "auto_increment" => flag(&mut column.auto_increment, key, input),
        "unique" => flag(&mut column.unique, key, input),
        "name" => set(&mut column.name, key, input),
        "default" => set(&mut column.default, key, input),
        "default_fn" => set(&mut column.default_fn, key, input),
        "on_update_fn" => set(&mut column.on_update_fn, key, input),
        "generated" => set(&mut column.generated, key, input),
        "generated_virtual" => set(&mut column.generated_virtual, key, input),
        "references" => set(&mut column.references, key, input),
        "on_delete" => set(&mut column.on_delete, key, input),
        "on_update" => set(&mut column.on_update, key, input),
        "relation" => set(&mut column.relation, key, input),
        "constant" => set(&mut column.constant, key, input),
        _ => Err(unknown(key, "column", &COLUMN_KEYS, Some(("table", &TABLE_KEYS)))),
    }
}
