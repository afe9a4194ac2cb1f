//! What valid tables expand to.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::derive;
use crate::testing::{messages, pretty};

fn expand(input: TokenStream) -> String {
    let expansion = derive(input);
    assert_eq!(messages(&expansion), [""; 0]);
    pretty(expansion)
}

#[test]
fn the_table_of_the_guide() {
    let expansion = expand(quote! {
        #[table(name = "users", insert = NewUser, update = UserPatch)]
        #[table(unique_index(name = "users_email_ci", on = User::email.lower()), check(User::age.ge(0)))]
        #[table(has_many(posts = Post::author_id))]
        pub struct User {
            #[column(primary_key, auto_increment)]
            pub id: i64,
            pub name: String,
            /// Where to write to.
            pub email: String,
            pub age: Option<i32>,
            #[column(default = true)]
            pub is_active: bool,
            #[column(default = now())]
            pub created_at: DateTime<Utc>,
        }
    });
    insta::assert_snapshot!(expansion);
}

/// Every table of every user's crate is this long, so it is kept short.
#[test]
fn twelve_columns_take_at_most_300_lines() {
    let expansion = expand(quote! {
        #[table(name = "users", insert = NewUser, update = UserPatch)]
        pub struct User {
            #[column(primary_key, auto_increment)]
            pub id: i64,
            pub name: String,
            pub email: String,
            pub age: Option<i32>,
            #[column(default = true)]
            pub is_active: bool,
            #[column(default = now())]
            pub created_at: DateTime<Utc>,
            #[column(default = now())]
            pub updated_at: DateTime<Utc>,
            pub bio: Option<String>,
            pub city: Option<String>,
            pub nickname: String,
            pub score: f64,
            #[column(default = 0)]
            pub logins: i32,
        }
    });
    insta::assert_snapshot!(expansion);
    let lines = expansion.lines().count();
    assert!(lines <= 300, "{lines} lines");
}

#[test]
fn foreign_keys_and_relations() {
    let expansion = expand(quote! {
        #[table(schema = "blog", has_one(stats = stats::Stats::post_id))]
        struct BlogPost {
            #[column(primary_key)]
            id: PostId,
            #[column(references = User::id, on_delete = cascade, on_update = set_null)]
            author_id: Option<i64>,
            #[column(references = crate::users::User::id, relation = reviewer)]
            reviewed_by: i64,
            #[column(references = User::id)]
            owner: i64,
        }
    });
    insta::assert_snapshot!(expansion);
}

#[test]
fn relations_through_a_table_and_with_conditions() {
    let relations = |dialect: TokenStream| {
        expand(quote! {
            #[table(#dialect has_many(
                groups(Group, through(Membership::user_id, Membership::group_id), filter = Membership::role.eq("lead")),
                popular(Post::author_id, filter = Post::views.gt(100)),
            ))]
            pub struct User {
                #[column(primary_key)]
                pub id: i64,
            }
        })
    };
    insta::assert_snapshot!("relations_in_each_dialect", relations(quote!()));
    insta::assert_snapshot!("relations_in_two_dialects", relations(quote!(dialect(Postgres, Sqlite),)));
}

#[test]
fn keys_and_indexes() {
    let expansion = expand(quote! {
        #[table(primary_key(warehouse_id, product_id), unique(name = "by_code", columns(code, r#type)), unique(code))]
        #[table(index(on = Stock::code), index(on = (Stock::code.asc(), Stock::r#type.desc())))]
        #[table(unique_index(on = (Stock::product_id, Stock::code), name = "stock_pc"))]
        #[table(unique_index(name = "stock-lower", on = (Stock::code.lower()), where = Stock::r#type.eq("x")))]
        #[table(index(name = "heavy", on = Stock::code, where = Stock::warehouse_id.gt(3)))]
        #[table(check(name = "positive", Stock::warehouse_id.gt(0)))]
        pub(crate) struct Stock {
            pub(crate) warehouse_id: i64,
            pub(crate) product_id: i64,
            #[column(name = "CODE")]
            code: String,
            r#type: String,
        }
    });
    insta::assert_snapshot!(expansion);
}

#[test]
fn defaults_and_generated_columns() {
    let expansion = expand(quote! {
        #[table(insert = NewKey, update = KeyPatch, crate = crate)]
        pub struct Key {
            #[column(primary_key, default_fn = Uuid::new_v4)]
            pub id: Uuid,
            #[column(default = "x")]
            pub note: Option<String>,
            #[column(on_update_fn = || 3)]
            pub version: i32,
            #[column(generated = Key::note.length())]
            pub stored: Option<i64>,
            #[column(generated_virtual = Key::version + 1)]
            pub computed: i32,
        }
    });
    insta::assert_snapshot!(expansion);
}

#[test]
fn columns_on_a_struct_of_their_own() {
    let expansion = expand(quote! {
        #[table(columns = UserColumns, index(on = UserColumns::name))]
        pub struct User {
            #[column(primary_key)]
            id: i64,
            name: String,
            /// Columns may be called like functions here.
            query: String,
            #[column(references = UserColumns::id, constant = boss)]
            manager_id: Option<i64>,
        }
    });
    insta::assert_snapshot!(expansion);
}

#[test]
fn insert_with_nothing_required_has_a_default() {
    let expansion = expand(quote! {
        #[table(insert = NewCounter)]
        struct Counter {
            #[column(primary_key, auto_increment)]
            id: i64,
        }
    });
    assert!(expansion.contains("#[derive(Debug, Clone, Default)]\nstruct NewCounter {"), "{expansion}");
    assert!(expansion.contains("fn new() -> Self"), "{expansion}");
}

#[test]
fn names_follow_the_struct() {
    let expansion = expand(quote! { struct HTTPServer { r#type: String } });
    assert!(expansion.contains(r#"__m::TableDef::new("HTTPServer", "http_server", &[])"#), "{expansion}");
    assert!(expansion.contains("const r#type: __m::Col<HTTPServer_type, HTTPServer>"), "{expansion}");
    assert!(expansion.contains(r#"const NAME: &'static str = "type";"#), "{expansion}");
}

#[test]
fn identity_depends_on_the_sql_name_alone() {
    let id = |input| {
        expand(input)
            .lines()
            .find(|line| line.contains("type Id = (") && line.matches("__m::H").count() == 6)
            .map(str::to_owned)
    };
    let users = id(quote! { #[table(name = "users")] struct User { id: i64 } });
    assert_eq!(users, id(quote! { #[table(name = "users")] struct Person { name: String } }));
    // What qualifies columns is the name alone, and SQLite ignores its case.
    assert_eq!(users, id(quote! { #[table(name = "Users", schema = "auth")] struct User { id: i64 } }));
    assert_ne!(users, id(quote! { #[table(name = "user")] struct User { id: i64 } }));
}

#[test]
fn a_shape_with_all_columns_but_some() {
    let expansion = expand(quote! {
        #[table(shape(PostHead, except(body, r#type)), shape(PostTitle, except(id, body), derive(Debug, serde::Serialize)))]
        pub struct Post {
            #[column(primary_key)]
            pub id: i64,
            /// What it is called.
            #[column(constant = heading)]
            pub title: String,
            body: String,
            r#type: i32,
        }
    });
    let shapes = expansion.split("/// Some columns of").skip(1).collect::<Vec<_>>().join("/// Some columns of");
    insta::assert_snapshot!(shapes);
}
