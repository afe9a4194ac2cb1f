//! `impl Source` and `impl Table`.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

use super::{def, keys::tuple, source_digits};
use crate::{hash::hash, table::model::Model};

/// The table as something to select from.
pub(super) fn source(model: &Model) -> TokenStream {
    let (table, name) = (&model.ident, &model.name);
    let digits = source_digits(identity(model));
    quote! {
        impl __m::Source for #table {
            type Table = #table;
            type Id = (#(__m::#digits),*);
            const NAME: &'static str = #name;
        }
    }
}

/// The table itself.
pub(super) fn table(model: &Model) -> TokenStream {
    let table = &model.ident;
    let required = tuple(model.required().map(|column| &column.marker));
    let fields = model.columns.iter().map(|column| &column.ident);
    let constants = model.columns.iter().map(|column| &column.constant);
    let def = def::table_def(model);
    quote! {
        impl __m::Table for #table {
            type Required = #required;
            type Columns<A: 'static> = __Columns<A>;
            fn columns<A: 'static>() -> &'static __Columns<A> {
                &const { __Columns { #(#constants: __m::Col::NEW,)* } }
            }
            fn def() -> &'static __m::TableDef {
                static DEF: __m::TableDef = #def;
                &DEF
            }
            fn read<R: __m::RowReader>(row: &mut R) -> __m::Result<Self, __m::Error> {
                __m::Ok(Self {
                    #(#fields: __m::FieldType::read(row)?,)*
                })
            }
        }
    }
}

/// Which dialects the table is for, and that they have the types of its columns.
pub(super) fn dialects(model: &Model) -> TokenStream {
    let table = &model.ident;
    let counts_up =
        model.columns.iter().any(|column| column.auto_increment).then(|| quote!(impl __m::CountsUp for #table {}));
    if model.dialects.is_empty() {
        return quote! {
            #[diagnostic::do_not_recommend]
            impl<d> __m::TableIn<d> for #table {}
            #counts_up
        };
    }
    let types: Vec<_> = model.columns.iter().map(|column| &column.ty).collect();
    let impls = model.dialects.iter().map(|dialect| {
        let name = database(dialect);
        let (parents, conditions) = (parents_in(model, &name), conditions_in(model, &name));
        quote! {
            #[diagnostic::do_not_recommend]
            impl __m::TableIn<__m::dialect::names::#name> for #table {}
            #(const _: fn() = __m::value_in::<__m::dialect::#dialect, #types>;)*
            #parents
            #conditions
        }
    });
    // A second implementor keeps rustc from taking the only database for the one that is meant.
    quote! {
        #[diagnostic::do_not_recommend]
        impl __m::TableIn<__m::Nowhere> for #table {}
        #counts_up
        #(#impls)*
    }
}

/// That the tables of foreign keys are for a database, too.
fn parents_in(model: &Model, database: &Ident) -> TokenStream {
    let parents = model.references.iter().map(|reference| &reference.parent);
    parents
        .map(|parent| {
            quote_spanned!(parent.span()=> const _: fn() = __m::table_in::<#parent, __m::dialect::names::#database>;)
        })
        .collect()
}

/// That a database has the conditions of indexes.
fn conditions_in(model: &Model, database: &Ident) -> TokenStream {
    let conditions = model.indexes.iter().filter_map(|index| index.condition.as_ref());
    conditions
        .map(|condition| {
            quote_spanned!(condition.span()=> const _: fn() = __m::partial_index::<__m::dialect::names::#database>;)
        })
        .collect()
}

/// The type that stands for a dialect's name in errors.
fn database(dialect: &Ident) -> Ident {
    let name = match dialect.to_string().as_str() {
        "Sqlite" => "SQLite",
        "Postgres" => "PostgreSQL",
        "MySql" => "MySQL",
        _ => "MariaDB",
    };
    Ident::new(name, dialect.span())
}

/// A number that tells this table from others in a query: by what qualifies its columns, whose case SQLite ignores.
fn identity(model: &Model) -> u64 {
    hash(&model.name.to_lowercase())
}
