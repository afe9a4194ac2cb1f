//! `row!`: rows with names.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::{
    Expr, Ident, Path, Token, braced,
    ext::IdentExt as _,
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
        let name: Ident = input.parse()?;
        // `sold` alone is `sold: sold`, as in a struct.
        if input.is_empty() || input.peek(Token![,]) {
            let value = syn::parse_quote!(#name);
            return Ok(Field { name, value });
        }
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

/// Declares a struct on the spot, generic over the types of its fields, and for each field a type that stands for its
/// name. The values are outside of the block, where these names mean nothing.
fn anonymous(fields: &Punctuated<Field, Token![,]>) -> TokenStream {
    let names: Vec<&Ident> = fields.iter().map(|field| &field.name).collect();
    let texts = names.iter().map(|name| name.unraw().to_string());
    let values = fields.iter().map(|field| &field.value);
    let types: Vec<Ident> = (0..names.len()).map(|place| format_ident!("__{place}")).collect();
    let places = 0..names.len();
    let others: Vec<Ident> = (0..names.len()).map(|place| format_ident!("__other{place}")).collect();
    quote! {
        match (#(#values,)*) {
            __values => {
                use ::mizzle::__private as __m;
                #[derive(Debug, Clone, PartialEq)]
                pub struct Row<#(#types),*> {
                    #(pub #names: #types),*
                }
                // Named as the user's field is, so that errors show that name; `expect` would complain of `Id`.
                #(
                    #[allow(non_camel_case_types)]
                    pub enum #names {}
                    impl __m::OutputName for #names {
                        const NAME: &'static str = #texts;
                        const PLACE: usize = #places;
                    }
                )*
                impl<#(#types: __m::FieldType),*> __m::OutputRow for Row<#(#types),*> {
                    type Types = (#(#types,)*);
                    type Columns<A: 'static> = Row<#(__m::Col<__m::OutputColumn<#names, #types>, A>),*>;
                    const COLUMNS: __m::OutputColumns =
                        __m::OutputColumns::Listed(&[#(__m::output_column::<#names, #types>()),*]);
                    fn columns<A: 'static>() -> &'static Self::Columns<A> {
                        &const { Row { #(#names: __m::Col::NEW),* } }
                    }
                    fn read<R: __m::RowReader>(row: &mut R) -> __m::Result<Self, __m::Error> {
                        __m::Ok(Row { #(#names: __m::FieldType::read(row)?),* })
                    }
                }
                impl<#(#types,)* #(#others),*> __m::WithTypes<(#(#others,)*), Row<#(#others),*>> for Row<#(#types),*> {}
                __m::map_row(__values, |(#(#types,)*)| Row { #(#names: #types),* })
            }
        }
    }
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
        assert!(expansion.contains("pubstructRow<__0>{pubid:__0}"), "{expansion}");
        assert!(expansion.starts_with("match(User::id,){"), "{expansion}");
        assert!(expansion.ends_with("map_row(__values,|(__0,)|Row{id:__0})}}"), "{expansion}");
    }

    #[test]
    fn needs_a_field() {
        assert_eq!(messages(&expand(quote!(Card {}))), ["a row needs a field: `id: User::id`"]);
    }
}
