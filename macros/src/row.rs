//! `row!`: rows with names.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{
    Expr, Ident, Path, Token, braced,
    parse::{Parse, ParseStream},
    punctuated::Punctuated,
    spanned::Spanned,
};

/// `{ id: User::id, .. }`, or `Card { id: User::id, .. }`.
struct Row {
    path: Option<Path>,
    fields: Punctuated<Field, Token![,]>,
}

/// `id: User::id`
struct Field {
    name: Ident,
    value: Expr,
}

impl Parse for Row {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let path = if input.peek(syn::token::Brace) { None } else { Some(input.call(Path::parse_mod_style)?) };
        let content;
        let braces = braced!(content in input);
        let fields = content.parse_terminated(Field::parse, Token![,])?;
        if fields.is_empty() {
            return Err(syn::Error::new(braces.span.join(), "a row needs a field: `id: User::id`"));
        }
        Ok(Row { path, fields })
    }
}

impl Parse for Field {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let name = input.parse()?;
        input.parse::<Token![:]>()?;
        Ok(Field { name, value: input.parse()? })
    }
}

/// The expansion of `row!`.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    match syn::parse2(input) {
        Ok(Row { path: Some(path), fields }) => into_struct(&path, &fields),
        Ok(Row { path: None, fields }) => anonymous(&fields),
        Err(error) => error.into_compile_error(),
    }
}

/// Fills the user's struct. Each value is fitted at its own place, so that a wrong type is an error there.
fn into_struct(path: &Path, fields: &Punctuated<Field, Token![,]>) -> TokenStream {
    let names: Vec<&Ident> = fields.iter().map(|field| &field.name).collect();
    let values = fields.iter().map(|field| &field.value);
    let fitted = fields.iter().map(|Field { name, value }| {
        let fit = quote_spanned!(value.span()=> ::mizzle::__private::fit(#name));
        quote!(#name: #fit)
    });
    quote!(::mizzle::__private::map_row((#(#values,)*), |(#(#names,)*)| #path { #(#fitted),* }))
}

/// Declares a struct on the spot, generic over the types of its fields: each type parameter has its field's name, which
/// is not in camel case.
fn anonymous(fields: &Punctuated<Field, Token![,]>) -> TokenStream {
    let names: Vec<&Ident> = fields.iter().map(|field| &field.name).collect();
    let values = fields.iter().map(|field| &field.value);
    quote! {{
        #[derive(Debug, Clone, PartialEq)]
        #[allow(non_camel_case_types)]
        pub struct Row<#(#names),*> {
            #(pub #names: #names),*
        }

        ::mizzle::__private::map_row((#(#values,)*), |(#(#names,)*)| Row { #(#names),* })
    }}
}

#[cfg(test)]
mod tests {
    use super::expand;
    use crate::testing::{compact, messages};
    use quote::quote;

    #[test]
    fn fills_a_struct() {
        assert_eq!(
            compact(expand(quote!(views::Card { id: User::id, title: Post::title }))),
            "::mizzle::__private::map_row((User::id,Post::title,),|(id,title,)|views::Card{id:\
             ::mizzle::__private::fit(id),title:::mizzle::__private::fit(title)})"
        );
    }

    #[test]
    fn declares_a_struct() {
        let expansion = compact(expand(quote!({ id: User::id })));
        assert!(expansion.contains("pubstructRow<id>{pubid:id}"), "{expansion}");
        assert!(expansion.ends_with("map_row((User::id,),|(id,)|Row{id})}"), "{expansion}");
    }

    #[test]
    fn needs_a_field() {
        assert_eq!(messages(&expand(quote!(Card {}))), ["a row needs a field: `id: User::id`"]);
    }
}
