//! SQL text with Rust expressions in braces.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Expr, LitStr};

use super::scan::{Kind, Mistake, Scan};

/// The texts around the arguments (one more than those), and the arguments.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) texts: Vec<String>,
    pub(super) arguments: Vec<Argument>,
}

/// An expression in braces.
#[derive(Debug)]
pub(super) struct Argument {
    pub(super) expression: Expr,
    /// Where its text starts, in characters.
    pub(super) position: usize,
}

impl Template {
    /// Takes a literal apart.
    pub(super) fn parse(literal: &LitStr, kind: Kind) -> syn::Result<Self> {
        let value = literal.value();
        if value.trim().is_empty() {
            return Err(syn::Error::new_spanned(literal, "there is no SQL in this text"));
        }
        let letters: Vec<char> = value.chars().collect();
        let at = |(place, message): Mistake| mistake(literal, place, message);
        let mut template = Template { texts: vec![String::new()], arguments: Vec::new() };
        let mut scan = Scan::new(kind);
        let mut i = 0;
        while i < letters.len() {
            match (letters[i], letters.get(i + 1)) {
                ('{', Some('{')) | ('}', Some('}')) => {
                    template.text().push(letters[i]);
                    i += 2;
                }
                ('{', _) => {
                    scan.argument().map_err(|message| at((i, message)))?;
                    i = template.argument(literal, &letters, i)?;
                }
                ('}', _) => return Err(at((i, "unmatched `}` in SQL: a brace of SQL itself is written `}}`"))),
                _ => {
                    let end = i + 1 + scan.read(&letters, i).map_err(at)?;
                    template.text().extend(&letters[i..end]);
                    i = end;
                }
            }
        }
        scan.finish().map_err(at)?;
        Ok(template)
    }

