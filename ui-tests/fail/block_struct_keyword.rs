use mizzle::prelude::*;

table! {
    struct Post = "posts" {
        id: i64 [primary_key],
        title: String,
    }
}

fn main() {}
