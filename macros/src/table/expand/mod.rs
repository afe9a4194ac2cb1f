//! The code of a table.

mod columns;
mod def;
mod keys;
mod relations;
mod rows;
mod shapes;
mod table;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::model::Model;
use crate::hash::hash;

/// Writes everything that `#[derive(Table)]` adds beside the struct.
pub(super) fn expand(model: &Model) -> TokenStream {
    let krate = &model.krate;
    let structs = [columns::owner_struct(model), rows::insert_struct(model), rows::patch_struct(model)];
    let parts = [
        columns::markers(model),
        columns::qualified(model),
        table::source(model),
        table::table(model),
        table::dialects(model),
        keys::unique_on(model),
        keys::unique_keys(model),
        rows::constructor(model),
        rows::impls(model),
        columns::constants(model),
        relations::keys(model),
        relations::checks(model),
    ];
    let shapes = shapes::shapes(model);
    quote! {
        #(#structs)*
        #[allow(dead_code, missing_docs, nonstandard_style, unreachable_pub)]
        const _: () = {
            use #krate::__private as __m;
            #(#parts)*
        };
        #shapes
    }
}

/// The identity of an alias as a type: tables and aliases of one name cannot stand in one query.
pub(crate) fn alias_id(name: &str) -> TokenStream {
    let digits = source_digits(hash(&name.to_lowercase()));
    quote!((#(::mizzle::__private::#digits),*))
}

/// The first six of sixteen digits.
fn source_digits(hash: u64) -> Vec<Ident> {
    digits(hash >> 40, 6)
}

/// A number as hexadecimal digits that are types: the compiler tells them apart.
fn digits(number: u64, count: usize) -> Vec<Ident> {
    format!("{number:0count$X}").chars().map(|digit| format_ident!("H{}", digit)).collect()
}
