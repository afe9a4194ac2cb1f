//! Relations: their accessors, and the checks of their types.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, Path, spanned::Spanned};

use super::{digits, keys::tuple};
use crate::table::model::{Column, Junction, Model, Relation};

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
        #vis fn #accessor() -> __m::Rel<__m::BelongsTo<#table, <#parent as __m::ColumnsOf>::Table, #marker>> {
            __m::Rel::new(#owner::#constant, #target)
        }
    })
}

fn has(model: &Model, place: usize, relation: &Relation) -> TokenStream {
    let Relation { name, column, table: to, .. } = relation;
    let owner = model.owner();
    let key = model.primary_key.first().map(|&i| &model.columns[i].constant);
    let (vis, table, digits) = (&model.vis, &model.ident, digits(place as u64, 2));
    let (to, place) = (table_of(to), quote!((#(__m::#digits),*)));
    let (kind, value) = match &relation.junction {
        Some(Junction { table: between, far }) => {
            let between = table_of(between);
            (quote!(HasManyThrough<#table, #between, #to, #place>), quote!(through(#owner::#key, #column, #far)))
        }
        None => {
            let kind = if relation.many { quote!(HasMany) } else { quote!(HasOne) };
            (quote!(#kind<#table, #to, #place>), quote!(new(#owner::#key, #column)))
        }
    };
    let doc = doc(relation);
    let value = quote!(__m::Rel::#value);
    let value = match &relation.filter {
        Some(condition) => only(model, relation, &value, condition),
        None => value,
    };
    quote! {
        #[doc = #doc]
        #vis fn #name() -> __m::Rel<__m::#kind> {
            #value
        }
    }
}

fn doc(relation: &Relation) -> String {
    let Relation { many, column, table, junction, filter, .. } = relation;
    let (rows, table) = (if *many { "rows" } else { "row" }, display(table));
    let key = column.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
    let leads = match junction {
        Some(junction) => format!("that rows of `{}` link with this row", display(&junction.table)),
        None => format!("whose `{key}` is this row's key"),
    };
    let only = if filter.is_some() { ", if its condition holds" } else { "" };
    format!(" The {rows} of `{table}` {leads}{only}.")
}

/// A relation with the condition that it is declared with, which each of the table's dialects must be able to say.
fn only(model: &Model, relation: &Relation, value: &TokenStream, condition: &Expr) -> TokenStream {
    let tables = [Some(&relation.table), relation.junction.as_ref().map(|junction| &junction.table)];
    let scope = tuple(tables.into_iter().flatten().map(table_of));
    let add = |dialect: TokenStream| quote!(__m::RelationScope::<#dialect, #scope>::add(out, #condition));
    if model.dialects.is_empty() {
        let add = add(quote!(D));
        return quote! {
            struct Only;
            impl __m::RelationFilter for Only {
                fn add<every_database, D: __m::Dialect<Name = every_database>>(out: &mut __m::Fragment) {
                    #add;
                }
            }
            __m::Rel::only::<Only>(#value)
        };
    }
    let arms = model.dialects.iter().map(|dialect| {
        let add = add(quote!(__m::dialect::#dialect));
        quote!(__m::dialect::DialectKind::#dialect => #add,)
    });
    quote! {
        __m::Rel::only_in(#value, |dialect, out| match dialect {
            #(#arms)*
            _ => {}
        })
    }
}

pub(super) fn table_of(owner: &Path) -> TokenStream {
    quote!(<#owner as __m::ColumnsOf>::Table)
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
        let Relation { many, table: to, column, junction, filter, .. } = relation;
        // Their types are checked where the relation is made.
        if let Some(Junction { far, .. }) = junction {
            let (table, to) = (&model.ident, table_of(to));
            return quote_spanned!(column.span()=> const _: () = __m::ThroughOrder::<#table, #to>::check(&#column, &#far););
        }
        let key = model.primary_key.first().map(|&i| &model.columns[i].marker);
        let argument = quote_spanned!(column.span()=> &#column);
        // A condition may leave one row of several.
        if *many || filter.is_some() {
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
