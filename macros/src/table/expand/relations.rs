//! Relations: their accessors, and the checks of their types.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Path, spanned::Spanned};

use super::digits;
use crate::table::model::{Model, Reference, Relation};

/// `Post::author()`, `User::posts()`.
pub(super) fn accessors(model: &Model) -> TokenStream {
    let parents = model.references.iter().filter_map(|reference| belongs_to(model, reference));
    let children = model.relations.iter().enumerate().map(|(place, relation)| has(model, place, relation));
    parents.chain(children).collect()
}

fn belongs_to(model: &Model, reference: &Reference) -> Option<TokenStream> {
    // The key of a relation has one column yet.
    let ([place], [target]) = (&reference.columns[..], &reference.targets[..]) else { return None };
    let column = &model.columns[*place];
    let accessor = reference.accessor.as_ref()?;
    let owner = model.owner();
    let (vis, table, name, constant, marker) =
        (&model.vis, &model.ident, &column.name, &column.constant, &column.marker);
    let parent = &reference.parent;
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

/// Errors in words, at the user's own path, where the types of two keys differ.
pub(super) fn checks(model: &Model) -> TokenStream {
    let parents = model.references.iter().map(|reference| foreign_key_checks(model, reference));
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

fn foreign_key_checks(model: &Model, reference: &Reference) -> TokenStream {
    let owner = model.owner();
    let constants = reference.columns.iter().map(|&place| &model.columns[place].constant);
    let targets = reference.targets.iter().map(|target| quote_spanned!(target.span()=> &#target));
    if let [target] = &reference.targets[..] {
        let argument = quote_spanned!(target.span()=> &#target);
        return quote!(#(const _: () = __m::foreign_key(&#owner::#constants, #argument);)*);
    }
    let all = &reference.targets;
    let key = quote_spanned!(all[0].span()=> &(#(#all),*));
    quote! {
        #(const _: () = __m::foreign_key_part(&#owner::#constants, #targets);)*
        const _: () = __m::foreign_key_of(#key);
    }
}

fn display(path: &Path) -> String {
    path.to_token_stream().to_string().replace(' ', "")
}
