//! `#[derive(Shape)]`.
//!
//! In stages: `parse` reads the struct and its attributes, and reports all that is wrong with them; `expand` writes the
//! code. What its fields are is rustc's to find out: they are looked up in the table.

mod expand;
mod parse;
#[cfg(test)]
mod tests;

pub(crate) use expand::expand;
pub(crate) use parse::{Field, Origin, Shape};

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::errors::Errors;

/// The expansion of `#[derive(Shape)]`: the impl, and the errors beside it.
pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let input = match syn::parse2::<DeriveInput>(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let implementation = parse::parse(&input, &mut errors).map(|shape| expand(&shape));
    let errors = errors.into_tokens();
    quote!(#errors #implementation)
}
