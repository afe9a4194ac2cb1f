//! One test per mistake: its message alone, and the impls beside it.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::derive;
use crate::testing::{implements, messages};

/// The input has exactly these mistakes, and is a table nevertheless.
fn refused<const N: usize>(input: TokenStream, expected: [&str; N]) {
    let expansion = derive(input);
    assert_eq!(messages(&expansion), expected);
    assert!(implements(&expansion, "Table"), "no impl in {expansion}");
}

/// The input is nothing that could be a table.
fn no_table(input: TokenStream, expected: &str) {
    let expansion = derive(input);
    assert_eq!(messages(&expansion), [expected]);
    assert!(!implements(&expansion, "Table"));
}

/// A column of this type with these attributes, beside a primary key.
fn column<const N: usize>(attributes: TokenStream, ty: TokenStream, expected: [&str; N]) {
    refused(quote!(struct User { #[column(primary_key)] id: i64, #[column(#attributes)] field: #ty }), expected);
}

/// These attributes on a table of three columns.
fn table<const N: usize>(attributes: TokenStream, expected: [&str; N]) {
    refused(
        quote! { #[table(#attributes)] struct User { #[column(primary_key)] id: i64, name: String, email: String } },
        expected,
    );
}

#[test]
fn shape_of_the_item() {
    no_table(quote! { enum User { A } }, "a table is a struct with named fields: `User` is an enum");
    no_table(quote!(union User { a: i32 }), "a table is a struct with named fields: `User` is a union");
    no_table(quote! { struct User(i32); }, "a table is a struct with named fields: `User` is a tuple struct");
    no_table(quote! { struct User; }, "a table is a struct with named fields: `User` is a unit struct");
    let fields = (0..257).map(|i| quote::format_ident!("f{i}"));
    no_table(quote! { struct User { #(#fields: i64),* } }, "a table has at most 256 columns: `User` has 257");
    no_table(
        quote!(
            struct User {}
        ),
        "a table needs at least one column: `User` has no fields",
    );
    no_table(
        quote! { struct User<T> { id: T } },
        "a table cannot be generic: `User` stands for one table in the database",
    );
}

#[test]
fn unknown_attribute() {
    column(
        quote!(primry_key),
        quote!(i64),
        ["unknown attribute `primry_key` in `#[column(..)]`: did you mean `primary_key`?"],
    );
    column(quote!(index), quote!(i64), ["unknown attribute `index` in `#[column(..)]`: it belongs in `#[table(..)]`"]);
    table(
        quote!(auto_increment),
        ["unknown attribute `auto_increment` in `#[table(..)]`: it belongs in `#[column(..)]`"],
    );
    table(
        quote!(banana),
        [concat!(
            "unknown attribute `banana` in `#[table(..)]`: expected one of `name`, `schema`, `insert`, `update`, `columns`, `crate`, ",
            "`dialect`, `primary_key`, `unique`, `unique_index`, `index`, `check`, `foreign_key`, `has_many`, `has_one`, `shape`"
        )],
    );
    table(quote!(dialect = Postgre), ["unknown dialect `Postgre`: did you mean `Postgres`?"]);
    table(
        quote!(dialect(MySql, Oracle)),
        ["unknown dialect `Oracle`: expected one of `Sqlite`, `Postgres`, `MySql`, `MariaDb`"],
    );
    table(quote!(dialect), ["`dialect` needs parentheses: `dialect(..)`"]);
    table(quote!(index(on = User::id, wher = x)), ["unknown attribute `wher` in `index(..)`: did you mean `where`?"]);
    table(
        quote!(unique(name = "x", column(id))),
        ["unknown attribute `column` in `unique(..)`: did you mean `columns`?"],
    );
}

#[test]
fn all_mistakes_at_once() {
    refused(
        quote! {
            #[table(nam = "users", check(User::id.gt(0)))]
            struct User {
                #[column(primary, unique = true, default = 1 2, unique)]
                id: i64,
                #[column]
                name: String,
            }
        },
        [
            concat!(
                "unknown attribute `primary` in `#[column(..)]`: expected one of `primary_key`, `auto_increment`, `unique`, `name`, ",
                "`default`, `default_fn`, `on_update_fn`, `generated`, `generated_virtual`, `references`, `on_delete`, `on_update`, ",
                "`relation`, `constant`"
            ),
            "`unique` takes no value",
            "expected `,`",
            "expected attribute arguments in parentheses: #[column(...)]",
            "unknown attribute `nam` in `#[table(..)]`: did you mean `name`?",
        ],
    );
}

#[test]
fn form_of_attributes() {
    column(quote!(default), quote!(i64), ["`default` needs a value: `default = ..`"]);
    column(quote!(unique(a)), quote!(i64), ["`unique` takes no value"]);
    column(quote!(name = field), quote!(i64), ["expected string literal"]);
    table(quote!(check), ["`check` needs parentheses: `check(..)`"]);
    table(quote!(name = ""), ["a name in SQL cannot be empty"]);
}

#[test]
fn duplicate_attribute() {
    column(quote!(unique, unique), quote!(i64), ["duplicate attribute `unique`"]);
    column(quote!(default = 1, default = 2), quote!(i64), ["duplicate attribute `default`"]);
    table(quote!(name = "a", name = "b"), ["duplicate attribute `name`"]);
}

#[test]
fn generated_and_written() {
    column(
        quote!(generated = x, default = 1),
        quote!(i64),
        ["`default` contradicts `generated`: the database computes `field`"],
    );
    column(
        quote!(generated = x, default_fn = f),
        quote!(i64),
        ["`default_fn` contradicts `generated`: the database computes `field`"],
    );
    column(
        quote!(generated_virtual = x, auto_increment),
        quote!(i64),
        ["`auto_increment` contradicts `generated_virtual`: the database computes `field`"],
    );
    column(
        quote!(generated = x, generated_virtual = y),
        quote!(i64),
        ["`generated` and `generated_virtual` contradict each other: `field` is either stored or computed on reading"],
    );
}

#[test]
fn two_defaults() {
    column(
        quote!(default = 1, default_fn = f),
        quote!(i64),
        ["`default_fn` contradicts `default`: `field` gets its default either from mizzle or from the database"],
    );
    refused(
        quote! { struct User { #[column(primary_key, auto_increment, default = 1)] id: i64 } },
        ["`default` contradicts `auto_increment`: `id` counts up by itself"],
    );
    column(
        quote!(default_fn = Uuid::new_v4()),
        quote!(Uuid),
        ["`default_fn` takes a function, which mizzle calls: write `Uuid::new_v4`, not `Uuid::new_v4()`"],
    );
}

#[test]
fn nullable_primary_key() {
    refused(
        quote! { struct User { #[column(primary_key, auto_increment)] id: Option<i64> } },
        ["a primary key cannot be NULL: `id` is an `Option`"],
    );
    refused(
        quote! { #[table(primary_key(a, b))] struct User { a: i64, b: std::option::Option<i64> } },
        ["a primary key cannot be NULL: `b` is an `Option`"],
    );
}

#[test]
fn auto_increment() {
    for (ty, name) in [(quote!(String), "String"), (quote!(bool), "bool"), (quote!(f64), "f64"), (quote!(u64), "u64")] {
        let message = format!("`auto_increment` needs `i16`, `i32` or `i64`: `id` is `{name}`");
        refused(quote!(struct User { #[column(primary_key, auto_increment)] id: #ty }), [message.as_str()]);
    }
    column(
        quote!(auto_increment),
        quote!(Option<i64>),
        ["`auto_increment` needs `i16`, `i32` or `i64`: `field` is `Option`"],
    );
    column(
        quote!(auto_increment),
        quote!(i64),
        ["`auto_increment` without `primary_key`: `field` must be the primary key to count up"],
    );
    refused(
        quote! {
            #[table(primary_key(a, b))]
            struct User { #[column(auto_increment)] a: i64, #[column(auto_increment)] b: i64 }
        },
        ["only one column can be `auto_increment`: `a` already is"],
    );
}

#[test]
fn foreign_keys() {
    column(
        quote!(on_delete = cascade),
        quote!(i64),
        ["`on_delete` without `references`: `field` is not a foreign key"],
    );
    column(quote!(relation = x), quote!(i64), ["`relation` without `references`: `field` is not a foreign key"]);
    column(
        quote!(references = id, relation = x),
        quote!(i64),
        ["`references` needs a column of a table: `references = User::id`"],
    );
    column(
        quote!(references = A::id, on_delete = set_null),
        quote!(i64),
        ["`field` is NOT NULL and cannot be set to NULL"],
    );
    column(
        quote!(references = A::id, on_update = set_null),
        quote!(i64),
        ["`field` is NOT NULL and cannot be set to NULL"],
    );
    column(
        quote!(references = A::id, on_delete = set_default),
        quote!(i64),
        ["`field` has no default to be set to: add `default = ..`"],
    );
    column(
        quote!(references = A::id, on_delete = cascde),
        quote!(i64),
        ["unknown action `cascde`: did you mean `cascade`?"],
    );
    column(
        quote!(references = A::id, on_delete = explode),
        quote!(i64),
        ["unknown action `explode`: expected one of `cascade`, `restrict`, `set_null`, `set_default`, `no_action`"],
    );
}

#[test]
fn primary_keys() {
    refused(
        quote! { struct User { #[column(primary_key)] a: i64, #[column(primary_key)] b: i64 } },
        ["a table has one primary key: for a key of several columns write `#[table(primary_key(a, b))]`"],
    );
    table(quote!(primary_key(name, email)), ["the primary key is already given by `#[table(primary_key(..))]`"]);
}

#[test]
fn columns_of_constraints() {
    table(quote!(unique(nme)), ["`User` has no field `nme`: did you mean `name`?"]);
    table(quote!(unique(age)), ["`User` has no field `age`: expected one of `id`, `name`, `email`"]);
    table(quote!(unique(name, name)), ["`name` appears twice in `unique(..)`"]);
    table(quote!(unique()), ["`unique` needs at least one column: `unique(..)`"]);
    table(quote!(unique(name = "only_a_name")), ["`unique` needs at least one column: `unique(..)`"]);
    refused(
        quote! { #[table(primary_key(idd))] struct User { id: i64 } },
        ["`User` has no field `idd`: did you mean `id`?"],
    );
}

#[test]
fn indexes() {
    table(quote!(index(name = "x")), ["`index` needs its keys: `on = User::..`"]);
    table(
        quote!(unique_index(on = User::name.lower())),
        ["an index over an expression needs a name: `unique_index(name = \"..\", ..)`"],
    );
    table(
        quote!(index(on = User::name), index(on = User::name.desc())),
        ["two indexes are called `user_name_idx`: give one another name"],
    );
    table(
        quote!(unique_index(name = "email", on = User::email.lower())),
        ["the constant `email` of the index `email` clashes with the column `email`: give the index another name"],
    );
}

#[test]
fn children() {
    let posts = quote!(has_many(posts = Post::author_id));
    refused(
        quote! { #[table(#posts)] struct User { name: String } },
        ["`posts` needs a primary key on `User`, for the other table to refer to"],
    );
    refused(
        quote! { #[table(primary_key(a, b), #posts)] struct User { a: i64, b: i64 } },
        ["`posts` needs 2 columns, one for each of the primary key of `User`: `posts = (Line::shop, Line::number)`"],
    );
    refused(
        quote! { #[table(primary_key(a, b), has_many(posts = (Post::a, Post::b)))] struct User { a: i64, b: i64 } },
        [],
    );
    refused(
        quote! { #[table(primary_key(a, b), has_many(posts = (Post::a, Line::b)))] struct User { a: i64, b: i64 } },
        ["the columns of `posts` must be of one table"],
    );
    table(quote!(has_many(posts = (Post::a, Post::b))), ["`posts` needs one column: the primary key of `User` is one"]);
    table(
        quote!(has_one(post = author_id)),
        ["`post` needs the column that refers to `User`: `post = Post::author_id`"],
    );
    table(quote!(has_many(posts)), ["`posts` needs a value: `posts = ..`"]);
    table(
        quote!(has_many(popular(Post::author_id, where = Post::views.gt(3)))),
        ["unknown attribute `where` of the relation `popular`: expected one of `through`, `filter`"],
    );
    table(quote!(has_many(popular(Post::author_id, filter = A::b, filter = A::b))), ["duplicate attribute `filter`"]);
}

#[test]
fn through_another_table() {
    table(
        quote!(has_many(groups(Group, through(Membership::user_id)))),
        [
            "`through(..)` names two columns of the table between, the one for `User` first: `through(Membership::user_id, Membership::group_id)`",
        ],
    );
    table(
        quote!(has_many(groups(Group, through(Membership::user_id, group_id)))),
        ["`through(..)` needs columns of the table between: `Membership::user_id`"],
    );
    table(
        quote!(has_one(group(Group, through(Membership::user_id, Membership::group_id)))),
        ["`has_one` does not lead through another table: `group` is a `has_many`"],
    );
    table(
        quote!(has_many(groups(Group))),
        ["`groups` needs the column that refers to `User`: `groups = Post::author_id`"],
    );
    refused(
        quote! {
            #[table(primary_key(a, b), has_many(groups(Group, through(Membership::user_id, Membership::group_id))))]
            struct User { a: i64, b: i64 }
        },
        ["`groups` needs a primary key of one column on `User`, for the table between to refer to"],
    );
}

/// A foreign key of two columns of this kind.
fn foreign_key<const N: usize>(attributes: TokenStream, expected: [&str; N]) {
    refused(
        quote! {
            #[table(foreign_key(#attributes))]
            struct Line { #[column(primary_key)] id: i64, shop: i64, number: Option<i64>, note: String }
        },
        expected,
    );
}

#[test]
fn foreign_keys_of_several_columns() {
    foreign_key(quote!(columns(shop, number), references(Order::shop, Order::number), on_delete = cascade), []);
    foreign_key(
        quote!(columns(shop, nubmer), references(Order::shop, Order::number)),
        ["`Line` has no field `nubmer`: did you mean `number`?"],
    );
    foreign_key(quote!(references(Order::shop)), ["`foreign_key` needs at least one column: `foreign_key(..)`"]);
    let columns = ["a foreign key needs the columns that it refers to: `references(Order::shop, Order::number)`"];
    foreign_key(quote!(columns(shop, number)), columns);
    foreign_key(quote!(columns(shop, number), references(shop, number)), columns);
    foreign_key(
        quote!(columns(shop, number), references(Order::shop, Shop::number)),
        ["a foreign key refers to one table: not all of these columns are of `Order`"],
    );
    foreign_key(
        quote!(columns(shop, number), references(Order::shop)),
        ["a foreign key of 2 columns cannot refer to 1"],
    );
    foreign_key(
        quote!(columns(shop), references(Order::shop)),
        ["for a key of one column write `#[column(references = ..)]` on the field"],
    );
    foreign_key(
        quote!(columns(shop, number), references(Order::shop, Order::number), on_delete = set_null),
        ["`shop` is NOT NULL and cannot be set to NULL"],
    );
    foreign_key(
        quote!(columns(shop, number), references(Order::shop, Order::number), realtion = order),
        ["unknown attribute `realtion` in `foreign_key(..)`: did you mean `relation`?"],
    );
    foreign_key(
        quote!(columns(shop, number), references(Order::shop, Order::number), relation = note),
        ["the relation `note()` clashes with the column `note`: give it another name"],
    );
}

#[test]
fn constants_that_clash() {
    for name in ["query", "insert", "update", "delete", "key", "all"] {
        let field = quote::format_ident!("{name}");
        let message = format!(
            "the constant `{name}` of the column `{name}` clashes with the function `User::{name}()`: rename it with `constant = ..`"
        );
        refused(quote!(struct User { #field: i64 }), [message.as_str()]);
    }
    column(
        quote!(constant = id),
        quote!(i64),
        ["the constant `id` of the column `field` clashes with the column `id`: rename it with `constant = ..`"],
    );
}

#[test]
fn relations_that_clash() {
    refused(
        quote! { struct Post { author: String, #[column(references = User::id)] author_id: i64 } },
        ["the relation `author()` of `author_id` clashes with the column `author`: rename it with `relation = ..`"],
    );
    refused(
        quote! {
            struct Post {
                #[column(references = User::id)] author_id: i64,
                #[column(references = User::id, relation = author)] writer_id: i64,
            }
        },
        [
            "the relation `author()` of `writer_id` clashes with the relation of `author_id`: rename it with `relation = ..`",
        ],
    );
    table(
        quote!(has_many(name = Post::author_id)),
        ["the relation `name()` clashes with the column `name`: give it another name"],
    );
}

#[test]
fn columns_with_one_sql_name() {
    column(
        quote!(name = "ID"),
        quote!(i64),
        ["`id` and `field` are both called `ID` in SQL: give one another `name = \"..\"`"],
    );
}

#[test]
fn shapes() {
    table(quote!(shape(Head, except(nam))), ["`User` has no field `nam`: did you mean `name`?"]);
    table(quote!(shape(Head)), ["`shape(..)` leaves out columns: `shape(Head, except(..))`"]);
    table(quote!(shape(Head, except())), ["`except` needs at least one column: `except(..)`"]);
    table(quote!(shape(Head, except(id, name, email))), ["`Head` would have no fields: every column is left out"]);
    table(
        quote!(shape(Head, only(id))),
        ["unknown attribute `only` in `shape(..)`: expected one of `except`, `derive`"],
    );
}
