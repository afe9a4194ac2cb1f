//! `#[derive(SqlRow)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error};

/// The expansion of `#[derive(SqlRow)]`.
pub(crate) fn derive_sql_row(input: TokenStream) -> TokenStream {
    syn::parse2(input).and_then(|input| expand(&input)).unwrap_or_else(Error::into_compile_error)
}

fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let ident = &input.ident;
    if !input.generics.params.is_empty() {
        return Err(Error::new_spanned(&input.generics, "`#[derive(SqlRow)]` cannot be generic"));
    }
    let fields = match &input.data {
        Data::Struct(data) if !data.fields.is_empty() => &data.fields,
        _ => return Err(Error::new_spanned(ident, "`#[derive(SqlRow)]` needs a struct with a field for each column")),
    };
    let count = fields.len();
    let members = fields.members();
    let types = fields.iter().map(|field| &field.ty);
    Ok(quote! {
        const _: () = {
            use ::mizzle::__private as __m;
            impl __m::SqlRow<__m::WrittenRow> for #ident {
                fn columns() -> usize {
                    #count
                }
                fn read<R: __m::RowReader>(row: &mut R) -> __m::Result<Self, __m::Error> {
                    __m::Ok(Self { #(#members: <#types as __m::FieldType>::read(row)?),* })
                }
            }
        };
    })
}

#[cfg(test)]
mod tests {
    use super::derive_sql_row;
    use crate::testing::{compact, messages};
    use quote::quote;

    #[test]
    fn reads_field_after_field() {
        let expansion = compact(derive_sql_row(quote! { struct Card { id: i64, name: Option<String> } }));
        assert!(expansion.contains("Self{id:<i64as__m::FieldType>::read(row)?,name:"), "{expansion}");
        assert!(compact(derive_sql_row(quote! { struct Pair(i64, i64); })).contains("Self{0:<i64"));
    }

    #[test]
    fn needs_fields() {
        let message = "`#[derive(SqlRow)]` needs a struct with a field for each column";
        assert_eq!(messages(&derive_sql_row(quote! { struct Nothing; })), [message]);
        assert_eq!(messages(&derive_sql_row(quote! { enum Mood { Sad } })), [message]);
    }
}
