//! `#[derive(Table)]` and `table!`.
//!
//! In stages: `parse` reads the attributes, `validate` reports and removes what is wrong, `model` draws conclusions,
//! `expand` writes the code.

mod block;
mod expand;
mod model;
mod names;
mod parse;
#[cfg(test)]
mod tests;
mod validate;

pub(crate) use block::block;
pub(crate) use expand::alias_id;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::errors::Errors;

/// The expansion of `#[derive(Table)]`: the impls, and the errors beside them.
pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let input = match syn::parse2::<DeriveInput>(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let impls = parse::parse(input, &mut errors).map(|mut raw| {
        validate::validate(&mut raw, &mut errors);
        expand::expand(&model::Model::new(raw))
    });
    let errors = errors.into_tokens();
    quote!(#errors #impls)
}
