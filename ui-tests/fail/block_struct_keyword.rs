use mizzle::prelude::*;

table! {
    #[derive(Debug, PartialEq)]
    struct Post = "posts" {
        id: i64 [primary_key],
        title: String,
    }
}

fn main() {}
