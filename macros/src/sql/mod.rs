//! Raw SQL: `sql!` and `sql_function!`.

mod function;
mod template;

pub(crate) use function::functions;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    LitStr, Token, Type,
    parse::{ParseStream, Parser},
};

use crate::hash::hash;
use template::Template;

/// The most arguments that one raw expression can have: the runtime's tuples end there.
const MAX_ARGUMENTS: usize = 8;

/// The expansion of `sql!`.
pub(crate) fn expression(input: TokenStream) -> TokenStream {
    let expansion = parse_expression.parse2(input).and_then(|(ty, text)| {
        let Template { texts, arguments } = Template::parse(&text)?;
        if arguments.len() > MAX_ARGUMENTS {
            return Err(too_many(&text, arguments.len()));
        }
        let arguments = arguments.iter().map(|argument| &argument.expression);
        let hash = hash(&texts.join("{}"));
        Ok(quote!(::mizzle::__private::raw::<#ty, #hash, _>(&[#(#texts),*], (#(#arguments,)*))))
    });
    expansion.unwrap_or_else(syn::Error::into_compile_error)
}

fn parse_expression(input: ParseStream) -> syn::Result<(Type, LitStr)> {
    if input.peek(LitStr) {
        return Err(input.error("the type comes first: `sql!(bool, \"..\")`"));
    }
    let ty = input.parse()?;
    input.parse::<Token![,]>()?;
    let text = literal(input)?;
    input.parse::<Option<Token![,]>>()?;
    if !input.is_empty() {
        return Err(input.error("arguments are written inside the text: `{max}`"));
    }
    Ok((ty, text))
}

/// The SQL itself: nothing but a literal.
fn literal(input: ParseStream) -> syn::Result<LitStr> {
    input
        .parse()
        .map_err(|error| syn::Error::new(error.span(), "raw SQL must be a literal, so that no user input can reach it"))
}

fn too_many(text: &LitStr, count: usize) -> syn::Error {
    let message = format!(
        "raw SQL takes at most {MAX_ARGUMENTS} arguments, this has {count}: put it together from smaller expressions"
    );
    syn::Error::new_spanned(text, message)
}

#[cfg(test)]
mod tests {
    use super::expression;
    use crate::testing::{compact, messages};
    use quote::quote;

    #[test]
    fn expands_to_texts_and_arguments() {
        let expansion = compact(expression(quote!(bool, "length({Post::title}) < {max}")));
        let expected =
            r#"::mizzle::__private::raw::<bool,3409797404368504294u64,_>(&["length(",")<",""],(Post::title,max,))"#;
        assert_eq!(expansion, expected);
        let expansion = compact(expression(quote!(f64, "random()")));
        assert_eq!(expansion, r#"::mizzle::__private::raw::<f64,1430745453494504885u64,_>(&["random()"],())"#);
    }

    #[test]
    fn refuses_placeholders_and_comments_outside_quotes() {
        assert_eq!(
            messages(&expression(quote!(bool, "{x} < ?1"))),
            ["a parameter is written `{value}`: a `?` would take another one's value\n{x} < ?1\n      ^"]
        );
        let comment = "a comment would swallow the SQL that follows";
        assert_eq!(messages(&expression(quote!(bool, "1 -- x"))), [format!("{comment}\n1 -- x\n  ^")]);
        assert_eq!(messages(&expression(quote!(bool, "1 /* x"))), [format!("{comment}\n1 /* x\n  ^")]);
        assert!(messages(&expression(quote!(bool, "'?' = 'it''s -- a /* text' and \"?\" > 1 - -1"))).is_empty());
    }

    #[test]
    fn accepts_only_a_literal() {
        let expected = ["raw SQL must be a literal, so that no user input can reach it"];
        assert_eq!(messages(&expression(quote!(bool, text))), expected);
        assert_eq!(messages(&expression(quote!(bool, format!("x = {}", 1)))), expected);
        assert_eq!(messages(&expression(quote!(bool,))), expected);
    }

    #[test]
    fn says_what_goes_where() {
        assert_eq!(messages(&expression(quote!("x"))), ["the type comes first: `sql!(bool, \"..\")`"]);
        assert_eq!(messages(&expression(quote!(bool, "x = ?", 1))), ["arguments are written inside the text: `{max}`"]);
    }

    #[test]
    fn limits_the_arguments() {
        assert!(messages(&expression(quote!(bool, "{a}{b}{c}{d}{e}{f}{g}{h}"))).is_empty());
        assert_eq!(
            messages(&expression(quote!(bool, "{a}{b}{c}{d}{e}{f}{g}{h}{i}"))),
            ["raw SQL takes at most 8 arguments, this has 9: put it together from smaller expressions"]
        );
    }
}
