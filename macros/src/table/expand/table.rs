//! `impl Source` and `impl Table`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

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
        impl __m::SameColumn<#table> for #table {
            type Column = #table;
        }
        impl __m::WithTypes<(#table,), #table> for #table {}
    }
}

/// Which dialects the table is for, and that they have the types of its columns.
pub(super) fn dialects(model: &Model) -> TokenStream {
    let table = &model.ident;
    let counts_up =
        model.columns.iter().any(|column| column.auto_increment).then(|| quote!(impl __m::CountsUp for #table {}));
    if model.dialects.is_empty() {
        return quote! {
            impl<D> __m::TableIn<D> for #table {}
            #counts_up
        };
    }
    let types: Vec<_> = model.columns.iter().map(|column| &column.ty).collect();
    let impls = model.dialects.iter().map(|dialect| {
        let name = database(dialect);
        quote! {
            impl __m::TableIn<__m::dialect::names::#name> for #table {}
            #(const _: fn() = __m::value_in::<__m::dialect::#dialect, #types>;)*
        }
    });
    // A second implementor keeps rustc from taking the only database for the one that is meant.
    quote! {
        impl __m::TableIn<__m::Nowhere> for #table {}
        #counts_up
        #(#impls)*
    }
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
