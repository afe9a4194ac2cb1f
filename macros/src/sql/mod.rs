//! Raw SQL: `sql!`, `sql_query!` and `sql_function!`.

mod function;
mod scan;
mod template;

pub(crate) use function::functions;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    LitStr, Token, Type,
    parse::{ParseStream, Parser},
};

use crate::hash::hash;
use scan::Kind;
use template::Template;

/// The most arguments that one tuple of the runtime can hold.
const MAX_ARGUMENTS: usize = 8;

/// The expansion of `sql!`.
pub(crate) fn expression(input: TokenStream) -> TokenStream {
    let expansion = parse_expression.parse2(input).and_then(|(ty, text)| {
        let template = Template::parse(&text, Kind::Expression)?;
        let texts: Vec<&str> = template.texts.iter().map(String::as_str).collect();
        Ok(raw(&ty, &texts, &template.operands(), hash(&template.texts.join("{}")), &quote!(raw)))
    });
    expansion.unwrap_or_else(syn::Error::into_compile_error)
}

/// The expression: where there are too many arguments for a tuple, its last one is an expression of the others.
fn raw(ty: &Type, texts: &[&str], arguments: &[TokenStream], hash: u64, function: &TokenStream) -> TokenStream {
    if arguments.len() <= MAX_ARGUMENTS {
        return quote!(::mizzle::__private::#function::<#ty, #hash, _>(&[#(#texts),*], (#(#arguments,)*)));
    }
    let (first, others) = arguments.split_at(MAX_ARGUMENTS - 1);
    let (before, after) = texts.split_at(MAX_ARGUMENTS);
    let after = [&[""], after].concat();
    let end = raw(ty, &after, others, hash, &quote!(raw_end));
    quote!(::mizzle::__private::#function::<#ty, #hash, _>(&[#(#before,)* ""], (#(#first,)* #end,)))
}

/// The expansion of `sql_query!`.
pub(crate) fn query(input: TokenStream) -> TokenStream {
    let expansion = parse_query.parse2(input).and_then(|(ty, text)| {
        let template = Template::parse(&text, Kind::Statement)?;
        let mut texts = template.texts.iter();
        let start = texts.next();
        let operands = template.operands();
        Ok(quote!(::mizzle::__private::sql_query::<_, #ty, _>(#start) #(.then(#operands, #texts))*))
    });
    expansion.unwrap_or_else(syn::Error::into_compile_error)
}

fn parse_query(input: ParseStream) -> syn::Result<(Type, LitStr)> {
    if !input.peek(LitStr) {
        return parse_expression(input);
    }
    let text = literal(input)?;
    nothing_follows(input)?;
    Ok((syn::parse_quote!(()), text))
}

fn parse_expression(input: ParseStream) -> syn::Result<(Type, LitStr)> {
    if input.peek(LitStr) {
        return Err(input.error("the type comes first: `sql!(bool, \"..\")`"));
    }
    let ty = input.parse()?;
    input.parse::<Token![,]>()?;
    let text = literal(input)?;
    nothing_follows(input)?;
    Ok((ty, text))
}

fn nothing_follows(input: ParseStream) -> syn::Result<()> {
    input.parse::<Option<Token![,]>>()?;
    if input.is_empty() { Ok(()) } else { Err(input.error("arguments are written inside the text: `{max}`")) }
}

/// The SQL itself: nothing but a literal.
fn literal(input: ParseStream) -> syn::Result<LitStr> {
    input
        .parse()
        .map_err(|error| syn::Error::new(error.span(), "raw SQL must be a literal, so that no user input can reach it"))
}

#[cfg(test)]
mod tests {
    use super::{expression, query};
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
            ["a parameter is written `{value}`: this placeholder would take another one's value\n{x} < ?1\n      ^"]
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
    fn many_arguments_are_nested() {
        let expansion = compact(expression(quote!(bool, "{a}{b}{c}{d}{e}{f}{g}-{h}+{i}.")));
        assert!(expansion.contains(r#"(&["","","","","","","","-",""],(a,b,c,d,e,f,g,"#), "{expansion}");
        assert!(expansion.contains(r#"(&["","+","."],(h,i,)),))"#), "{expansion}");
        let expansion = compact(expression(quote!(bool, "{a}{b}{c}{d}{e}{f}{g}{h}")));
        assert!(!expansion.contains("raw_end"), "{expansion}");
    }

    #[test]
    fn a_table_is_its_name_a_list_its_items_and_a_query_its_rows() {
        let operands = |text: &str| compact(expression(quote!(bool, #text)));
        assert!(operands("{User}").contains("raw_table::<User>()"));
        assert!(operands("{models::User}").contains("raw_table::<models::User>()"));
        for value in ["{Mood::Happy}", "{User::id}", "{MAX}", "{T}", "{f(User)}"] {
            assert!(!operands(value).contains("raw_table"), "{value}");
        }
        assert!(operands("1 in ( {ids} )").contains("raw_list(ids)"));
        assert!(operands("NOT EXISTS ({posts})").contains("raw_exists(posts)"));
        assert!(!operands("EXISTS (SELECT {posts})").contains("raw_exists"));
        assert!(!operands("min ({ids})").contains("raw_list"));
        assert!(!operands("1 IN ({a}, {b})").contains("raw_list"));
    }

    #[test]
    fn a_query_is_written_step_by_step() {
        let expansion = compact(query(quote!((i64, String), "SELECT {User::id}, 'x' FROM {User}")));
        let expected = "::mizzle::__private::sql_query::<_,(i64,String),_>(\"SELECT\").then(User::id,\",'x'FROM\")\
                        .then(::mizzle::__private::raw_table::<User>(),\"\")";
        assert_eq!(expansion, expected);
        assert!(compact(query(quote!("VACUUM"))).contains("sql_query::<_,(),_>(\"VACUUM\")"));
        let refused = messages(&query(quote!(i64, sql)));
        assert_eq!(refused, ["raw SQL must be a literal, so that no user input can reach it"]);
    }
}
