//! Relations: their accessors, and the checks of their types.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, Path, spanned::Spanned};

use super::{
    def, digits,
    keys::{self, tuple},
};
use crate::table::model::{Column, Junction, Model, Reference, Relation};

/// `Post::author()`, `User::posts()`.
pub(super) fn accessors(model: &Model) -> TokenStream {
    let parents = model.references.iter().filter_map(|reference| belongs_to(model, reference));
    let children = model.relations.iter().enumerate().map(|(place, relation)| has(model, place, relation));
    parents.chain(children).collect()
}

fn belongs_to(model: &Model, reference: &Reference) -> Option<TokenStream> {
    let Reference { columns, targets, parent, .. } = reference;
    let accessor = reference.accessor.as_ref()?;
    let (vis, table, own) = (&model.vis, &model.ident, own_key(model, columns));
    let names: Vec<&str> = def::names(model, columns).collect();
    let (parent, target) = (table_of(parent), one_or_tuple(targets));
    let key = match columns[..] {
        [place] => model.columns[place].marker.to_token_stream(),
        _ => composite_key(model, reference),
    };
    let verb = if names.len() > 1 { "refer" } else { "refers" };
    let doc = format!(" The row of `{}` that `{}` {verb} to.", display(&reference.parent), names.join("`, `"));
    Some(quote! {
        #[doc = #doc]
        #vis fn #accessor() -> __m::Rel<__m::BelongsTo<#table, #parent, #key>> {
            __m::Rel::new(#own, #target)
        }
    })
}

