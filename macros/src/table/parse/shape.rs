//! `shape(PostHead, except(body, price))`

use proc_macro2::Ident;
use syn::{Path, Token, ext::IdentExt, parse::ParseStream};

use crate::{
    attr::{Slot, parens, put},
    suggest::did_you_mean,
};

/// A struct with some of the table's columns.
pub(in crate::table) struct RawShape {
    pub(in crate::table) ident: Ident,
    pub(in crate::table) except: Slot<Vec<Ident>>,
    pub(in crate::table) derives: Slot<Vec<Path>>,
}

/// Parses what is in the parentheses.
pub(super) fn shape(input: ParseStream) -> syn::Result<RawShape> {
    let mut shape = RawShape { ident: input.parse()?, except: None, derives: None };
    while !input.is_empty() {
        input.parse::<Token![,]>()?;
        if input.is_empty() {
            break;
        }
        let key = input.call(Ident::parse_any)?;
        match key.to_string().as_str() {
            "except" => put(&mut shape.except, &key, parens(&key, input, fields)?)?,
            "derive" => put(&mut shape.derives, &key, parens(&key, input, paths)?)?,
            other => {
                let hint = did_you_mean(other, &["except", "derive"]);
                return Err(syn::Error::new_spanned(&key, format!("unknown attribute `{other}` in `shape(..)`{hint}")));
            }
        }
    }
    Ok(shape)
}

fn fields(input: ParseStream) -> syn::Result<Vec<Ident>> {
    Ok(input.parse_terminated(Ident::parse_any, Token![,])?.into_iter().collect())
}

fn paths(input: ParseStream) -> syn::Result<Vec<Path>> {
    Ok(input.parse_terminated(Path::parse_mod_style, Token![,])?.into_iter().collect())
}
