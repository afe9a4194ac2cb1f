//! `#[needs(..)]`: see `mizzle_tests`.

use proc_macro::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};

/// Keeps an item only where the dialect has all of these capabilities, `!` meaning that it has not; see the table in
/// `mizzle_tests`.
///
/// It becomes `when! { InsertReturning, !OnConflict; item }`, which the crate defines by `mizzle_tests::capabilities!`.
/// An attribute, and not that macro in the first place, so that rustfmt formats the item.
#[proc_macro_attribute]
pub fn needs(capabilities: TokenStream, item: TokenStream) -> TokenStream {
    let punct = |char| TokenTree::Punct(Punct::new(char, Spacing::Alone));
    let mut body = capabilities;
    body.extend([punct(';')]);
    body.extend(item);
    let name = TokenTree::Ident(Ident::new("when", Span::call_site()));
    let body = TokenTree::Group(Group::new(Delimiter::Brace, body));
    TokenStream::from_iter([name, punct('!'), body])
}
