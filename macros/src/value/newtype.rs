//! `#[derive(SqlValue)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Field, Index};

/// The expansion of `#[derive(SqlValue)]`.
pub(crate) fn derive_newtype(input: TokenStream) -> TokenStream {
    syn::parse2(input).and_then(|input| expand(&input)).unwrap_or_else(Error::into_compile_error)
}

fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let ident = &input.ident;
    let Field { ident: name, ty, .. } = only_field(input)?;
    let member = name.as_ref().map_or_else(|| syn::Member::from(Index::from(0)), |name| name.clone().into());
    let wrap = match name {
        Some(name) => quote!(|#name| Self { #name }),
        None => quote!(Self),
    };
    Ok(quote! {
        const _: () = {
            use ::mizzle::__private as __m;
            #[diagnostic::do_not_recommend]
            impl __m::SqlValue for #ident {
                const TYPE: __m::DataType = <#ty as __m::SqlValue>::TYPE;
                fn into_value(self) -> __m::Value {
                    __m::SqlValue::into_value(self.#member)
                }
                fn read<__R: __m::RowReader>(row: &mut __R) -> __m::Result<__m::Option<Self>, __m::Error> {
                    __m::Ok(__m::SqlValue::read(row)?.map(#wrap))
                }
            }
            impl<__D> __m::ValueIn<__D> for #ident where #ty: __m::ValueIn<__D> {}
            impl __m::ArrayElement for #ident where #ty: __m::ArrayElement {}
            __m::__operand!(#ident);
        };
    })
}

fn only_field(input: &DeriveInput) -> syn::Result<&Field> {
    let ident = &input.ident;
    if !input.generics.params.is_empty() {
        let message = format!("`#[derive(SqlValue)]` cannot be generic: `{ident}` stands for one type in SQL");
        return Err(Error::new_spanned(&input.generics, message));
    }
    if let Data::Struct(data) = &input.data
        && data.fields.len() == 1
        && let Some(field) = data.fields.iter().next()
    {
        return Ok(field);
    }
    let hint = if matches!(input.data, Data::Enum(_)) { ": an enum takes `#[derive(SqlEnum)]`" } else { "" };
    let message =
        format!("`#[derive(SqlValue)]` needs a struct with exactly one field, such as `struct {ident}(i64);`{hint}");
    Err(Error::new_spanned(ident, message))
}

#[cfg(test)]
mod tests {
    use super::derive_newtype;
    use crate::testing::{messages, pretty};
    use quote::quote;

    #[test]
    fn expands() {
        let expansion = pretty(derive_newtype(quote! { pub struct UserId(pub i64); }));
        insta::assert_snapshot!(expansion);
        let named = pretty(derive_newtype(quote! { struct Email { address: String } }));
        assert!(named.contains("self.address") && named.contains("|address| Self { address }"), "{named}");
    }

    #[test]
    fn refuses_other_shapes() {
        let message = |name| {
            format!("`#[derive(SqlValue)]` needs a struct with exactly one field, such as `struct {name}(i64);`")
        };
        assert_eq!(messages(&derive_newtype(quote! { struct Two(i64, i64); })), [message("Two")]);
        assert_eq!(messages(&derive_newtype(quote! { struct None; })), [message("None")]);
        assert_eq!(
            messages(&derive_newtype(quote! { enum Mood { Sad } })),
            [message("Mood") + ": an enum takes `#[derive(SqlEnum)]`"]
        );
        assert_eq!(
            messages(&derive_newtype(quote! { struct Id<T>(T); })),
            ["`#[derive(SqlValue)]` cannot be generic: `Id` stands for one type in SQL"]
        );
    }
}