    /// What stands in braces, as operands: the name of a table, the items of a list, a query, or an expression.
    pub(super) fn operands(&self) -> Vec<TokenStream> {
        let operand = |(i, Argument { expression, .. }): (usize, &Argument)| {
            let fills_parentheses_of = |word: &str| {
                opens_parenthesis_of(word, &self.texts[i]) && self.texts[i + 1].trim_start().starts_with(')')
            };
            if is_table(expression) {
                quote!(::mizzle::__private::raw_table::<#expression>())
            } else if fills_parentheses_of("IN") {
                quote!(::mizzle::__private::raw_list(#expression))
            } else if fills_parentheses_of("EXISTS") {
                quote!(::mizzle::__private::raw_exists(#expression))
            } else {
                expression.to_token_stream()
            }
        };
        self.arguments.iter().enumerate().map(operand).collect()
    }

    fn text(&mut self) -> &mut String {
        self.texts.last_mut().expect("starts with one text")
    }

    /// Takes the argument whose brace opens at `open`; returns the place behind it.
    fn argument(&mut self, literal: &LitStr, letters: &[char], open: usize) -> syn::Result<usize> {
        let close = closing_brace(letters, open).ok_or_else(|| mistake(literal, open, "unclosed `{` in SQL"))?;
        let position = open + 1;
        let text: String = letters[position..close].iter().collect();
        if text.trim().is_empty() {
            return Err(mistake(literal, open, "empty `{}` in SQL: write an expression between the braces"));
        }
        // The tokens get the literal's place and hygiene, so that names are looked up where the text was written.
        let expression = LitStr::new(&text, literal.span()).parse::<Expr>().map_err(|error| {
            mistake(literal, position, &format!("`{text}` in SQL is not a Rust expression: {error}"))
        })?;
        self.arguments.push(Argument { expression, position });
        self.texts.push(String::new());
        Ok(close + 1)
    }
}

/// Whether a path names a table: a type in camel case, and no variant of an enum, which stands behind another type.
fn is_table(expression: &Expr) -> bool {
    let Expr::Path(path) = expression else { return false };
    let mut names = path.path.segments.iter().rev().map(|segment| segment.ident.to_string());
    let is_type = |name: &String| name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase);
    names.next().as_ref().is_some_and(is_type) && !names.next().as_ref().is_some_and(is_type)
}

/// Whether a text ends with this word and a parenthesis: `IN (`.
fn opens_parenthesis_of(keyword: &str, text: &str) -> bool {
    let Some(before) = text.trim_end().strip_suffix('(') else { return false };
    before
        .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .rfind(|word| !word.is_empty())
        .is_some_and(|word| word.eq_ignore_ascii_case(keyword) && before.trim_end().ends_with(word))
}

/// An error at the literal that shows the line and points at a character of it.
///
/// A macro cannot place an error inside a literal, so the message itself does.
pub(super) fn mistake(literal: &LitStr, position: usize, message: &str) -> syn::Error {
    let value = literal.value();
    let before: String = value.chars().take(position).collect();
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = value[line_start..].lines().next().unwrap_or_default();
    let caret = " ".repeat(before[line_start..].chars().count());
    syn::Error::new_spanned(literal, format!("{message}\n{line}\n{caret}^"))
}

/// The brace that closes the one at `open`, where all between is balanced.
///
/// Braces nest, and those in quotes are text.
fn closing_brace(letters: &[char], open: usize) -> Option<usize> {
    let mut expected = Vec::new();
    let mut i = open;
    while i < letters.len() {
        match letters[i] {
            '{' => expected.push('}'),
            '(' => expected.push(')'),
            '[' => expected.push(']'),
            letter @ ('}' | ')' | ']') => {
                if expected.pop() != Some(letter) {
                    return None;
                }
                if expected.is_empty() {
                    return Some(i);
                }
            }
            '"' => i = end_of_string(letters, i)?,
            '\'' => i = end_of_char(letters, i),
            _ => {}
        }
        i += 1;
    }
    None
}

/// The quote that ends the string which starts at `start`; a raw string ends at its quote and as many `#`.
fn end_of_string(letters: &[char], start: usize) -> Option<usize> {
    let hashes = letters[..start].iter().rev().take_while(|letter| **letter == '#').count();
    let is_raw = start.checked_sub(hashes + 1).is_some_and(|i| letters[i] == 'r');
    let mut i = start + 1;
    while i < letters.len() {
        match letters[i] {
            '\\' if !is_raw => i += 1,
            '"' if !is_raw || letters[i + 1..].iter().take_while(|letter| **letter == '#').count() >= hashes => {
                return Some(i);
            }
            _ => {}
        }
        i += 1;
    }
    None
}

/// The quote that ends the character which starts at `start`, or `start` if that is a lifetime.
fn end_of_char(letters: &[char], start: usize) -> usize {
    match letters[start + 1..] {
        ['\\', _, ..] => {
            letters[start + 3..].iter().position(|letter| *letter == '\'').map_or(start, |length| start + 3 + length)
        }
        [_, '\'', ..] => start + 2,
        _ => start,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Template};
    use crate::testing::compact;
    use proc_macro2::Span;
    use quote::ToTokens;
    use syn::LitStr;

    fn parse(text: &str) -> Result<(Vec<String>, Vec<String>), String> {
        let template = Template::parse(&LitStr::new(text, Span::call_site()), Kind::Expression)
            .map_err(|error| error.to_string())?;
        let arguments =
            template.arguments.iter().map(|argument| compact(argument.expression.to_token_stream())).collect();
        Ok((template.texts, arguments))
    }

    fn accepted(text: &str, texts: &[&str], arguments: &[&str]) {
        let (found_texts, found_arguments) = parse(text).expect(text);
        assert_eq!(found_texts, texts);
        assert_eq!(found_arguments, arguments);
    }

    #[test]
    fn finds_expressions() {
        accepted("now()", &["now()"], &[]);
        accepted("{a} + {b}", &["", " + ", ""], &["a", "b"]);
        accepted("f({x.unwrap_or({ 1 })})", &["f(", ")"], &["x.unwrap_or({1})"]);
    }

    #[test]
    fn doubled_braces_are_sql() {
        accepted("'{{1,2}}'::int[] @> {x}", &["'{1,2}'::int[] @> ", ""], &["x"]);
    }

    #[test]
    fn quoted_braces_are_part_of_the_expression() {
        accepted(r#"{"}"} {'}'} {'\''}"#, &["", " ", " ", ""], &["\"}\"", "'}'", "'\\''"]);
        accepted(r##"{r#"a"}"#}"##, &["", ""], &["r#\"a\"}\"#"]);
        accepted("{f::<'static>('{')}", &["", ""], &["f::<'static>('{')"]);
    }

    #[test]
    fn points_at_an_unclosed_brace() {
        assert_eq!(parse("length({x").expect_err("refused"), "unclosed `{` in SQL\nlength({x\n       ^");
        assert_eq!(parse("length({x)}").expect_err("refused"), "unclosed `{` in SQL\nlength({x)}\n       ^");
    }

    #[test]
    fn shows_the_line_of_the_mistake() {
        assert_eq!(
            parse("one\nä = }\nthree").expect_err("refused"),
            "unmatched `}` in SQL: a brace of SQL itself is written `}}`\nä = }\n    ^"
        );
        assert_eq!(
            parse("{ }").expect_err("refused"),
            "empty `{}` in SQL: write an expression between the braces\n{ }\n^"
        );
    }

    /// The message and where its caret points.
    #[track_caller]
    fn refused(text: &str, message: &str, at: usize) {
        let error = parse(text).expect_err("refused");
        assert!(error.starts_with(message), "{error}");
        assert_eq!(error.lines().last().map(str::len), Some(at + 1), "{error}");
    }

    #[test]
    fn quotes_are_text() {
        refused("name = '{x}'", "`{..}` in quotes would be text", 8);
        refused("\"{x}\"", "`{..}` in quotes would be text", 1);
        refused("f($a$ {x} $a$)", "`{..}` in quotes would be text", 6);
        refused("name = 'it", "unclosed quote in SQL", 7);
        refused("$$ 'x' $a$", "unclosed quote in SQL", 0);
        accepted("'it''s {{}} ?1 $2 :x ) ;' || {x}", &["'it''s {} ?1 $2 :x ) ;' || ", ""], &["x"]);
        accepted("$$it's ($1$$ || $b$ $$ ? $b$", &["$$it's ($1$$ || $b$ $$ ? $b$"], &[]);
    }

    #[test]
    fn comments_are_closed() {
        refused("1 -- x", "a comment would swallow", 2);
        refused("1 /* x", "a comment would swallow", 2);
        refused("1 /* {x} */", "`{..}` in a comment is nothing", 5);
        accepted("/*+ it's (a ? hint */ 1 -- ;\n + {x}", &["/*+ it's (a ? hint */ 1 -- ;\n + ", ""], &["x"]);
    }

    #[test]
    fn placeholders_of_databases_are_refused() {
        for (text, at) in [("x = ?", 4), ("x = ?1", 4), ("x = $1", 4), ("x = :name", 4), ("x = $name", 4)] {
            refused(text, "a parameter is written `{value}`", at);
        }
        accepted(
            "a$b + {x}::int + l[1:n] + l[{a}:{b}]",
            &["a$b + ", "::int + l[1:n] + l[", ":", "]"],
            &["x", "a", "b"],
        );
        accepted("@a := 1", &["@a := 1"], &[]);
    }

    #[test]
    fn parentheses_are_balanced() {
        refused("1) OR (1 = 1", "unmatched `)` in SQL", 1);
        refused("f(g({x})", "unclosed `(` in SQL", 1);
        refused("1; DROP TABLE x", "a `;` would end the statement", 1);
        assert_eq!(parse("  ").expect_err("refused"), "there is no SQL in this text");
    }

    #[test]
    fn refuses_what_is_no_expression() {
        assert_eq!(
            parse("f({1 +})").expect_err("refused"),
            "`1 +` in SQL is not a Rust expression: unexpected end of input, expected an expression\nf({1 +})\n   ^"
        );
        assert_eq!(
            parse("{x:?}").expect_err("refused"),
            "`x:?` in SQL is not a Rust expression: unexpected token\n{x:?}\n ^"
        );
    }
}