/// The type of a foreign key of several columns.
fn composite_key(model: &Model, reference: &Reference) -> TokenStream {
    let composite = model.references.iter().filter(|other| other.columns.len() > 1);
    let place = composite.take_while(|other| other.columns != reference.columns).count();
    let digits = digits(place as u64, 2);
    let markers = keys::list(reference.columns.iter().map(|&i| model.columns[i].marker.to_token_stream()));
    quote!(__m::CompositeKey<#markers, (#(__m::#digits),*)>)
}

/// Columns of this table as a value: one, or a tuple.
fn own_key(model: &Model, columns: &[usize]) -> TokenStream {
    let owner = model.owner();
    let constants = columns.iter().map(|&i| &model.columns[i].constant);
    one_or_tuple(&constants.map(|constant| quote!(#owner::#constant)).collect::<Vec<_>>())
}

fn one_or_tuple(items: &[impl ToTokens]) -> TokenStream {
    match items {
        [item] => item.to_token_stream(),
        _ => quote!((#(#items),*)),
    }
}

fn has(model: &Model, place: usize, relation: &Relation) -> TokenStream {
    let Relation { name, columns, table: to, .. } = relation;
    let (vis, table, digits) = (&model.vis, &model.ident, digits(place as u64, 2));
    let (key, columns) = (own_key(model, &model.primary_key), one_or_tuple(columns));
    let (to, place) = (table_of(to), quote!((#(__m::#digits),*)));
    let (kind, value) = match &relation.junction {
        Some(Junction { table: between, far }) => {
            let between = table_of(between);
            (quote!(HasManyThrough<#table, #between, #to, #place>), quote!(through(#key, #columns, #far)))
        }
        None => {
            let kind = if relation.many { quote!(HasMany) } else { quote!(HasOne) };
            (quote!(#kind<#table, #to, #place>), quote!(new(#key, #columns)))
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
    if model.relations.is_empty() {
        return TokenStream::new();
    }
    let table = &model.ident;
    let key = || model.primary_key.iter().map(|&i| &model.columns[i]);
    let columns =
        one_or_tuple(&key().map(|Column { marker, .. }| quote!(__m::Col<#marker, #table>)).collect::<Vec<_>>());
    let types = one_or_tuple(&key().map(|Column { ty, .. }| quote!(&'a #ty)).collect::<Vec<_>>());
    let values = one_or_tuple(&key().map(|Column { ident, .. }| quote!(&self.#ident)).collect::<Vec<_>>());
    // With a condition, a new row might not be one that the relation leads to.
    let plain = model.relations.iter().enumerate().filter(|(_, relation)| relation.filter.is_none());
    let sets = plain.map(|(place, Relation { columns, junction, .. })| {
        let digits = digits(place as u64, 2);
        let parts = columns.iter().chain(junction.as_ref().map(|junction| &junction.far)).map(key_part);
        let keys = one_or_tuple(&parts.collect::<Vec<_>>());
        quote! {
            #[diagnostic::do_not_recommend]
            impl __m::SetsKeys<(#(__m::#digits),*)> for #table {
                type Keys = #keys;
            }
        }
    });
    quote! {
        impl __m::HasPrimaryKey for #table {
            type KeyColumns = #columns;
            type Key<'a> = #types;
            fn key(&self) -> Self::Key<'_> {
                #values
            }
        }
        #(#sets)*
    }
}

/// What is known of a column as a type, though its own type is not.
fn key_part(column: &Path) -> TokenStream {
    quote!(__m::KeyPart<{ __m::high(&#column) }, { __m::low(&#column) }, { __m::nullable(&#column) }>)
}

fn doc(relation: &Relation) -> String {
    let Relation { many, columns, table, junction, filter, .. } = relation;
    let (rows, table) = (if *many { "rows" } else { "row" }, display(table));
    let names = columns.iter().filter_map(|column| Some(column.segments.last()?.ident.to_string()));
    let key = names.collect::<Vec<_>>().join("`, `");
    let leads = match junction {
        Some(junction) => format!("that rows of `{}` link with this row", display(&junction.table)),
        None if columns.len() > 1 => format!("whose `{key}` are this row's key"),
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
        let add = add(quote!(__D));
        return quote! {
            struct Only;
            impl __m::RelationFilter for Only {
                fn add<every_database, __D: __m::Dialect<Name = every_database>>(out: &mut __m::Fragment) {
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
    let parents = model.references.iter().map(|reference| foreign_key_checks(model, reference));
    let children = model.relations.iter().map(|relation| relation_checks(model, relation));
    quote!(#(#parents)* #(#children)*)
}

fn relation_checks(model: &Model, relation: &Relation) -> TokenStream {
    let Relation { many, table, columns, junction, filter, .. } = relation;
    // A condition may leave one row of several.
    let is_one = !*many && filter.is_none();
    let [column] = &columns[..] else {
        let owner = model.owner();
        let keys = model.primary_key.iter().map(|&i| &model.columns[i].constant);
        let parts = columns.iter().map(|column| quote_spanned!(column.span()=> &#column));
        let all = quote_spanned!(columns[0].span()=> &(#(#columns),*));
        let one = is_one.then(|| quote!(const _: () = __m::one_row_each(#all);));
        return quote!(#(const _: () = __m::foreign_key_part(#parts, &#owner::#keys);)* #one);
    };
    // Their types are checked where the relation is made.
    if let Some(Junction { far, .. }) = junction {
        let (table, to) = (&model.ident, table_of(table));
        let near =
            quote_spanned!(column.span()=> const _: () = __m::ThroughOrder::<#table, #to>::check(&#column, &#far););
        let far =
            quote_spanned!(far.span()=> const _: () = __m::ThroughOrder::<#table, #to>::check_far(&#far, &#column););
        return quote!(#near #far);
    }
    let key = model.primary_key.first().map(|&i| &model.columns[i].marker);
    match is_one {
        false => quote_spanned!(column.span()=> const _: () = __m::relation::<#key, _, _>(&#column);),
        true => quote_spanned!(column.span()=> const _: () = __m::relation_of_one::<#key, _>(&#column);),
    }
}

fn foreign_key_checks(model: &Model, reference: &Reference) -> TokenStream {
    let pairs = reference.columns.iter().zip(&reference.targets);
    let check = if reference.columns.len() > 1 { quote!(foreign_key_part) } else { quote!(foreign_key) };
    let parts = pairs.map(|(&place, target)| {
        // All at the user's own path: rustc reports the first argument.
        let (mut owner, mut constant) = (model.owner().clone(), model.columns[place].constant.clone());
        owner.set_span(target.span());
        constant.set_span(target.span());
        let arguments = quote_spanned!(target.span()=> &#owner::#constant, &#target);
        quote!(const _: () = __m::#check(#arguments);)
    });
    let all = &reference.targets;
    let together = (all.len() > 1).then(|| {
        let key = quote_spanned!(all[0].span()=> &(#(#all),*));
        quote!(const _: () = __m::foreign_key_of(#key);)
    });
    quote!(#(#parts)* #together)
}

fn display(path: &Path) -> String {
    path.to_token_stream().to_string().replace(' ', "")
}
