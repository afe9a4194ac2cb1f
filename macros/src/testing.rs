//! Reading expansions in tests.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Item, LitStr};

/// The expansion as rustfmt would have it.
pub(crate) fn pretty(expansion: TokenStream) -> String {
    let text = expansion.to_string();
    match syn::parse2(expansion) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => panic!("{error} in {text}"),
    }
}

/// The expansion without white space.
pub(crate) fn compact(expansion: TokenStream) -> String {
    expansion.to_string().replace(' ', "")
}

/// The texts of all `compile_error!`s.
pub(crate) fn messages(expansion: &TokenStream) -> Vec<String> {
    let items: Vec<TokenTree> = expansion.clone().into_iter().collect();
    let texts = items.windows(3).filter_map(|tokens| match tokens {
        [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Group(text)] if name == "compile_error" => {
            Some(text.stream())
        }
        _ => None,
    });
    texts.map(|text| syn::parse2::<LitStr>(text).map_or_else(|error| error.to_string(), |text| text.value())).collect()
}

/// Whether the expansion has an `impl` of this trait, at the top or in its `const _` block.
pub(crate) fn implements(expansion: &TokenStream, name: &str) -> bool {
    let Ok(file) = syn::parse2::<syn::File>(expansion.clone()) else {
        return false;
    };
    let consts = file.items.iter().filter_map(|item| match item {
        Item::Const(item) => Some(&*item.expr),
        _ => None,
    });
    let statements = consts.flat_map(|expression| match expression {
        syn::Expr::Block(block) => &block.block.stmts[..],
        _ => &[],
    });
    statements.into_iter().any(|statement| match statement {
        syn::Stmt::Item(Item::Impl(item)) => {
            item.trait_.as_ref().and_then(|(path, _)| path.segments.last()).is_some_and(|segment| segment.ident == name)
        }
        _ => false,
    })
}
