//! Lists of attributes: `#[column(primary_key, default = 1)]`.

use proc_macro2::{Ident, TokenTree};
use syn::{
    Attribute, Token,
    ext::IdentExt,
    parenthesized,
    parse::{Parse, ParseStream, discouraged::Speculative},
};

use crate::{errors::Errors, suggest::did_you_mean};

/// An attribute as it was written: its key, for the place of an error, and its value.
#[derive(Debug)]
pub(crate) struct Attr<T> {
    pub(crate) key: Ident,
    pub(crate) value: T,
}

/// An attribute that may be given once.
pub(crate) type Slot<T> = Option<Attr<T>>;

/// Hands every item of every `#[name(..)]` to `item`, and goes on with the next after an error.
pub(crate) fn each_item(
    attributes: &[Attribute],
    name: &str,
    errors: &mut Errors,
    mut item: impl FnMut(&Ident, ParseStream) -> syn::Result<()>,
) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(name)) {
        let parsed = attribute.parse_args_with(|input: ParseStream| {
            items(input, errors, &mut item);
            Ok(())
        });
        if let Err(error) = parsed {
            errors.add(error);
        }
    }
}

fn items(input: ParseStream, errors: &mut Errors, item: &mut impl FnMut(&Ident, ParseStream) -> syn::Result<()>) {
    while !input.is_empty() {
        // A failed attempt must leave no trace in `input`, or syn reports its rest as a second error.
        let attempt = input.fork();
        let parsed =
            attempt.call(Ident::parse_any).and_then(|key| item(&key, &attempt)).and_then(|()| end_of_item(&attempt));
        match parsed {
            Ok(()) => input.advance_to(&attempt),
            Err(error) => {
                errors.add(error);
                skip_item(input);
            }
        }
        // Either at the end or at a comma.
        let _ = input.parse::<Token![,]>();
    }
}

fn end_of_item(input: ParseStream) -> syn::Result<()> {
    if input.is_empty() || input.peek(Token![,]) { Ok(()) } else { Err(input.error("expected `,`")) }
}

fn skip_item(input: ParseStream) {
    while !input.is_empty() && !input.peek(Token![,]) {
        let _ = input.parse::<TokenTree>();
    }
}

/// Parses `= VALUE` into its slot.
pub(crate) fn set<T: Parse>(slot: &mut Slot<T>, key: &Ident, input: ParseStream) -> syn::Result<()> {
    let value = value(key, input)?;
    put(slot, key, value)
}

/// Parses `= VALUE`.
pub(crate) fn value<T: Parse>(key: &Ident, input: ParseStream) -> syn::Result<T> {
    if !input.peek(Token![=]) {
        return Err(syn::Error::new_spanned(key, format!("`{key}` needs a value: `{key} = ..`")));
    }
    input.parse::<Token![=]>()?;
    input.parse()
}

/// Takes an attribute without a value.
pub(crate) fn flag(slot: &mut Slot<()>, key: &Ident, input: ParseStream) -> syn::Result<()> {
    if input.peek(Token![=]) || input.peek(syn::token::Paren) {
        return Err(syn::Error::new_spanned(key, format!("`{key}` takes no value")));
    }
    put(slot, key, ())
}

/// Fills a slot that must still be empty.
pub(crate) fn put<T>(slot: &mut Slot<T>, key: &Ident, value: T) -> syn::Result<()> {
    if slot.is_some() {
        return Err(syn::Error::new_spanned(key, format!("duplicate attribute `{key}`")));
    }
    *slot = Some(Attr { key: key.clone(), value });
    Ok(())
}

/// Parses `(..)` after a key, to its end.
pub(crate) fn parens<T>(
    key: &Ident,
    input: ParseStream,
    parse: impl FnOnce(ParseStream) -> syn::Result<T>,
) -> syn::Result<T> {
    if !input.peek(syn::token::Paren) {
        return Err(syn::Error::new_spanned(key, format!("`{key}` needs parentheses: `{key}(..)`")));
    }
    let content;
    parenthesized!(content in input);
    let value = parse(&content)?;
    if content.is_empty() { Ok(value) } else { Err(content.error("expected `,`")) }
}

/// The error for a key that `#[attribute(..)]` does not know; `elsewhere` is another attribute and what it takes.
pub(crate) fn unknown(key: &Ident, attribute: &str, known: &[&str], elsewhere: Option<(&str, &[&str])>) -> syn::Error {
    let name = key.unraw().to_string();
    let hint = match elsewhere {
        Some((other, keys)) if keys.contains(&name.as_str()) => {
            format!(": it belongs in `#[{other}(..)]`")
        }
        _ => did_you_mean(&name, known),
    };
    syn::Error::new_spanned(key, format!("unknown attribute `{name}` in `#[{attribute}(..)]`{hint}"))
}
