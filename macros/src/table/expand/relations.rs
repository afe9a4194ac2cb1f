//! Relations: their accessors, and the checks of their types.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, Path, spanned::Spanned};

use super::{digits, keys::tuple};
use crate::table::model::{Junction, Model, Reference, Relation};

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
    let to = table_of(to);
    let (kind, value) = match &relation.junction {
        Some(Junction { table: between, far }) => {
            let between = table_of(between);
            (
                quote!(HasManyThrough<#table, #between, #to, (#(__m::#digits),*)>),
                quote!(through::<<#to as __m::PrimaryKeyOf>::Key, _, _, _, _, _>(#owner::#key, #column, #far)),
            )
        }
        None => {
            let kind = if relation.many { quote!(HasMany) } else { quote!(HasOne) };
            (quote!(#kind<#table, #to, (#(__m::#digits),*)>), quote!(new(#owner::#key, #column)))
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

/// How the rows of others get the key of this table's rows.
pub(super) fn keys(model: &Model) -> TokenStream {
    let table = &model.ident;
    let Some(key) = model.primary_key.first().filter(|_| !model.relations.is_empty()).map(|&i| &model.columns[i])
    else {
        return TokenStream::new();
    };
    let (ident, marker) = (&key.ident, &key.marker);
    // With a condition, a new row might not be one that the relation leads to.
    let plain = model.relations.iter().enumerate().filter(|(_, relation)| relation.filter.is_none());
    let sets = plain.map(|(place, Relation { column, junction, .. })| {
        let digits = digits(place as u64, 2);
        let key = |column: &Path| {
            quote!(__m::ForeignKey<{ __m::high(&#column) }, { __m::low(&#column) }, { __m::nullable(&#column) }>)
        };
        let near = key(column);
        let keys = match junction {
            Some(Junction { far, .. }) => {
                let far = key(far);
                quote!((#near, #far))
            }
            None => near,
        };
        quote! {
            impl __m::SetsKeys<(#(__m::#digits),*)> for #table {
                type Keys = #keys;
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
    if model.dialects.is_empty() {
        return quote! {
            struct Only;
            impl __m::RelationFilter for Only {
                fn add<every_database, D: __m::Dialect<Name = every_database>>(out: &mut __m::Fragment) {
                    __m::filter_in::<D, #scope, _, _>(out, #condition);
                }
            }
            #value.only::<Only>()
        };
    }
    let dialects = &model.dialects;
    quote! {
        #value.only_in(|dialect, out| match dialect {
            #(__m::dialect::DialectKind::#dialects =>
                __m::filter_in::<__m::dialect::#dialects, #scope, _, _>(out, #condition),)*
            _ => {}
        })
    }
}

fn table_of(owner: &Path) -> TokenStream {
    quote!(<#owner as __m::ColumnsOf>::Table)
}

/// Errors in words, at the user's own path, where the types of two keys differ.
pub(super) fn checks(model: &Model) -> TokenStream {
    let parents = model.references.iter().map(|reference| foreign_key_checks(model, reference));
    let children = model.relations.iter().map(|relation| {
        let Relation { many, table, column, junction, filter, .. } = relation;
        let key = model.primary_key.first().map(|&i| &model.columns[i].marker);
        let argument = quote_spanned!(column.span()=> &#column);
        // A condition may leave one row of several.
        let check = match *many || filter.is_some() {
            true => quote!(const _: () = __m::relation::<#key, _, _>(#argument);),
            false => quote!(const _: () = __m::relation_of_one::<#key, _>(#argument);),
        };
        let far = junction.as_ref().map(|Junction { far, .. }| {
            let (table, far) = (table_of(table), quote_spanned!(far.span()=> &#far));
            quote!(const _: () = __m::through::<#table, _, _, _, _>(#argument, #far);)
        });
        quote!(#check #far)
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
