use mizzle::prelude::*;

table! {
    #[derive(Debug, PartialEq)]
    Post = "posts" {
        id: i64 [primary_key],
        title,
    }
}

fn main() {}
