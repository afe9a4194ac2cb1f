//! `table!`.

use quote::quote;

use super::super::block;
use crate::testing::{messages, pretty};

#[test]
fn expands_to_structs() {
    let expansion = pretty(block(quote! {
        /// Someone who can log in.
        #[derive(Debug, Clone)]
        pub User = "users" (insert = NewUser, update = UserPatch, check(User::age.ge(0))) {
            id: i64 [primary_key, auto_increment],
            /// What to call them.
            name: String,
            pub(crate) age: Option<i32>,
        }
        Note {
            r#type: Option<String> [unique]
        }
        pub Local (crate = crate::inner, schema = "x") { id: i64 }
    }));
    insta::assert_snapshot!(expansion);
}

#[test]
fn tables_before_a_mistake_are_written() {
    let expansion = block(quote! {
        First { id: i64 }
        Second { id i64 }
    });
    assert_eq!(messages(&expansion), ["expected `:`"]);
    assert!(expansion.to_string().contains("struct First"));
}
