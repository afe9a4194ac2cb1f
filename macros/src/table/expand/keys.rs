//! What is unique in a table, and its indexes.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::def::optional_condition;
use crate::table::model::{Index, Model, Target};

/// The columns of the primary key, of every UNIQUE and of every unique index.
fn unique_columns(model: &Model) -> impl DoubleEndedIterator<Item = &Vec<usize>> {
    let primary_key = Some(&model.primary_key).filter(|key| !key.is_empty());
    let uniques = model.uniques.iter().map(|unique| &unique.columns);
    let indexes = model.indexes.iter().filter_map(|index| match &index.target {
        Target::Columns(columns) => Some(columns),
        _ => None,
    });
    primary_key.into_iter().chain(uniques).chain(indexes)
}

/// `UniqueKeys`: the same keys as one list, to be searched.
pub(super) fn unique_keys(model: &Model) -> TokenStream {
    let table = &model.ident;
    let columns = |key: &[usize]| list(key.iter().map(|&i| model.columns[i].marker.to_token_stream()));
    let primary = columns(&model.primary_key);
    let keys = list(unique_columns(model).map(|key| columns(key)));
    quote! {
        impl __m::UniqueKeys for #table {
            type Primary = #primary;
            type Keys = #keys;
        }
    }
}

/// `()`, `(A, ())`, `(A, (B, ()))`
pub(super) fn list(items: impl DoubleEndedIterator<Item = TokenStream>) -> TokenStream {
    items.rev().fold(quote!(()), |rest, item| quote!((#item, #rest)))
}

/// `UniqueOn` for the primary key, every UNIQUE and every unique index.
pub(super) fn unique_on(model: &Model) -> TokenStream {
    let mut orders: Vec<Vec<usize>> = Vec::new();
    for columns in unique_columns(model) {
        for order in orders_of(columns) {
            // Two constraints on the same columns would be two impls.
            if !orders.contains(&order) {
                orders.push(order);
            }
        }
    }
    let table = &model.ident;
    let by_columns = orders.iter().map(|order| {
        let key = tuple(order.iter().map(|&i| &model.columns[i].marker));
        quote!(#[diagnostic::do_not_recommend] impl __m::UniqueOn<#key> for #table {})
    });
    let by_constant = model.indexes.iter().filter_map(|index| target_impls(model, index));
    quote!(#(#by_columns)* #(#by_constant)*)
}

/// A conflict target may name the columns in any order; beyond three, only as declared.
fn orders_of(columns: &[usize]) -> Vec<Vec<usize>> {
    match *columns {
        [a, b] => vec![vec![a, b], vec![b, a]],
        [a, b, c] => {
            vec![vec![a, b, c], vec![a, c, b], vec![b, a, c], vec![b, c, a], vec![c, a, b], vec![c, b, a]]
        }
        _ => vec![columns.to_vec()],
    }
}

fn target_impls(model: &Model, index: &Index) -> Option<TokenStream> {
    let Target::Constant { marker, .. } = &index.target else {
        return None;
    };
    let (table, vis, keys) = (&model.ident, &model.vis, keys(model, index));
    let condition = index.condition.as_ref().map(|condition| {
        let condition = optional_condition(model, Some(condition));
        quote!(const CONDITION: __m::Option<__m::SqlText> = #condition;)
    });
    Some(quote! {
        #vis struct #marker;
        impl __m::IndexTarget for #marker {
            const KEYS: __m::IndexKeys = #keys;
            #condition
        }
        #[diagnostic::do_not_recommend]
        impl __m::UniqueOn<#marker> for #table {}
    })
}

/// The constants that name unique indexes.
pub(super) fn constants(model: &Model) -> TokenStream {
    let vis = &model.vis;
    let constants = model.indexes.iter().filter_map(|index| {
        let Target::Constant { constant, marker } = &index.target else { return None };
        let doc = format!(" The unique index `{}`.", index.name);
        Some(quote!(#[doc = #doc] #vis const #constant: __m::UniqueIndex<#marker> = __m::UniqueIndex::NEW;))
    });
    quote!(#(#constants)*)
}

/// The `IndexDef`.
pub(super) fn index_def(model: &Model, index: &Index) -> TokenStream {
    let Index { name, unique, .. } = index;
    let using = match &index.using {
        Some(using) if using == "gin" => quote!(Gin),
        Some(_) => quote!(FullText),
        None => quote!(Tree),
    };
    let condition = optional_condition(model, index.condition.as_ref());
    let (keys, condition) = match &index.target {
        Target::Constant { marker, .. } => {
            let condition =
                index.condition.as_ref().map_or(condition, |_| quote!(<#marker as __m::IndexTarget>::CONDITION));
            (quote!(<#marker as __m::IndexTarget>::KEYS), condition)
        }
        _ => (keys(model, index), condition),
    };
    quote!(__m::IndexDef { name: #name, unique: #unique, keys: #keys, condition: #condition, using: __m::IndexMethod::#using })
}

fn keys(model: &Model, index: &Index) -> TokenStream {
    let (table, keys) = (&model.ident, &index.keys);
    quote!(__m::__keys!(#table, #(#keys),*))
}

/// `()`, `(A,)`, `(A, B)`
pub(super) fn tuple(items: impl Iterator<Item = impl ToTokens>) -> TokenStream {
    let items: Vec<_> = items.collect();
    match &items[..] {
        [one] => quote!((#one,)),
        _ => quote!((#(#items),*)),
    }
}
