//! The `TableDef`: the table as data.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, Path};

use super::keys;
use crate::table::{
    model::{Check, Column, Generated, Junction, Model, Reference, Unique},
    parse::Reaction,
};

/// The value of the table's `static`; what is empty is left to `TableDef::new`.
pub(super) fn table_def(model: &Model) -> TokenStream {
    let (rust_name, name) = (model.ident.to_string(), &model.name);
    let columns = model.columns.iter().map(|column| column_def(model, column));
    let schema = model.schema.as_ref().map(|schema| quote!(schema: __m::Some(#schema),));
    let primary_key = list("primary_key", names(model, &model.primary_key));
    let uniques = list("uniques", model.uniques.iter().map(|unique| unique_def(model, unique)));
    let indexes = list("indexes", model.indexes.iter().map(|index| keys::index_def(model, index)));
    let checks = list("checks", model.checks.iter().map(|check| check_def(model, check)));
    let foreign_keys = list("foreign_keys", model.references.iter().map(|reference| foreign_key_def(model, reference)));
    let relations = list("relations", relation_defs(model));
    quote! {
        __m::TableDef {
            #schema
            columns: &[#(#columns),*],
            #primary_key #uniques #indexes #checks #foreign_keys #relations
            ..__m::TableDef::new(#rust_name, #name, &[])
        }
    }
}

/// `field: &[..],`, or nothing if there are no items.
fn list(field: &str, items: impl IntoIterator<Item = impl quote::ToTokens>) -> Option<TokenStream> {
    let mut items = items.into_iter().peekable();
    items.peek()?;
    let field = quote::format_ident!("{field}");
    Some(quote!(#field: &[#(#items),*],))
}

/// The SQL names of columns.
pub(super) fn names<'a>(model: &'a Model, columns: &'a [usize]) -> impl Iterator<Item = &'a str> {
    columns.iter().map(|&i| model.columns[i].name.as_str())
}

/// `Some(value)` or `None`.
fn option(value: Option<impl quote::ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(__m::Some(#value)),
        None => quote!(__m::None),
    }
}

fn column_def(model: &Model, column: &Column) -> TokenStream {
    let Column { name, ty, marker, .. } = column;
    let table = &model.ident;
    let auto_increment = column.auto_increment.then(|| quote!(.auto_increment()));
    let default = column.default.as_ref().map(|default| quote!(.default(__m::__default!(#marker, #default))));
    let default_fn = column.default_fn.as_ref().map(|function| {
        let value = client_value(column, function);
        quote!(.default_fn(#value))
    });
    let on_update_fn = column.on_update_fn.as_ref().map(|function| {
        let value = client_value(column, function);
        quote!(.on_update_fn(#value))
    });
    let generated = column.generated.as_ref().map(
        |Generated { expression, stored }| quote!(.generated(__m::__generated!(#table, #marker, #expression), #stored)),
    );
    let new = if model.dialects.is_empty() { quote!(new) } else { quote!(in_some_dialects) };
    quote!(__m::ColumnDef::#new::<#ty>(#name) #auto_increment #default #default_fn #on_update_fn #generated)
}

fn client_value(column: &Column, function: &Expr) -> TokenStream {
    let marker = &column.marker;
    let function = match function {
        Expr::Path(_) => quote!(#function),
        _ => quote!((#function)),
    };
    quote!(|| __m::client_value::<#marker>(#function()))
}

fn unique_def(model: &Model, unique: &Unique) -> TokenStream {
    let (name, columns) = (option(unique.name.as_ref()), names(model, &unique.columns));
    quote!(__m::UniqueDef { name: #name, columns: &[#(#columns),*] })
}

fn check_def(model: &Model, check: &Check) -> TokenStream {
    let condition = condition(model, &check.condition);
    let name = option(check.name.as_ref());
    quote!(__m::CheckDef { name: #name, condition: #condition })
}

/// The text of a condition, and of none.
pub(super) fn optional_condition(model: &Model, expression: Option<&Expr>) -> TokenStream {
    option(expression.map(|expression| condition(model, expression)))
}

fn condition(model: &Model, expression: &Expr) -> TokenStream {
    let table = &model.ident;
    quote!(__m::__condition!(#table, #expression))
}

fn foreign_key_def(model: &Model, reference: &Reference) -> TokenStream {
    let Reference { name, columns, targets, parent, on_delete, on_update, .. } = reference;
    let (name, columns) = (option(name.as_ref()), names(model, columns));
    let (parent, on_delete, on_update) = (def_of(parent), action(*on_delete), action(*on_update));
    quote! {
        __m::ForeignKeyDef {
            name: #name,
            columns: &[#(#columns),*],
            table: #parent,
            references: || ::std::vec![#(__m::column_name(&#targets)),*],
            on_delete: #on_delete,
            on_update: #on_update,
        }
    }
}

fn action(action: Reaction) -> TokenStream {
    match action {
        Reaction::NoAction => quote!(__m::Action::NoAction),
        Reaction::Restrict => quote!(__m::Action::Restrict),
        Reaction::Cascade => quote!(__m::Action::Cascade),
        Reaction::SetNull => quote!(__m::Action::SetNull),
        Reaction::SetDefault => quote!(__m::Action::SetDefault),
    }
}

fn relation_defs(model: &Model) -> Vec<TokenStream> {
    let parents = model.references.iter().filter_map(|reference| {
        let (name, table) = (rust_name(reference.accessor.as_ref()?), def_of(&reference.parent));
        Some(quote!(__m::RelationDef::new(#name, __m::RelationKind::BelongsTo, #table)))
    });
    let children = model.relations.iter().map(|relation| {
        let (name, table) = (rust_name(&relation.name), def_of(&relation.table));
        let kind = if relation.many { quote!(HasMany) } else { quote!(HasOne) };
        let through = relation.junction.as_ref().map(|Junction { table, far }| {
            let (table, near) = (def_of(table), &relation.columns[0]);
            quote!(.through(#table, || [__m::column_name(&#near), __m::column_name(&#far)]))
        });
        let filtered = relation.filter.as_ref().map(|_| quote!(.filtered()));
        quote!(__m::RelationDef::new(#name, __m::RelationKind::#kind, #table) #through #filtered)
    });
    parents.chain(children).collect()
}

fn rust_name(ident: &proc_macro2::Ident) -> String {
    syn::ext::IdentExt::unraw(ident).to_string()
}

fn def_of(owner: &Path) -> TokenStream {
    quote!(<<#owner as __m::ColumnsOf>::Table as __m::Table>::def)
}
