//! Relations: their accessors, and the checks of their types.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Path, spanned::Spanned};

use super::digits;
use crate::table::model::{Column, Model, Relation};

/// `Post::author()`, `User::posts()`.
pub(super) fn accessors(model: &Model) -> TokenStream {
    let parents = model.columns.iter().filter_map(|column| belongs_to(model, column));
    let children = model.relations.iter().enumerate().map(|(place, relation)| has(model, place, relation));
    parents.chain(children).collect()
}

fn belongs_to(model: &Model, column: &Column) -> Option<TokenStream> {
    let reference = column.reference.as_ref()?;
    let accessor = reference.accessor.as_ref()?;
    let owner = model.owner();
    let (vis, table, name, constant, marker) =
        (&model.vis, &model.ident, &column.name, &column.constant, &column.marker);
    let (parent, target) = (&reference.parent, &reference.column);
    let doc = format!(" The row of `{}` that `{name}` refers to.", display(parent));
    Some(quote! {
        #[doc = #doc]
        #vis fn #accessor() -> __m::BelongsTo<#table, <#parent as __m::ColumnsOf>::Table, #marker> {
            __m::BelongsTo::new(#owner::#constant, #target)
        }
    })
}

fn has(model: &Model, place: usize, relation: &Relation) -> TokenStream {
    let Relation { name, column, child, .. } = relation;
    let owner = model.owner();
    let key = model.primary_key.first().map(|&i| &model.columns[i].constant);
    let (vis, table, digits) = (&model.vis, &model.ident, digits(place as u64, 2));
    let (kind, rows) = if relation.many { (quote!(HasMany), "rows") } else { (quote!(HasOne), "row") };
    let foreign_key = column.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
    let doc = format!(" The {rows} of `{}` whose `{foreign_key}` is this row's key.", display(child));
    quote! {
        #[doc = #doc]
        #vis fn #name() -> __m::#kind<#table, <#child as __m::ColumnsOf>::Table, (#(__m::#digits),*)> {
            __m::#kind::new(#owner::#key, #column)
        }
    }
}

/// How the rows of others get the key of this table's rows.
pub(super) fn keys(model: &Model) -> TokenStream {
    let table = &model.ident;
    let Some(key) = model.primary_key.first().filter(|_| !model.relations.is_empty()).map(|&i| &model.columns[i])
    else {
        return TokenStream::new();
    };
    let (ident, marker) = (&key.ident, &key.marker);
    let sets = model.relations.iter().enumerate().map(|(place, Relation { column, .. })| {
        let digits = digits(place as u64, 2);
        quote! {
            impl __m::SetsKeys<(#(__m::#digits),*)> for #table {
                type Keys = __m::ForeignKey<
                    { __m::high(&#column) }, { __m::low(&#column) }, { __m::nullable(&#column) }
                >;
            }
        }
    });
    quote! {
        impl __m::HasKey for #table {
            type Key = #marker;
            fn key(&self) -> &<#marker as __m::Column>::Value {
                &self.#ident
            }
        }
        #(#sets)*
    }
}

/// Errors in words, at the user's own path, where the types of two keys differ.
pub(super) fn checks(model: &Model) -> TokenStream {
    let owner = model.owner();
    let parents = model.columns.iter().filter_map(|column| {
        let target = &column.reference.as_ref()?.column;
        let constant = &column.constant;
        let argument = quote_spanned!(target.span()=> &#target);
        Some(quote!(const _: () = __m::foreign_key(&#owner::#constant, #argument);))
    });
    let children = model.relations.iter().map(|relation| {
        let column = &relation.column;
        let key = model.primary_key.first().map(|&i| &model.columns[i].marker);
        let argument = quote_spanned!(column.span()=> &#column);
        if relation.many {
            quote!(const _: () = __m::relation::<#key, _, _>(#argument);)
        } else {
            quote!(const _: () = __m::relation_of_one::<#key, _>(#argument);)
        }
    });
    quote!(#(#parents)* #(#children)*)
}

fn display(path: &Path) -> String {
    path.to_token_stream().to_string().replace(' ', "")
}
