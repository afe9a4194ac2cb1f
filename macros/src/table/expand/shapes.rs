//! The structs of `shape(..)`, and what makes them shapes.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{ext::IdentExt, parse_quote};

use crate::{
    shape::{Field, Origin, Shape},
    table::model::{Column, Model, TableShape},
};

/// All of them.
pub(super) fn shapes(model: &Model) -> TokenStream {
    model.shapes.iter().map(|shape| self::shape(model, shape)).collect()
}

fn shape(model: &Model, TableShape { ident, except, derives }: &TableShape) -> TokenStream {
    let vis = &model.vis;
    let left = |column: &&Column| !except.iter().any(|field| field.unraw() == column.ident.unraw());
    let columns: Vec<&Column> = model.columns.iter().filter(left).collect();
    let fields = columns.iter().map(|Column { docs, vis, ident, ty, .. }| quote!(#(#docs)* #vis #ident: #ty));
    let doc = format!(" Some columns of `{}`.", model.name);
    let owner = model.owner();
    let implementation = crate::shape::expand(&Shape {
        krate: model.krate.clone(),
        dialects: model.dialects.clone(),
        ident: ident.clone(),
        table: parse_quote!(#owner),
        fields: columns.iter().map(|column| field(column)).collect(),
    });
    quote! {
        #[doc = #doc]
        #[derive(#(#derives),*)]
        #vis struct #ident {
            #(#fields,)*
        }
        #implementation
    }
}

fn field(column: &Column) -> Field {
    Field { ident: column.ident.clone(), ty: column.ty.clone(), origin: Origin::Name(column.constant.clone()) }
}
