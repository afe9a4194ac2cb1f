//! `table!`: the same schema, compactly.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    Attribute, LitStr, Path, Token, Type, Visibility, braced, bracketed, ext::IdentExt, parenthesized,
    parse::ParseStream, parse::Parser, parse_quote, token,
};

use crate::errors::Errors;

/// The expansion of `table!`: structs with `#[derive(Table)]`.
pub(crate) fn block(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let mut structs = TokenStream::new();
    let parser = |input: ParseStream| {
        while !input.is_empty() {
            // The tables before a mistake are still written, so that it is the only error.
            table(input)?.to_tokens(&mut structs);
        }
        Ok(())
    };
    if let Err(error) = parser.parse2(input) {
        errors.add(error);
    }
    let errors = errors.into_tokens();
    quote!(#errors #structs)
}

fn table(input: ParseStream) -> syn::Result<TokenStream> {
    let attributes = input.call(Attribute::parse_outer)?;
    let vis: Visibility = input.parse()?;
    let ident: Ident = input.parse()?;
    let name = match input.parse::<Option<Token![=]>>()? {
        Some(_) => Some(input.parse::<LitStr>()?),
        None => None,
    };
    let name = name.map(|name| quote!(#[table(name = #name)]));
    let options = if input.peek(token::Paren) { Some(options(input)?) } else { None };
    let krate = options.as_ref().and_then(crate_of).unwrap_or_else(|| parse_quote!(::mizzle));
    let options = options.map(|options| quote!(#[table(#options)]));
    let content;
    braced!(content in input);
    let fields = fields(&content, &vis)?;
    Ok(quote! {
        #[derive(#krate::Table)]
        #name
        #options
        #(#attributes)*
        #vis struct #ident { #(#fields,)* }
    })
}

fn options(input: ParseStream) -> syn::Result<TokenStream> {
    let content;
    parenthesized!(content in input);
    content.parse()
}

/// The path of `crate = path`: the derive itself must be found, too.
fn crate_of(options: &TokenStream) -> Option<Path> {
    let parser = |input: ParseStream| {
        let mut krate = None;
        while !input.is_empty() {
            if input.peek(Token![crate]) && input.peek2(Token![=]) {
                input.call(Ident::parse_any)?;
                input.parse::<Token![=]>()?;
                krate = Some(input.parse()?);
            } else {
                input.parse::<proc_macro2::TokenTree>()?;
            }
        }
        Ok(krate)
    };
    parser.parse2(options.clone()).ok().flatten()
}

fn fields(input: ParseStream, table: &Visibility) -> syn::Result<Vec<TokenStream>> {
    let mut fields = Vec::new();
    while !input.is_empty() {
        fields.push(field(input, table)?);
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(fields)
}

fn field(input: ParseStream, table: &Visibility) -> syn::Result<TokenStream> {
    let attributes = input.call(Attribute::parse_outer)?;
    let vis = match input.parse()? {
        Visibility::Inherited => table.clone(),
        given => given,
    };
    let ident: Ident = input.parse()?;
    input.parse::<Token![:]>()?;
    let ty: Type = input.parse()?;
    let options = if input.peek(token::Bracket) {
        let content;
        bracketed!(content in input);
        let options: TokenStream = content.parse()?;
        Some(quote!(#[column(#options)]))
    } else {
        None
    };
    Ok(quote!(#(#attributes)* #options #vis #ident: #ty))
}
