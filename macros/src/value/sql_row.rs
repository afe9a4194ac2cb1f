//! `#[derive(SqlRow)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error};

/// The expansion of `#[derive(SqlRow)]`.
pub(crate) fn derive_sql_row(input: TokenStream) -> TokenStream {
    let expansion = syn::parse2(input).map(|input| {
        expand(&input).unwrap_or_else(|error| {
            let error = error.into_compile_error();
            // So that its uses are no further errors.
            let row = implement(&input, 0, &quote!(::core::unreachable!()));
            quote!(#error #row)
        })
    });
    expansion.unwrap_or_else(Error::into_compile_error)
}

fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    if !input.generics.params.is_empty() {
        return Err(Error::new_spanned(&input.generics, "`#[derive(SqlRow)]` cannot be generic"));
    }
    let fields = match &input.data {
        Data::Struct(data) if !data.fields.is_empty() => &data.fields,
        _ => {
            let message = "`#[derive(SqlRow)]` needs a struct with a field for each column";
            return Err(Error::new_spanned(&input.ident, message));
        }
    };
    let members = fields.members();
    let types = fields.iter().map(|field| &field.ty);
    let read = quote!(__m::Ok(Self { #(#members: <#types as __m::FieldType>::read(row)?),* }));
    Ok(implement(input, fields.len(), &read))
}

fn implement(input: &DeriveInput, columns: usize, read: &TokenStream) -> TokenStream {
    let ident = &input.ident;
    let (generics, types, bounds) = input.generics.split_for_impl();
    quote! {
        const _: () = {
            use ::mizzle::__private as __m;
            impl #generics __m::SqlRow<__m::WrittenRow> for #ident #types #bounds {
                fn columns() -> usize {
                    #columns
                }
                fn read<__R: __m::RowReader>(row: &mut __R) -> __m::Result<Self, __m::Error> {
                    #read
                }
            }
        };
    }
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
