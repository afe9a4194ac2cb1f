//! Columns: their markers, their constants, and all of them together for aliases.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{digits, keys, relations};
use crate::table::model::{Column, Model, Write};

/// The unit struct of `columns = UserColumns`.
pub(super) fn owner_struct(model: &Model) -> TokenStream {
    let Some(owner) = &model.columns_struct else {
        return TokenStream::new();
    };
    let (vis, doc) = (&model.vis, format!(" The columns and relations of `{}`.", model.name));
    quote! {
        #[doc = #doc]
        #[derive(Debug, Clone, Copy)]
        #vis struct #owner;
    }
}

/// A marker for each column.
pub(super) fn markers(model: &Model) -> TokenStream {
    model.columns.iter().enumerate().map(|(index, column)| marker(model, index, column)).collect()
}

fn marker(model: &Model, index: usize, column: &Column) -> TokenStream {
    let (vis, table) = (&model.vis, &model.ident);
    let Column { marker, ty, name, .. } = column;
    let write = match column.write {
        Write::Required => quote!(Required),
        Write::Defaulted if column.auto_increment => quote!(Counted),
        Write::Nullable | Write::Defaulted => quote!(Optional),
        Write::Generated => quote!(Generated),
    };
    let digits = digits(index as u64, 2);
    let mut references = model.references.iter().filter(|reference| reference.columns == [index]);
    let refers_to = references.next().filter(|_| references.next().is_none()).map(|reference| {
        let target = &reference.targets[0];
        quote!(const REFERS_TO: __m::RefersTo = __m::refers_to(&#target);)
    });
    quote! {
        #vis struct #marker;
        impl __m::Column for #marker {
            type Table = #table;
            type Value = #ty;
            type Write = __m::#write;
            type Id = (#(__m::#digits),*);
            const NAME: &'static str = #name;
            #refers_to
        }
    }
}

/// The struct of all columns, qualified by a table or an alias.
///
/// Its name has no part of the table's, so it can clash with no marker.
pub(super) fn qualified(model: &Model) -> TokenStream {
    let vis = &model.vis;
    let fields: Vec<&Ident> = model.columns.iter().map(|column| &column.constant).collect();
    let markers = model.columns.iter().map(|column| &column.marker);
    quote! {
        #vis struct __Columns<A> {
            #(#vis #fields: __m::Col<#markers, A>,)*
        }
    }
}

/// `User::name`, `User::users_email_ci`, `User::posts()`.
pub(super) fn constants(model: &Model) -> TokenStream {
    let owner = model.owner();
    let (vis, table) = (&model.vis, &model.ident);
    let columns = model.columns.iter().map(|column| {
        let Column { docs, constant, marker, .. } = column;
        quote!(#(#docs)* #vis const #constant: __m::Col<#marker, #table> = __m::Col::NEW;)
    });
    let indexes = keys::constants(model);
    let relations = relations::accessors(model);
    let table_of_owner = model.columns_struct.as_ref().map(|owner| {
        quote! {
            impl __m::ColumnsOf for #owner {
                type Table = #table;
            }
        }
    });
    quote! {
        impl #owner {
            #(#columns)*
            #indexes
            #relations
        }
        #table_of_owner
    }
}
