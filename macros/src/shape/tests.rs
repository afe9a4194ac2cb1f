//! What shapes expand to, and what is said of wrong ones.

use proc_macro2::TokenStream;
use quote::quote;

use super::derive;
use crate::testing::{compact, implements, messages, pretty};

#[test]
fn columns_relations_and_expressions() {
    let expansion = derive(quote! {
        #[derive(Serialize)]
        #[shape(table = users::User)]
        pub struct Profile {
            id: i64,
            #[shape(from = name)]
            called: String,
            posts: Vec<PostCard>,
            #[shape(expr = User::posts().count())]
            r#type: i64,
        }
    });
    assert_eq!(messages(&expansion), [""; 0]);
    insta::assert_snapshot!(pretty(expansion));
}

#[test]
fn for_some_dialects() {
    let expansion = derive(quote! {
        #[shape(table = Doc, dialect(MySql, MariaDb), crate = my::mizzle)]
        struct Head { id: i64 }
    });
    assert_eq!(messages(&expansion), [""; 0]);
    insta::assert_snapshot!(pretty(expansion));
}

/// Tuples of at most eight, in each other.
#[test]
fn of_many_fields() {
    let names = (0..70).map(|n| quote::format_ident!("c{n}"));
    let expansion = compact(derive(quote! { #[shape(table = Wide)] struct Many { #(#names: i64),* } }));
    let build = expansion.split("fnbuild(").nth(1).and_then(|rest| rest.split(":Self::Fields").next());
    let eight =
        |first: usize| format!("({}),", (first..70.min(first + 8)).map(|n| format!("c{n},")).collect::<String>());
    let first = format!("({}),", (0..8).map(|n| eight(8 * n)).collect::<String>());
    let last = format!("({}),", eight(64));
    assert_eq!(build, Some(&*format!("({first}{last})")));
}

/// The input has exactly these mistakes, and is a shape nevertheless.
fn refused<const N: usize>(input: TokenStream, expected: [&str; N]) {
    let expansion = derive(input);
    assert_eq!(messages(&expansion), expected);
    assert!(implements(&expansion, "Shape"), "no impl in {expansion}");
}

#[test]
fn all_mistakes_at_once() {
    refused(
        quote! {
            #[shape(table = User, tables = Post)]
            struct Profile {
                #[shape(fro = id)]
                id: i64,
                #[shape(from = name, expr = User::name)]
                name: String,
                #[shape(expr)]
                letters: i64,
            }
        },
        [
            "unknown attribute `fro` in `#[shape(..)]`: did you mean `from`?",
            "a field comes `from` a column or relation, or is an `expr`, not both",
            "`expr` needs a value: `expr = ..`",
            "unknown attribute `tables` in `#[shape(..)]`: did you mean `table`?",
        ],
    );
    refused(
        quote!(
            #[shape(table = User, dialect = Postgre, table = User)]
            struct Profile {
                id: i64,
            }
        ),
        ["unknown dialect `Postgre`: did you mean `Postgres`?", "duplicate attribute `table`"],
    );
}

#[test]
fn what_is_no_shape() {
    let no_shape = |input: TokenStream, expected: &str| assert_eq!(messages(&derive(input)), [expected]);
    no_shape(quote! { struct Profile { id: i64 } }, "`Profile` does not say of which table: `#[shape(table = ..)]`");
    no_shape(
        quote! { #[shape(table = User)] struct Profile(i64); },
        "a shape is a struct with named fields: `Profile` is a tuple struct",
    );
    no_shape(
        quote! { #[shape(table = User)] enum Profile { A } },
        "a shape is a struct with named fields: `Profile` is an enum",
    );
    no_shape(
        quote! { #[shape(table = User)] struct Profile {} },
        "a shape needs at least one field: `Profile` has none",
    );
    no_shape(
        quote! { #[shape(table = User)] struct Profile<T> { id: T } },
        "a shape cannot be generic: `Profile` holds one table's columns",
    );
}
